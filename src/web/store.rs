//! The notebook: every client, one record each, in the extension's own IndexedDB.
//!
//! **Invariants.** All pages read and write through here. A write holds one lock over all pages,
//! from before it reads until it is on disk. Each change and its journal entry are one transaction:
//! both happen or neither. A record is changed or deleted by its key; nothing is ever cleared and
//! written anew. Pages that watch hear of each change after it is on disk, wherever it was made.

mod request;

use std::fmt;

use gloo::events::EventListener;
use js_sys::Date;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    BroadcastChannel, DomException, IdbDatabase, IdbObjectStoreParameters, IdbOpenDbRequest,
    IdbTransactionMode, IdbVersionChangeEvent,
};

pub(super) use self::request::Lock;
use self::request::{Transaction, outcome};
use super::browser::{from_js, to_js};
use super::correspondent::same_address;
use super::dom;
use crate::Client;

/// The name of the database, of the lock around its writes and of the channel of its changes.
const NOTEBOOK: &str = "candor-notebook";

/// The database's schema. Version 1: `clients` by `id`; `journal` by a running `number`.
const VERSION: u32 = 1;

const CLIENTS: &str = "clients";
const JOURNAL: &str = "journal";

/// The notebook, open for reading and writing.
#[derive(Debug)]
pub(super) struct Notebook {
    database: IdbDatabase,
    changes: BroadcastChannel,
    _makes_way: EventListener,
}

/// One change as the journal keeps it: enough to see what was done, and to undo it.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Entry {
    /// Counts up; given by the database.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<u32>,
    /// When, as an instant: `2026-11-22T10:00:00.000Z`.
    at: String,
    what: Deed,
    /// The key of the client it was done to.
    client: String,
    /// The record before; none when it was added.
    before: Option<Client>,
    /// The record after; none when it was deleted.
    after: Option<Client>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Deed {
    Add,
    Edit,
    Delete,
    Undo,
}

/// The journal's number of a change, with which it can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change(u32);

/// Hears of changes until it is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    channel: BroadcastChannel,
    _listener: EventListener,
}

/// Why the notebook could not be read or written, in words for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Error {
    /// This page may not use storage.
    Denied,
    /// Another page keeps an older form of the notebook open.
    Blocked,
    /// A newer version of Candor wrote the notebook.
    Newer,
    /// This page let go of the notebook, for a newer version to open it.
    LetGo,
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The client is not in the notebook any more.
    Gone,
    /// What should be undone was changed again since.
    ChangedSince,
    /// An address belongs to a client already.
    Taken {
        /// The address.
        address: String,
        /// Whose it is.
        name: String,
    },
    /// A record that this version cannot read.
    Unreadable,
    /// The browser failed, in its own words.
    Failed(String),
}

impl Notebook {
    /// Opens the notebook, making an empty one where there is none.
    pub(super) async fn open() -> Result<Self, Error> {
        let factory = dom::window().indexed_db()?.ok_or(Error::Denied)?;
        let request = factory.open_with_u32(NOTEBOOK, VERSION)?;
        let upgrading = request.clone();
        let _upgrade = EventListener::once(&request, "upgradeneeded", move |event| {
            let event: &IdbVersionChangeEvent = event.unchecked_ref();
            // An upgrade that throws aborts itself, and the request then tells why.
            upgrade(&upgrading, event.old_version()).ok();
        });
        let database: IdbDatabase = outcome(&request).await?.unchecked_into();
        let closing = database.clone();
        let makes_way = EventListener::new(&database, "versionchange", move |_| closing.close());
        let changes = BroadcastChannel::new(NOTEBOOK)?;
        Ok(Self {
            database,
            changes,
            _makes_way: makes_way,
        })
    }

    /// Everybody in it, in no order.
    pub(super) async fn clients(&self) -> Result<Vec<Client>, Error> {
        let transaction = Transaction::begin(&self.database, &[CLIENTS], IdbTransactionMode::Readonly)?;
        everybody(&transaction).await
    }

    /// Adds clients, all or none, and gives each a key of its own.
    ///
    /// # Errors
    ///
    /// `Taken` when an address of theirs is in the notebook already, and what the browser refuses.
    pub(super) async fn add(&self, clients: Vec<Client>) -> Result<Vec<Client>, Error> {
        self.write(async |transaction| {
            let mut known = everybody(transaction).await?;
            let mut added = Vec::with_capacity(clients.len());
            for mut client in clients {
                refuse_taken(&client, &known)?;
                client.id = dom::window().crypto()?.random_uuid();
                commit(transaction, Deed::Add, None, Some(&client)).await?;
                known.push(client.clone());
                added.push(client);
            }
            Ok(added)
        })
        .await
    }

    /// Changes the client with this key, as they stand now: what another page wrote meanwhile stays.
    /// `None` when there was nothing to change.
    ///
    /// # Errors
    ///
    /// `Gone`, `Taken` when the change adds an address of somebody else, and what the browser refuses.
    pub(super) async fn edit(
        &self,
        id: &str,
        change: impl FnOnce(&mut Client),
    ) -> Result<Option<Change>, Error> {
        self.write(async |transaction| {
            let known = everybody(transaction).await?;
            let before = known.iter().find(|client| client.id == id).ok_or(Error::Gone)?;
            let mut after = before.clone();
            change(&mut after);
            after.id.clone_from(&before.id);
            if after == *before {
                return Ok(None);
            }
            refuse_taken(&after, &known)?;
            commit(transaction, Deed::Edit, Some(before), Some(&after))
                .await
                .map(Some)
        })
        .await
    }

