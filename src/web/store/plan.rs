//! What the background reminds of: see [`Plan`]. It holds numbers of days and nothing of anybody, since content
//! scripts could read the settings among which it stands.

#[cfg(feature = "pages")]
use wasm_bindgen::prelude::*;
use web_sys::IdbDatabase;
#[cfg(any(feature = "promises", not(feature = "pages")))]
use {
    super::Error,
    super::request::{Lock, Transaction, outcome},
    super::schema::{CLIENTS, META, SHELVES},
    super::{holdings, record, shelves},
    crate::Client,
    crate::client::lookup::{Plan, Shelf},
    crate::web::browser::to_js,
    web_sys::IdbTransactionMode,
};

use crate::web::browser;

/// Its key among the settings, and the name of the lock around its writing.
const PLAN: &str = "reminders";

/// Whether there is one.
pub(super) async fn is_kept() -> bool {
    let found = browser::setting::<Option<serde::de::IgnoredAny>>(PLAN).await;
    found.flatten().is_some()
}

/// Works the plan out anew; nobody waits for it. One that cannot be kept is made with the next change.
#[cfg(not(feature = "pages"))]
pub(super) fn keep_soon(database: &IdbDatabase) {
    let database = database.clone();
    wasm_bindgen_futures::spawn_local(async move {
        keep(&database).await.ok();
    });
}

/// The same in the pages beside webmail, by a module that they load when they need it.
#[cfg(feature = "pages")]
pub(super) fn keep_soon(_: &IdbDatabase) {
    #[wasm_bindgen]
    extern "C" {
        /// See `later.js`.
        #[wasm_bindgen(catch, js_name = planAnew)]
        fn plan_anew() -> Result<JsValue, JsValue>;
    }
    // A page that has no such function writes no notebook.
    plan_anew().ok();
}

/// Works the plan out anew from what is on the disk.
///
/// # Errors
///
/// What the browser refuses.
#[cfg(any(feature = "promises", not(feature = "pages")))]
pub(super) async fn keep(database: &IdbDatabase) -> Result<(), Error> {
    // Of two that work on it, the one that reads last is to write last.
    let _lock = Lock::acquire(PLAN).await?;
    let stores = [CLIENTS, META, SHELVES];
    let transaction = Transaction::begin(database, &stores, IdbTransactionMode::Readonly)?;
    let held = holdings(&transaction).await?;
    let heads = match shelves::heads(&transaction, held).await? {
        Some(heads) => heads,
        None => vec![heads_of_records(&transaction).await?],
    };
    browser::keep_setting(PLAN, to_js(&Plan::of(&heads))).await;
    Ok(())
}

#[cfg(any(feature = "promises", not(feature = "pages")))]
async fn heads_of_records(transaction: &Transaction) -> Result<String, Error> {
    let records = record::text(&outcome(&transaction.store(CLIENTS)?.get_all()?).await?);
    let mut shelf = Shelf::default();
    for record in record::elements(&records)? {
        let client: Client = serde_json::from_str(record.get()).map_err(|_| Error::Unreadable)?;
        shelf.append(&client);
    }
    Ok(shelf.heads)
}
