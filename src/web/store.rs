//! The notebook: every client, one record each, in the extension's own IndexedDB.
//!
//! **Invariants.** All pages read and write through here. A write holds one lock over all pages,
//! from before it reads until it is on disk. Each change, its journal entries and what the notebook
//! holds then are one transaction: all happen or none. A record is changed or deleted by its key;
//! nothing is ever cleared and written anew. Pages that watch hear of each change after it is on disk,
//! wherever it was made.
//!
//! A notebook that came back other than it was written (see [`guard`](super::guard)) does not open, and
//! takes no change: it is never mistaken for that of a new user. What was written can be restored from
//! the journal and from a second copy apart from the database ([`copy`]).

#[cfg(feature = "notebook")]
mod batch;
#[cfg(feature = "writer")]
mod closer_look;
mod copy;
mod errand;
mod error;
#[cfg(feature = "notebook")]
mod history;
mod journal;
mod offers;
mod plan;
mod record;
#[cfg(feature = "notebook")]
pub(super) mod recovery;
mod request;
mod schema;
mod shelves;
#[cfg(feature = "notebook")]
mod upkeep;
mod write;

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, IdbDatabase, IdbTransactionMode, MessageEvent};

#[cfg(feature = "notebook")]
pub(super) use self::batch::Step;
use self::copy::{COPIED, catch_up};
#[cfg(any(feature = "lookup", feature = "pages"))]
pub(super) use self::errand::Errand;
#[cfg(feature = "promises")]
pub(crate) use self::errand::do_errand;
pub(super) use self::error::Error;
#[cfg(feature = "notebook")]
pub(super) use self::history::{History, Past};
pub(super) use self::journal::{Change, Deed};
pub(super) use self::offers::Offered;
use self::record::Record;
pub(super) use self::request::Lock;
use self::request::{Transaction, outcome};
use self::schema::{CLIENTS, META, SHELVES};
#[cfg(feature = "notebook")]
pub(super) use self::upkeep::ask_to_keep;
use self::write::{Write, meta, put_meta, read_meta};
use super::browser::{self, to_js};
use super::dom;
use super::guard::{Holdings, Verdict, verdict};
use crate::Client;
use crate::client::lookup::Heads;

/// The name of the database, of the lock around its writes and of the channel of its changes.
const NOTEBOOK: &str = "candor-notebook";

/// What pages tell each other: that something is missing, and that it was put back.
const DAMAGED: &str = "damaged";
const RESTORED: &str = "restored";

/// What the notebook holds, among the extension's settings and in the database.
const HOLDINGS: &str = "notebook";
/// When the notebook was last saved into a file of the user's.
const BACKUP: &str = "backup";

/// The notebook, open for reading and writing.
#[derive(Debug)]
pub(super) struct Notebook {
    database: IdbDatabase,
    changes: BroadcastChannel,
    /// Whether something was found missing since it was opened, by this page or another.
    damaged: Rc<Cell<bool>>,
    _hears_of_damage: EventListener,
    _makes_way: EventListener,
}

/// Hears of changes until it is dropped.
#[derive(Debug)]
pub(super) struct Watch {
    channel: BroadcastChannel,
    _listener: EventListener,
}

/// When the notebook was last saved into a file of the user's, and what came since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BackupState {
    /// The instant, `2026-11-22T10:00:00.000Z`; `None` when it never was.
    pub(super) at: Option<String>,
    /// How many changes to a client the file does not have.
    pub(super) changes_since: u32,
    /// How many clients there are to save.
    pub(super) clients: u32,
    /// The generation that they are of.
    pub(super) generation: u32,
}

#[derive(Serialize, Deserialize)]
struct Backup {
    at: String,
    generation: u32,
}