    /// Deletes the client with this key; the journal can bring them back.
    pub(super) async fn delete(&self, id: &str) -> Result<Change, Error> {
        self.write(async |transaction| {
            let before = read(transaction, id).await?.ok_or(Error::Gone)?;
            commit(transaction, Deed::Delete, Some(&before), None).await
        })
        .await
    }

    /// Undoes a change, writes that into the journal too, and gives the key of the client concerned.
    ///
    /// # Errors
    ///
    /// `ChangedSince` when the client is not as the change left them, and what the browser refuses.
    pub(super) async fn undo(&self, Change(number): Change) -> Result<String, Error> {
        self.write(async |transaction| {
            let entry = outcome(&transaction.store(JOURNAL)?.get(&number.into())?).await?;
            let entry: Entry = from_js(&entry).ok_or(Error::Unreadable)?;
            let now = read(transaction, &entry.client).await?;
            if now != entry.after {
                return Err(Error::ChangedSince);
            }
            commit(transaction, Deed::Undo, now.as_ref(), entry.before.as_ref()).await?;
            Ok(entry.client)
        })
        .await
    }

    /// Calls `changed` after each change, made on this page or on another.
    pub(super) fn watch(changed: impl Fn() + 'static) -> Result<Watch, Error> {
        // A channel never hears itself, so watching needs one apart from that of the writes.
        let channel = BroadcastChannel::new(NOTEBOOK)?;
        let listener = EventListener::new(&channel, "message", move |_| changed());
        Ok(Watch {
            channel,
            _listener: listener,
        })
    }

    async fn write<T>(&self, work: impl AsyncFnOnce(&Transaction) -> Result<T, Error>) -> Result<T, Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let stores = [CLIENTS, JOURNAL];
        let transaction = Transaction::begin(&self.database, &stores, IdbTransactionMode::Readwrite)?;
        match work(&transaction).await {
            Ok(done) => {
                transaction.committed().await?;
                self.changes.post_message(&JsValue::from_str("changed"))?;
                Ok(done)
            }
            Err(error) => {
                transaction.abort();
                Err(error)
            }
        }
    }
}

impl Drop for Notebook {
    fn drop(&mut self) {
        self.changes.close();
        self.database.close();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.channel.close();
    }
}

/// Brings the database from an older schema to this one. Each step adds to what is there.
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
    Ok(())
}

async fn everybody(transaction: &Transaction) -> Result<Vec<Client>, Error> {
    let records = outcome(&transaction.store(CLIENTS)?.get_all()?).await?;
    from_js(&records).ok_or(Error::Unreadable)
}

async fn read(transaction: &Transaction, id: &str) -> Result<Option<Client>, Error> {
    let record = outcome(&transaction.store(CLIENTS)?.get(&id.into())?).await?;
    if record.is_undefined() {
        return Ok(None);
    }
    from_js(&record).map(Some).ok_or(Error::Unreadable)
}

/// Writes one change and its journal entry. At least one of the two records is there.
async fn commit(
    transaction: &Transaction,
    what: Deed,
    before: Option<&Client>,
    after: Option<&Client>,
) -> Result<Change, Error> {
    let id = before.or(after).map_or("", |client| client.id.as_str());
    let clients = transaction.store(CLIENTS)?;
    match after {
        Some(after) => outcome(&clients.put(&to_js(after))?).await?,
        None => outcome(&clients.delete(&id.into())?).await?,
    };
    let entry = Entry {
        number: None,
        at: Date::new_0().to_iso_string().into(),
        what,
        client: id.to_owned(),
        before: before.cloned(),
        after: after.cloned(),
    };
    let number = outcome(&transaction.store(JOURNAL)?.add(&to_js(&entry))?).await?;
    from_js(&number).map(Change).ok_or(Error::Unreadable)
}

/// Refuses a client one of whose addresses is another's.
fn refuse_taken(client: &Client, known: &[Client]) -> Result<(), Error> {
    for other in known.iter().filter(|other| other.id != client.id) {
        let taken = client
            .emails
            .iter()
            .find(|address| other.emails.iter().any(|email| same_address(email, address)));
        if let Some(address) = taken {
            return Err(Error::Taken {
                address: address.clone(),
                name: other.name.clone(),
            });
        }
    }
    Ok(())
}

impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        let Some(exception) = thrown.dyn_ref::<DomException>() else {
            return Self::Failed(format!("{thrown:?}"));
        };
        match exception.name().as_str() {
            "SecurityError" | "NotAllowedError" => Self::Denied,
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "InvalidStateError" => Self::LetGo,
            name => Self::Failed(format!("{name}: {}", exception.message())),
        }
    }
}

/// Reads after “Your notebook cannot be opened here:” and “This could not be saved:”.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied => f.write_str("the browser allows no storage on this page"),
            Self::Blocked => f.write_str("another tab still uses an older version of it; close that tab"),
            Self::Newer => f.write_str("a newer version of Candor wrote it; update Candor in this browser"),
            Self::LetGo => f.write_str("Candor was updated; open this page again"),
            Self::Full => f.write_str("there is no room left on this disk"),
            Self::Gone => f.write_str("this client has been deleted meanwhile"),
            Self::ChangedSince => f.write_str("it has been changed again since"),
            Self::Taken { address, name } => {
                write!(f, "{address} is in the notebook already, as {name}")
            }
            Self::Unreadable => f.write_str("a record in it cannot be read by this version"),
            Self::Failed(words) => write!(f, "the browser says “{words}”"),
        }
    }
}
