//! What the notebook's own page can do besides: many changes as one, the history, upkeep.

use std::collections::HashSet;

use js_sys::Array;
use serde::Deserialize;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbKeyRange, IdbTransactionMode};

use super::copy::{COPIED, Copy};
use super::journal::{self, Deed, Entry, MOST};
use super::record::{Record, text};
use super::request::{Transaction, outcome};
use super::schema::{CLIENTS, JOURNAL, META};
use super::write::meta;
use super::{Change, Error, HOLDINGS, Lock, NOTEBOOK, Notebook, dom};
use crate::Client;
use crate::web::guard::Holdings;

/// From how many files of changes on the second copy is made anew as one snapshot.
const MOST_FILES: usize = 64;

/// How many entries of the journal are looked at in one go.
const AT_ONCE: u32 = 200;

/// One change of many.
#[derive(Debug, Clone)]
pub(in crate::web) struct Step {
    /// The client as they were when this was decided; `None` for a new one.
    pub(in crate::web) before: Option<Client>,
    /// As they are to be; `None` to delete them. A new one gets a key.
    pub(in crate::web) after: Option<Client>,
}

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
    /// Makes many changes as one, all or none: one entry of the history, one undo. Tells now and then how
    /// many are done, and stops, with nothing written, once it is told not to go on.
    ///
    /// # Errors
    ///
    /// `ChangedSince` or `Gone` when a client is not as they were when it was decided, `Taken`, `Stopped`,
    /// and what the browser refuses.
    pub(in crate::web) async fn batch(
        &self,
        what: Deed,
        steps: Vec<Step>,
        go_on: impl Fn(usize) -> bool,
    ) -> Result<Option<Change>, Error> {
        const NOW_AND_THEN: usize = 50;
        self.write(async |write| {
            for (done, step) in steps.into_iter().enumerate() {
                if done % NOW_AND_THEN == 0 && !go_on(done) {
                    return Err(Error::Stopped);
                }
                let before = match &step.before {
                    Some(seen) => {
                        let now = write.record(&seen.id).await?.ok_or(Error::Gone)?;
                        if now.client()? != *seen {
                            return Err(Error::ChangedSince);
                        }
                        Some(now)
                    }
                    None => None,
                };
                let after = step.after.map(|mut client| {
                    client.id = match step.before {
                        Some(seen) => seen.id,
                        None => dom::window().crypto()?.random_uuid(),
                    };
                    Ok::<_, Error>(Record::of(&client))
                });
                write
                    .apply(what, before.as_ref(), after.transpose()?.as_ref())
                    .await?;
            }
            Ok(write.change())
        })
        .await
    }

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

    /// Keeps journal and second copy from growing without end: a snapshot in the place of many files, and
    /// no more than [`MOST`] entries of the journal. Only a notebook that is whole to the letter is
    /// trusted with that.
    ///
    /// # Errors
    ///
    /// `Damaged`, and what the browser refuses.
    pub(in crate::web) async fn tidy(&self) -> Result<(), Error> {
        let copy = Copy::open().await?;
        let transaction = self.read(&[META])?;
        let copied: u32 = meta(&transaction, COPIED).await?.unwrap_or(0);
        // A copy that has less than was put into it was lost, with changes that are told nowhere else.
        if copy.files().await? > MOST_FILES || copy.reach().await? < copied {
            let transaction = self.read(&[CLIENTS, META])?;
            let holdings: Option<Holdings> = meta(&transaction, HOLDINGS).await?;
            let records = outcome(&transaction.store(CLIENTS)?.get_all()?).await?;
            let texts: Vec<String> = Array::from(&records).iter().map(|record| text(&record)).collect();
            let generation = holdings.map_or(0, |holdings| holdings.generation);
            let really = Holdings::of(generation, texts.iter().map(String::as_str));
            if holdings != Some(really) {
                return Err(Error::Damaged);
            }
            copy.add_snapshot(generation, &format!("[{}]", texts.join(",")))
                .await?;
        }
        self.fold_journal().await
    }

    async fn fold_journal(&self) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let transaction = Transaction::begin(&self.database, &[JOURNAL], IdbTransactionMode::Readwrite)?;
        let journal = transaction.store(JOURNAL)?;
        let Some(last) = journal::last_number(&transaction, u32::MAX).await? else {
            return Ok(());
        };
        let Some(edge) = journal::last_number(&transaction, last.saturating_sub(MOST)).await? else {
            return Ok(());
        };
        // The edge may lie within a change; the change goes whole or stays whole.
        let after = outcome(&journal.get(&(edge + 1).into())?).await?;
        let first = if after.is_undefined() {
            edge + 1
        } else {
            Entry::read(&after)?.head.change().first
        };
        let folded = IdbKeyRange::upper_bound_with_open(&first.into(), true)?;
        journal.delete(&folded)?;
        transaction.committed().await
    }
}

/// Asks the browser not to clear this notebook away when it wants room. Firefox promises it; Chromium does
/// not, and spares extensions that have `unlimitedStorage` all the same.
pub(in crate::web) async fn ask_to_keep() {
    if let Ok(asked) = dom::window().navigator().storage().persist() {
        JsFuture::from(asked).await.ok();
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
