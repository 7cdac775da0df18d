//! The journal: every change to the notebook, in order, with what was there before and after.
//!
//! A change may take several entries, one for each client: an import is one change. All but its first
//! entry name the first, and all are undone together.
//!
//! **Bound.** Undoing reaches back to the start until the journal has [`MOST`] entries; then the
//! client page folds the oldest away, whole changes at a time, and never the newest change. The
//! notebook says from where on changes can be undone.

use js_sys::{Date, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursor, IdbCursorDirection, IdbKeyRange};

use super::Error;
use super::record::{Record, number};
use super::request::{Transaction, outcome};
use super::schema::JOURNAL;
use crate::web::browser::{from_js, to_js};

/// As many entries as the journal keeps: two imports of ten thousand clients, or years of notes.
#[cfg(feature = "notebook")]
pub(super) const MOST: u32 = 20_000;

/// What a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::web) enum Deed {
    Add,
    Edit,
    Delete,
    /// Took a change back.
    Undo,
    /// Several clients at once, from a file.
    Import,
    /// Put back what the browser had lost.
    Restore,
}

/// A change as the journal numbers its entries, with which it can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::web) struct Change {
    pub(super) first: u32,
    pub(super) last: u32,
}

/// One entry, as it is read.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) head: Head,
    pub(super) before: Option<Record>,
    pub(super) after: Option<Record>,
}

/// What an entry says besides the two records.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Head {
    /// Counts up; given by the database.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(super) number: u32,
    /// When, as an instant: `2026-11-22T10:00:00.000Z`.
    pub(super) at: String,
    pub(super) what: Deed,
    /// The key of the client it was done to; empty where it was done to nobody.
    pub(super) client: String,
    /// The number of the change's first entry, on all others.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(super) first: u32,
    /// The number of the first entry of the change that was undone.
    #[serde(default, skip_serializing_if = "is_none")]
    pub(super) undoes: u32,
}

/// Whether there is no such number: the database counts from 1.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_none(number: &u32) -> bool {
    *number == 0
}

impl Head {
    pub(super) fn now(what: Deed) -> Self {
        Self {
            number: 0,
            at: Date::new_0().to_iso_string().into(),
            what,
            client: String::new(),
            first: 0,
            undoes: 0,
        }
    }

    /// The change that this entry belongs to, should it be its last.
    pub(super) fn change(&self) -> Change {
        Change {
            first: if self.first == 0 { self.number } else { self.first },
            last: self.number,
        }
    }
}

impl Entry {
    pub(super) fn read(value: &JsValue) -> Result<Self, Error> {
        let record = |key: &str| Ok::<_, Error>(Record::stored(Reflect::get(value, &key.into())?));
        Ok(Self {
            head: from_js(value).ok_or(Error::Unreadable)?,
            before: record("before")?,
            after: record("after")?,
        })
    }
}

/// Appends an entry, and gives its number.
pub(super) async fn append(
    transaction: &Transaction,
    head: &Head,
    before: Option<&Record>,
    after: Option<&Record>,
) -> Result<u32, Error> {
    let entry: Object = to_js(head).into();
    for (key, record) in [("before", before), ("after", after)] {
        let record = record.map_or(JsValue::NULL, |record| record.value().clone());
        Reflect::set(&entry, &key.into(), &record)?;
    }
    let added = outcome(&transaction.store(JOURNAL)?.add(&entry)?).await?;
    number(&added).ok_or(Error::Unreadable)
}

/// The entries of a change, in order; `TooOld` where they are folded away.
pub(super) async fn entries(transaction: &Transaction, change: Change) -> Result<Vec<Entry>, Error> {
    let range = IdbKeyRange::bound(&change.first.into(), &change.last.into())?;
    let entries = outcome(&transaction.store(JOURNAL)?.get_all_with_key(&range)?).await?;
    let entries: Vec<Entry> = js_sys::Array::from(&entries)
        .iter()
        .map(|entry| Entry::read(&entry))
        .collect::<Result<_, _>>()?;
    if entries
        .first()
        .is_none_or(|first| first.head.number != change.first)
    {
        return Err(Error::TooOld);
    }
    Ok(entries)
}

/// The last number that is no later than this one; `None` where there is nothing.
pub(super) async fn last_number(transaction: &Transaction, until: u32) -> Result<Option<u32>, Error> {
    let range = IdbKeyRange::upper_bound(&until.into())?;
    let journal = transaction.store(JOURNAL)?;
    let cursor = journal.open_key_cursor_with_range_and_direction(&range, IdbCursorDirection::Prev)?;
    let cursor = outcome(&cursor).await?;
    if cursor.is_null() {
        return Ok(None);
    }
    let cursor: IdbCursor = cursor.unchecked_into();
    Ok(number(&cursor.key()?))
}