impl Notebook {
    /// Opens the notebook, making an empty one for a new user.
    ///
    /// # Errors
    ///
    /// `Damaged` when it is not what was written last, and what the browser refuses.
    pub(super) async fn open() -> Result<Self, Error> {
        // Asked first, because the database can only be newer than what is read before it.
        let kept = browser::ask_setting(HOLDINGS);
        let database = schema::open().await?;
        let closing = database.clone();
        let changes = BroadcastChannel::new(NOTEBOOK)?;
        let damaged = Rc::new(Cell::new(false));
        let notebook = Self {
            damaged: Rc::clone(&damaged),
            _hears_of_damage: EventListener::new(&changes, "message", move |event| {
                match event
                    .unchecked_ref::<MessageEvent>()
                    .data()
                    .as_string()
                    .as_deref()
                {
                    Some(DAMAGED) => damaged.set(true),
                    Some(RESTORED) => damaged.set(false),
                    _ => {}
                }
            }),
            changes,
            _makes_way: EventListener::new(&database, "versionchange", move |_| closing.close()),
            database,
        };
        notebook.vouch(kept.await).await?;
        Ok(notebook)
    }

    /// Everybody in it, in no order.
    ///
    /// # Errors
    ///
    /// `Damaged` when somebody is missing or not as they were written, and what the browser refuses.
    pub(super) async fn clients(&self) -> Result<Vec<Client>, Error> {
        self.everybody(&self.read(&[CLIENTS, META])?).await
    }

    /// The heads of all clients for the lookup, shelf by shelf. They are made from the records where they
    /// are not there yet, not of what the notebook holds now, or damaged.
    ///
    /// # Errors
    ///
    /// As of [`clients`](Self::clients).
    pub(super) async fn heads(&self) -> Result<Vec<Heads>, Error> {
        if let Some(heads) = self.kept_heads().await? {
            return Ok(heads);
        }
        self.fill_shelves().await?;
        self.kept_heads().await?.ok_or(Error::Unreadable)
    }

    async fn kept_heads(&self) -> Result<Option<Vec<Heads>>, Error> {
        let transaction = self.read(&[META, SHELVES])?;
        shelves::heads(&transaction).await
    }

    /// Has the lookup's rows made anew from the records.
    #[cfg(not(feature = "writer"))]
    async fn fill_shelves(&self) -> Result<(), Error> {
        self.run(&Errand::FillShelves).await.map(|_| ())
    }

