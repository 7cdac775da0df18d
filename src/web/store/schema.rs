//! The database's schema, and how an older one becomes this one.
//!
//! Each step adds to what is there, and before the first of them everything the older database holds
//! is written into a file of its own. `tests/fixtures/notebook` has a database of every schema that
//! was ever shipped, and a browser test opens each.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    IdbDatabase, IdbFactory, IdbObjectStoreParameters, IdbOpenDbRequest, IdbTransactionMode,
    IdbVersionChangeEvent,
};

use super::copy::Copy;
#[cfg(not(feature = "writer"))]
use super::errand::{self, Errand};
use super::request::{Transaction, outcome};
use super::{Error, NOTEBOOK, record};
use crate::web::dom;

/// The schema that this version reads and writes.
const VERSION: u32 = 2;

/// Since 1: every client, by `id`.
pub(super) const CLIENTS: &str = "clients";
/// Since 1: every change, by a running `number`.
pub(super) const JOURNAL: &str = "journal";
/// Since 2: the key of the client with an address, by the address in the form in which it is compared.
pub(super) const ADDRESSES: &str = "addresses";
/// Since 2: what the notebook holds, and what else there is one of, by name.
pub(super) const META: &str = "meta";

/// Since 2: what the lookup reads of each client.
pub(super) const SHELVES: &str = "shelves";

/// Opens the database, making one where there is none.
pub(super) async fn open() -> Result<IdbDatabase, Error> {
    let factory = factory()?;
    match open_as(&factory, Older::Leave).await {
        Err(Stop::Older(version)) => upgraded(&factory, version).await,
        opened => opened,
    }
    .map_err(|stop| match stop {
        Stop::Failed(error) => error,
        // Another page has put an older one in its place meanwhile, which no version of Candor does.
        Stop::Older(_) => Error::Blocked,
    })
}

/// Keeps what a database of an older schema holds, and brings it to this one.
#[cfg(feature = "writer")]
async fn upgraded(factory: &IdbFactory, version: u32) -> Result<IdbDatabase, Stop> {
    keep_before(factory, version).await?;
    open_as(factory, Older::Upgrade).await
}

/// Has that done by the module that writes.
#[cfg(not(feature = "writer"))]
async fn upgraded(factory: &IdbFactory, _version: u32) -> Result<IdbDatabase, Stop> {
    errand::run(&Errand::LookAfter).await?;
    open_as(factory, Older::Leave).await
}

/// Where the browser keeps databases.
pub(super) fn factory() -> Result<IdbFactory, Error> {
    dom::window().indexed_db()?.ok_or(Error::Denied)
}

/// What to do with a database of an older schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Older {
    Leave,
    Upgrade,
}

/// Why a database was not opened.
enum Stop {
    /// It has this older schema, and was left as it is.
    Older(u32),
    Failed(Error),
}

impl<T: Into<Error>> From<T> for Stop {
    fn from(error: T) -> Self {
        Self::Failed(error.into())
    }
}

async fn open_as(factory: &IdbFactory, older: Older) -> Result<IdbDatabase, Stop> {
    let request = factory.open_with_u32(NOTEBOOK, VERSION)?;
    let left = Rc::new(Cell::new(None));
    let upgrading = (request.clone(), Rc::clone(&left));
    let _upgrade = EventListener::once(&request, "upgradeneeded", move |event| {
        let (request, left) = upgrading;
        let from = event.unchecked_ref::<IdbVersionChangeEvent>().old_version();
        if from > 0.0 && older == Older::Leave {
            left.set(record::number(&from.into()));
            if let Some(transaction) = request.transaction() {
                transaction.abort().ok();
            }
        } else {
            // An upgrade that throws aborts itself, and the request then tells why.
            upgrade(&request, from).ok();
        }
    });
    let outcome = outcome(&request).await;
    match left.take() {
        Some(version) => Err(Stop::Older(version)),
        None => Ok(outcome?.unchecked_into()),
    }
}

/// The steps from an older schema, or from none, to this one.
fn upgrade(request: &IdbOpenDbRequest, from: f64) -> Result<(), JsValue> {
    let database: IdbDatabase = request.result()?.unchecked_into();
    if from < 1.0 {
        let by_id = IdbObjectStoreParameters::new();
        by_id.set_key_path(&"id".into());
        database.create_object_store_with_optional_parameters(CLIENTS, &by_id)?;
        let by_number = IdbObjectStoreParameters::new();
        by_number.set_key_path(&"number".into());
        by_number.set_auto_increment(true);
        database.create_object_store_with_optional_parameters(JOURNAL, &by_number)?;
    }
    if from < 2.0 {
        // They are filled once the database is open, as whenever it says nothing of what it holds.
        database.create_object_store(ADDRESSES)?;
        database.create_object_store(META)?;
        database.create_object_store(SHELVES)?;
    }
    Ok(())
}

/// Writes all that the older database holds into a file.
async fn keep_before(factory: &IdbFactory, version: u32) -> Result<(), Error> {
    let request = factory.open(NOTEBOOK)?;
    let database: IdbDatabase = outcome(&request).await?.unchecked_into();
    let kept = async {
        let transaction = Transaction::begin(&database, &[CLIENTS, JOURNAL], IdbTransactionMode::Readonly)?;
        let clients = outcome(&transaction.store(CLIENTS)?.get_all()?).await?;
        let journal = outcome(&transaction.store(JOURNAL)?.get_all()?).await?;
        let text = format!(
            r#"{{"schema":{version},"clients":{},"journal":{}}}"#,
            record::text(&clients),
            record::text(&journal)
        );
        Copy::open()
            .await?
            .keep(&format!("before-schema-{}", version + 1), &text)
            .await
    }
    .await;
    database.close();
    kept
}
