//! What the background reminds of: see [`Plan`]. It holds numbers of days and nothing of anybody, since content
//! scripts could read the settings among which it stands.

use web_sys::{IdbDatabase, IdbTransactionMode};

use super::request::{Lock, Transaction, outcome};
use super::schema::{CLIENTS, META, SHELVES};
use super::{Error, record, shelves};
use crate::client::lookup::{Heads, Plan, Shelf};
use crate::web::browser::{self, to_js};

/// Its key among the settings, and the name of the lock around its writing.
const PLAN: &str = "reminders";

/// Whether there is one.
pub(super) async fn is_kept() -> bool {
    let found = browser::setting::<Option<serde::de::IgnoredAny>>(PLAN).await;
    found.flatten().is_some()
}

/// Works the plan out anew; nobody waits for it. One that cannot be kept is made with the next change.
pub(super) fn keep_soon(database: &IdbDatabase) {
    let database = database.clone();
    wasm_bindgen_futures::spawn_local(async move {
        keep(&database).await.ok();
    });
}

/// Works the plan out anew from what is on the disk.
///
/// # Errors
///
/// What the browser refuses.
async fn keep(database: &IdbDatabase) -> Result<(), Error> {
    // Of two that work on it, the one that reads last is to write last.
    let _lock = Lock::acquire(PLAN).await?;
    let stores = [CLIENTS, META, SHELVES];
    let transaction = Transaction::begin(database, &stores, IdbTransactionMode::Readonly)?;
    let heads: Vec<String> = match shelves::heads(&transaction).await? {
        Some(heads) => heads.into_iter().map(Heads::into_text).collect(),
        None => vec![heads_of_records(&transaction).await?],
    };
    browser::keep_setting(PLAN, to_js(&Plan::of(&heads))).await;
    Ok(())
}

async fn heads_of_records(transaction: &Transaction) -> Result<String, Error> {
    let records = record::text(&outcome(&transaction.store(CLIENTS)?.get_all()?).await?);
    let mut shelf = Shelf::default();
    for record in record::elements(&records)? {
        shelf.append(&record::read(record)?);
    }
    Ok(shelf.heads)
}