    /// Makes the lookup's rows anew from the records.
    #[cfg(feature = "writer")]
    async fn fill_shelves(&self) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let stores = [CLIENTS, META, SHELVES];
        let transaction = Transaction::begin(&self.database, &stores, IdbTransactionMode::Readwrite)?;
        let holdings = holdings(&transaction).await?;
        shelves::fill(&transaction, holdings, &self.everybody(&transaction).await?)?;
        transaction.committed().await
    }

    /// The details of the shelf of this number for the lookup, to be read after the heads.
    ///
    /// # Errors
    ///
    /// As of [`clients`](Self::clients).
    pub(super) async fn details(&self, number: u32) -> Result<String, Error> {
        if let Some(details) = shelves::details(&self.read(&[SHELVES])?, number).await? {
            return Ok(details);
        }
        self.fill_shelves().await?;
        let details = shelves::details(&self.read(&[SHELVES])?, number).await?;
        details.ok_or(Error::Unreadable)
    }

    /// Counts the records, for whoever shows the lookup's rows without having read them.
    ///
    /// # Errors
    ///
    /// `Damaged` when some are missing, and what the browser refuses.
    #[cfg(feature = "lookup")]
    pub(super) async fn look_for_missing(&self) -> Result<(), Error> {
        let transaction = self.read(&[CLIENTS, META])?;
        let count = outcome(&transaction.store(CLIENTS)?.count()?).await?;
        if record::number(&count) == Some(holdings(&transaction).await?.count) {
            return Ok(());
        }
        Err(self.damage())
    }

    /// Adds clients, all or none, and gives each a key of its own. It is one change.
    ///
    /// # Errors
    ///
    /// `Taken` when an address of theirs is in the notebook already, and what the browser refuses.
    pub(super) async fn add(&self, clients: Vec<Client>) -> Result<Vec<Client>, Error> {
        self.write(async |write| {
            let mut added = Vec::with_capacity(clients.len());
            for mut client in clients {
                client.id = dom::window().crypto()?.random_uuid();
                write.apply(Deed::Add, None, Some(&Record::of(&client))).await?;
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
        self.write(async |write| {
            let record = write.record(id).await?.ok_or(Error::Gone)?;
            let before = record.client()?;
            let mut after = before.clone();
            change(&mut after);
            after.id.clone_from(&before.id);
            if after == before {
                return Ok(None);
            }
            write
                .apply(Deed::Edit, Some(&record), Some(&Record::of(&after)))
                .await?;
            Ok(write.change())
        })
        .await
    }

    /// Deletes the client with this key; the journal can bring them back.
    ///
    /// # Errors
    ///
    /// `Gone`, and what the browser refuses.
    pub(super) async fn delete(&self, id: &str) -> Result<Change, Error> {
        self.write(async |write| {
            let before = write.record(id).await?.ok_or(Error::Gone)?;
            write.apply(Deed::Delete, Some(&before), None).await?;
            write.change().ok_or(Error::Gone)
        })
        .await
    }

    /// Undoes a change, all of it or nothing, writes that into the journal too, and gives the key of a
    /// client concerned. What is undone can be done again by undoing that.
    ///
    /// # Errors
    ///
    /// `ChangedSince` when a client is not as the change left them, `Taken` when one who would come back
    /// has an address of somebody else's by now, `TooOld`, and what the browser refuses.
    pub(super) async fn undo(&self, change: Change) -> Result<String, Error> {
        self.write(async |write| {
            write.undoes = change.first;
            let mut id = String::new();
            for entry in journal::entries(&write.transaction, change)
                .await?
                .into_iter()
                .rev()
            {
                let now = write.record(&entry.head.client).await?;
                if now.as_ref().map(Record::text) != entry.after.as_ref().map(Record::text) {
                    return Err(Error::ChangedSince);
                }
                if entry.before.is_some() || now.is_some() {
                    write
                        .apply(Deed::Undo, now.as_ref(), entry.before.as_ref())
                        .await?;
                }
                id = entry.head.client;
            }
            Ok(id)
        })
        .await
    }

    /// What there is to say of the user's own backups.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(super) async fn backup_state(&self) -> Result<BackupState, Error> {
        let transaction = self.read(&[META])?;
        let holdings = holdings(&transaction).await?;
        let backup: Option<Backup> = meta(&transaction, BACKUP).await?;
        let saved = backup.as_ref().map_or(0, |backup| backup.generation);
        Ok(BackupState {
            at: backup.map(|backup| backup.at),
            changes_since: holdings.generation.saturating_sub(saved),
            clients: holdings.count,
            generation: holdings.generation,
        })
    }

    /// Notes that the notebook, as it was in this generation, was saved into a file of the user's: a change
    /// may come while the file is made.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(super) async fn backed_up(&self, generation: u32) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let transaction = Transaction::begin(&self.database, &[META], IdbTransactionMode::Readwrite)?;
        let backup = Backup {
            at: js_sys::Date::new_0().to_iso_string().into(),
            generation,
        };
        put_meta(&transaction, BACKUP, &backup)?;
        transaction.committed().await?;
        self.changes.post_message(&JsValue::from_str("backup"))?;
        Ok(())
    }

    /// Calls `changed` after each change, made on this page or on another.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(super) fn watch(changed: impl Fn() + 'static) -> Result<Watch, Error> {
        // A channel never hears itself, so watching needs one apart from that of the writes.
        let channel = BroadcastChannel::new(NOTEBOOK)?;
        let listener = EventListener::new(&channel, "message", move |_| changed());
        Ok(Watch {
            channel,
            _listener: listener,
        })
    }

    fn read(&self, stores: &[&str]) -> Result<Transaction, Error> {
        Transaction::begin(&self.database, stores, IdbTransactionMode::Readonly)
    }

    async fn write<T>(&self, work: impl AsyncFnOnce(&mut Write) -> Result<T, Error>) -> Result<T, Error> {
        if self.damaged.get() {
            return Err(Error::Damaged);
        }
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let mut write = Write::begin(&self.database).await?;
        let before = write.holdings;
        let done = match work(&mut write).await {
            Ok(done) => done,
            Err(error) => {
                return Err(write.transaction.taken_back(error).await);
            }
        };
        if write.holdings == before {
            write.transaction.abort();
            return Ok(done);
        }
        let holdings = write.commit().await?;
        // The change is on disk. Should the settings not take this, the database is ahead of them, which
        // is no damage.
        browser::keep_setting(HOLDINGS, to_js(&holdings)).await;
        self.changes.post_message(&JsValue::from_str("changed"))?;
        self.copy_soon();
        plan::keep_soon(&self.database);
        Ok(done)
    }

    /// Compares the notebook with what the settings say of it, and refuses one that has lost something.
    async fn vouch(&self, kept: Option<Holdings>) -> Result<(), Error> {
        let transaction = self.read(&[META])?;
        let metas = transaction.store(META)?;
        // Both are asked for at once: an answer takes longer to travel than to be found.
        let (found, copied) = (metas.get(&HOLDINGS.into())?, metas.get(&COPIED.into())?);
        let found: Option<Holdings> = read_meta(&outcome(&found).await?)?;
        let copied: Option<u32> = read_meta(&outcome(&copied).await?)?;
        match verdict(kept, found) {
            Verdict::Damaged => return Err(Error::Damaged),
            Verdict::Unsure => self.look_closer().await?,
            Verdict::Whole => {}
        }
        let is_behind = copied.unwrap_or(0) < found.map_or(u32::MAX, |found| found.generation);
        self.look_after_soon(is_behind);
        Ok(())
    }

    /// Brings up to date what is behind of the second copy and the plan of reminders; nobody waits for it.
    #[cfg(feature = "writer")]
    fn look_after_soon(&self, is_copy_behind: bool) {
        let database = self.database.clone();
        spawn_local(async move {
            if !plan::is_kept().await {
                plan::keep_soon(&database);
            }
        });
        if is_copy_behind {
            self.copy_soon();
        }
    }

    /// Has what is behind of the second copy and the plan of reminders brought up to date; nobody waits for it.
    #[cfg(not(feature = "writer"))]
    fn look_after_soon(&self, is_copy_behind: bool) {
        spawn_local(async move {
            if is_copy_behind || !plan::is_kept().await {
                errand::run(&Errand::LookAfter).await.ok();
            }
        });
    }

    /// Has a new user told from one who has lost something.
    #[cfg(not(feature = "writer"))]
    async fn look_closer(&self) -> Result<(), Error> {
        errand::run(&Errand::LookAfter).await.map(|_| ())
    }

    /// All records, once they are seen to be what was written.
    async fn everybody(&self, transaction: &Transaction) -> Result<Vec<Client>, Error> {
        let holdings: Option<Holdings> = meta(transaction, HOLDINGS).await?;
        let records = record::text(&outcome(&transaction.store(CLIENTS)?.get_all()?).await?);
        let records = record::elements(&records)?;
        let generation = holdings.map_or(0, |holdings| holdings.generation);
        let really = Holdings::of(generation, records.iter().copied());
        if holdings != Some(really) {
            return Err(self.damage());
        }
        records.into_iter().map(record::read).collect()
    }

    /// Has no page write any more, and says why.
    fn damage(&self) -> Error {
        // Said once: a page that hears of it looks, too.
        if !self.damaged.replace(true) {
            self.changes.post_message(&JsValue::from_str(DAMAGED)).ok();
        }
        Error::Damaged
    }

    /// Brings the second copy up to date; nobody waits for it. A copy that cannot be written stays behind,
    /// and the next page that opens the notebook tries again.
    fn copy_soon(&self) {
        let database = self.database.clone();
        spawn_local(async move {
            catch_up(&database).await.ok();
        });
    }
}

/// What the notebook says that it holds.
async fn holdings(transaction: &Transaction) -> Result<Holdings, Error> {
    meta(transaction, HOLDINGS).await?.ok_or(Error::Damaged)
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
