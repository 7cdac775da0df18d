//! What was changed, as the journal tells it.

use std::collections::HashSet;

use js_sys::Array;
use serde::Deserialize;
use web_sys::IdbKeyRange;

use super::journal::{self, Deed, Entry};
use super::request::outcome;
use super::schema::JOURNAL;
use super::{Change, Error, Notebook};

/// How many entries of the journal are looked at in one go.
const AT_ONCE: u32 = 200;

/// A change of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::web) struct Past {
    /// With this it is undone.
    pub(in crate::web) change: Change,
    /// When, as an instant: `2026-11-22T10:00:00.000Z`.
    pub(in crate::web) at: String,
    pub(in crate::web) what: Deed,
    /// The name of the client it was done to, or of one of them.
    pub(in crate::web) name: String,
    /// How many records it changed.
    pub(in crate::web) records: u32,
    /// Whether it was taken back.
    pub(in crate::web) undone: bool,
}

/// What was changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::web) struct History {
    /// Newest first.
    pub(in crate::web) past: Vec<Past>,
    /// The newest change that is not taken back, and takes none back itself; `None` at the start.
    pub(in crate::web) next: Option<Change>,
}

impl Past {
    fn is_undoable(&self) -> bool {
        !self.undone && !matches!(self.what, Deed::Undo | Deed::Restore)
    }
}

impl Notebook {
    /// The last changes, newest first, as many as are wanted, and the one to undo next.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(in crate::web) async fn history(&self, most: usize) -> Result<History, Error> {
        let transaction = self.read(&[JOURNAL])?;
        let mut history = History::default();
        let mut undone = HashSet::new();
        let mut until = u32::MAX;
        while until > 0
            && let Some(last) = journal::last_number(&transaction, until).await?
        {
            let range = IdbKeyRange::bound(&last.saturating_sub(AT_ONCE).into(), &last.into())?;
            let entries = outcome(&transaction.store(JOURNAL)?.get_all_with_key(&range)?).await?;
            for entry in Array::from(&entries).iter().collect::<Vec<_>>().into_iter().rev() {
                let entry = Entry::read(&entry)?;
                // The rest of a change that was told by its last entry.
                if entry.head.number > until {
                    continue;
                }
                let past = entry.past(&undone);
                if entry.head.undoes > 0 && !past.undone {
                    undone.insert(entry.head.undoes);
                }
                until = past.change.first - 1;
                if history.next.is_none() && past.is_undoable() {
                    history.next = Some(past.change);
                }
                if history.past.len() < most {
                    history.past.push(past);
                } else if history.next.is_some() {
                    return Ok(history);
                }
            }
        }
        Ok(history)
    }
}

impl Entry {
    /// The change that this is the last entry of.
    fn past(&self, undone: &HashSet<u32>) -> Past {
        let change = self.head.change();
        Past {
            change,
            at: self.head.at.clone(),
            what: self.head.what,
            name: self.name(),
            records: change.last - change.first + 1,
            undone: undone.contains(&change.first),
        }
    }

    fn name(&self) -> String {
        #[derive(Deserialize)]
        struct Named {
            #[serde(default)]
            name: String,
        }
        let record = self.after.as_ref().or(self.before.as_ref());
        let named = record.and_then(|record| serde_json::from_str::<Named>(record.text()).ok());
        named.map_or_else(String::new, |named| named.name)
    }
}
