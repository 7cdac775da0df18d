//! What keeps the notebook from growing without end, and from being cleared away.

use js_sys::Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbKeyRange, IdbTransactionMode};

use super::copy::{COPIED, Copy};
use super::journal::{self, Entry, MOST};
use super::record::text;
use super::request::{Transaction, outcome};
use super::schema::{CLIENTS, JOURNAL, META};
use super::write::meta;
use super::{Error, HOLDINGS, Lock, NOTEBOOK, Notebook, dom};
use crate::web::guard::Holdings;

/// From how many files of changes on the second copy is made anew as one snapshot.
const MOST_FILES: usize = 64;

impl Notebook {
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
        let stores = [JOURNAL, META];
        let transaction = Transaction::begin(&self.database, &stores, IdbTransactionMode::Readwrite)?;
        let journal = transaction.store(JOURNAL)?;
        // What the second copy does not have yet is told nowhere else.
        let copied: u32 = meta(&transaction, COPIED).await?.unwrap_or(0);
        let Some(last) = journal::last_number(&transaction, u32::MAX).await? else {
            return Ok(());
        };
        let most = last.saturating_sub(MOST).min(copied);
        let Some(edge) = journal::last_number(&transaction, most).await? else {
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
