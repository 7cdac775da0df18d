//! Looking into a notebook that does not open, and putting it back together.
//!
//! Nothing is taken away before all that is left, of the database and of the second copy, is in a file
//! of its own (`kept/`). What to do is decided by looking again under the lock of writes, because a page
//! that was open already may have gone on writing. Every step can be cut short: the settings still say
//! what was there, so the notebook stays closed until what is put back has been written.

use js_sys::{Array, Date};
use wasm_bindgen::JsValue;
use web_sys::{BroadcastChannel, IdbDatabase, IdbTransactionMode};

use super::copy::{self, Copy};
use super::journal::{self, Deed, Head};
use super::record::{self, Record};
use super::request::{Transaction, outcome};
use super::schema::{self, ADDRESSES, CLIENTS, JOURNAL, META};
use super::write::{Write, meta};
use super::{DAMAGED, Error, HOLDINGS, Lock, NOTEBOOK, RESTORED, browser};
use crate::Client;
use crate::exchange::backup;
use crate::web::guard::{Holdings, Signs, Verdict, verdict};
use crate::web::salvage::{self, Records, Remains, Salvaged};

/// What is left of a notebook.
#[derive(Debug)]
pub(in crate::web) struct Survey {
    /// What the settings say that it held.
    pub(in crate::web) kept: Option<Holdings>,
    /// Why its database cannot be read, where that is so.
    pub(in crate::web) trouble: Option<Error>,
    /// The records that the database has.
    pub(in crate::web) found: Records,
    /// How many clients the second copy alone would bring back, or why it cannot be read.
    pub(in crate::web) copied: Result<usize, Error>,
    /// The newest of everything.
    pub(in crate::web) salvaged: Salvaged,
    /// Whether nothing is missing: the database is what was written last.
    pub(in crate::web) is_whole: bool,
    remains: Remains,
}

/// Looks at all there is; changes nothing.
pub(in crate::web) async fn survey() -> Survey {
    // Both are asked first, because the database can only be newer than what is read before it.
    let kept: Option<Holdings> = browser::ask_setting(HOLDINGS).await;
    let read = copy::remains().await;
    let copied = match &read {
        Ok(copied) => Ok(copied.salvage()),
        Err(error) => Err(error.clone()),
    };
    let mut remains = read.unwrap_or_default();
    let looked = look(&mut remains).await;
    let salvaged = remains.salvage();
    let is_whole = looked.as_ref().is_ok_and(|database| {
        let signs = Signs {
            kept,
            found: database.holdings,
            records: remains.records.len() as u32,
            journal: database.journal,
            copy: copied.as_ref().map_or(0, |copied| copied.newest),
        };
        let sound = database.holdings.is_none_or(|holdings| {
            let texts = remains.records.values().map(String::as_str);
            Holdings::of(holdings.generation, texts) == holdings
        });
        let witnessed = match verdict(kept, database.holdings) {
            Verdict::Whole => true,
            Verdict::Unsure => copied.is_ok(),
            Verdict::Damaged => false,
        };
        sound && witnessed && !signs.tell_of_damage()
    });
    Survey {
        kept,
        trouble: looked.err(),
        found: remains.records.clone(),
        copied: copied.map(|copied| copied.records.len()),
        salvaged,
        is_whole,
        remains,
    }
}

/// What the database says of itself.
struct Database {
    holdings: Option<Holdings>,
    journal: u32,
}

/// Reads as much of the database as can be read.
async fn look(remains: &mut Remains) -> Result<Database, Error> {
    let database = schema::open().await?;
    let looked = look_into(&database, remains).await;
    database.close();
    looked
}

async fn look_into(database: &IdbDatabase, remains: &mut Remains) -> Result<Database, Error> {
    // A page may write meanwhile: only what one transaction reads belongs together.
    let (clients, journal, holdings) = match read_all(database).await {
        Ok((clients, journal, holdings)) => (Ok(clients), Ok(journal), Ok(holdings)),
        // Some of it may be readable where the rest is not.
        Err(_) => (
            read_one(database, CLIENTS).await,
            read_one(database, JOURNAL).await,
            read_holdings(database).await,
        ),
    };
    if let Ok(clients) = &clients {
        let clients = clients.iter().map(|client| record::text(&client));
        remains.records = clients.filter_map(|client| salvage::keyed(&client)).collect();
    }
    let mut last = 0;
    for entry in journal.as_ref().unwrap_or(&Array::new()).iter() {
        let number = remains.add_entry(&record::text(&entry));
        last = last.max(number.unwrap_or(0));
    }
    clients?;
    journal?;
    let holdings = holdings?;
    remains.generation = holdings.map_or(0, |holdings| holdings.generation);
    Ok(Database {
        holdings,
        journal: last,
    })
}

async fn read_all(database: &IdbDatabase) -> Result<(Array, Array, Option<Holdings>), Error> {
    let stores = [CLIENTS, JOURNAL, META];
    let transaction = Transaction::begin(database, &stores, IdbTransactionMode::Readonly)?;
    let clients = everything(&transaction, CLIENTS).await?;
    let journal = everything(&transaction, JOURNAL).await?;
    Ok((clients, journal, meta(&transaction, HOLDINGS).await?))
}

async fn read_one(database: &IdbDatabase, store: &str) -> Result<Array, Error> {
    let transaction = Transaction::begin(database, &[store], IdbTransactionMode::Readonly)?;
    everything(&transaction, store).await
}

async fn read_holdings(database: &IdbDatabase) -> Result<Option<Holdings>, Error> {
    let transaction = Transaction::begin(database, &[META], IdbTransactionMode::Readonly)?;
    meta(&transaction, HOLDINGS).await
}

async fn everything(transaction: &Transaction, store: &str) -> Result<Array, Error> {
    let all = outcome(&transaction.store(store)?.get_all()?).await?;
    Ok(Array::from(&all))
}

impl Survey {
    /// Everything that can be put back, as a backup for its owner to keep, which the client page imports.
    pub(in crate::web) fn backup(&self) -> String {
        let records = self.salvaged.records.values();
        let clients: Vec<Client> = records
            .filter_map(|record| serde_json::from_str(record).ok())
            .collect();
        backup::write(&clients, &browser::now())
    }

    /// Why nothing can be said of the notebook, where its database is no damaged one: a newer version's,
    /// one that another page holds, one on a full disk.
    pub(in crate::web) fn refusal(&self) -> Option<&Error> {
        self.trouble.as_ref().filter(|error| !error.wants_recovery())
    }

    /// Puts back what can be put back. The journal says so, and goes on from there.
    ///
    /// # Errors
    ///
    /// What the browser refuses; the notebook then stays closed, and this can be done again.
    pub(in crate::web) async fn restore(&self) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let survey = self.look_again().await?;
        if survey.is_whole {
            return Ok(());
        }
        survey.keep("before-restoring").await?;
        let holdings = match survey.write_back().await {
            // It cannot even be written to. The second copy takes what only the database has, so that all
            // of it is found again should this be cut short.
            Err(error) if error.wants_recovery() => {
                let copy = Copy::open().await?;
                copy.take_in(&survey.salvaged, &survey.remains.journal).await?;
                delete_database().await?;
                survey.write_back().await?
            }
            written => written?,
        };
        settle(holdings).await
    }

    /// Begins an empty notebook. What is left of this one is kept apart.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(in crate::web) async fn start_anew(&self) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let survey = self.look_again().await?;
        if survey.is_whole {
            return Ok(());
        }
        survey.keep("before-starting-anew").await?;
        delete_database().await?;
        Copy::open().await?.clear().await?;
        settle(Holdings::default()).await
    }

    /// Looks again, while nobody else writes. What could be read before and cannot any more stays in it.
    async fn look_again(&self) -> Result<Self, Error> {
        let mut now = survey().await;
        if let Some(error) = now.refusal() {
            return Err(error.clone());
        }
        let later = std::mem::replace(&mut now.remains, self.remains.clone());
        now.remains.join(later);
        now.salvaged = now.remains.salvage();
        now.kept = now.kept.or(self.kept);
        Ok(now)
    }

    /// Writes all that is left into a file of its own: what was made of it, and the second copy as it is.
    async fn keep(&self, why: &str) -> Result<(), Error> {
        let copy = Copy::open().await?;
        let list = |texts: Vec<&str>| texts.join(",\n");
        let files = serde_json::to_string(&copy.all_files().await?).map_err(|_| Error::Unreadable)?;
        let text = format!(
            "{{\"found\":[\n{}\n],\"restorable\":[\n{}\n],\"journal\":[\n{}\n],\"copy\":{files}}}\n",
            list(self.found.values().map(String::as_str).collect()),
            list(self.salvaged.records.values().map(String::as_str).collect()),
            list(self.remains.journal.values().map(String::as_str).collect()),
        );
        let now = String::from(Date::new_0().to_iso_string()).replace(':', "-");
        copy.keep(&format!("{now}-{why}"), &text).await
    }

    /// Writes all of it, or nothing.
    async fn write_back(&self) -> Result<Holdings, Error> {
        let database = schema::open().await?;
        let written = async {
            let mut write = Write::open(&database)?;
            if let Err(error) = self.write_into(&mut write).await {
                return Err(write.transaction.taken_back(error).await);
            }
            write.commit().await
        }
        .await;
        database.close();
        written
    }

    async fn write_into(&self, write: &mut Write) -> Result<(), Error> {
        let journal = write.transaction.store(JOURNAL)?;
        let clients = write.transaction.store(CLIENTS)?;
        for entry in self.remains.journal.values() {
            journal.put(&record::value(entry)?)?;
        }
        clients.clear()?;
        write.transaction.store(ADDRESSES)?.clear()?;
        let records = &self.salvaged.records;
        let stored: Vec<Record> = records
            .values()
            .map(|text| Ok(Record::stored(record::value(text)?)))
            .collect::<Result<Vec<_>, Error>>()?
            .into_iter()
            .flatten()
            .collect();
        for record in &stored {
            clients.put(record.value())?;
        }
        write.index(&stored)?;
        // The numbers of what is lost are not given again.
        let known = self
            .kept
            .map_or(0, |kept| kept.generation)
            .max(self.salvaged.newest);
        let mut head = Head {
            number: known + 1,
            ..Head::now(Deed::Restore)
        };
        let mut last = journal::append(&write.transaction, &head, None, None).await?;
        head.first = head.number;
        head.number = 0;
        for id in self
            .found
            .keys()
            .chain(records.keys().filter(|id| !self.found.contains_key(*id)))
        {
            let (before, after) = (self.found.get(id), records.get(id));
            if before != after {
                let record = |text: Option<&String>| {
                    Ok::<_, Error>(match text {
                        Some(text) => Record::stored(record::value(text)?),
                        None => None,
                    })
                };
                head.client.clone_from(id);
                let (before, after) = (record(before)?, record(after)?);
                last = journal::append(&write.transaction, &head, before.as_ref(), after.as_ref()).await?;
            }
        }
        write.holdings = Holdings::of(last, stored.iter().map(Record::text));
        Ok(())
    }
}

/// Says of the notebook what it holds now, and tells pages that watch.
async fn settle(holdings: Holdings) -> Result<(), Error> {
    if !browser::keep_setting(HOLDINGS, browser::to_js(&holdings)).await {
        return Err(Error::Failed("the settings cannot be written".to_owned()));
    }
    let channel = BroadcastChannel::new(NOTEBOOK)?;
    channel.post_message(&JsValue::from_str(RESTORED))?;
    channel.close();
    Ok(())
}

/// Has every page leave the notebook as it is until its owner has decided.
pub(in crate::web) fn say_damaged() {
    if let Ok(channel) = BroadcastChannel::new(NOTEBOOK) {
        channel.post_message(&JsValue::from_str(DAMAGED)).ok();
        channel.close();
    }
}

async fn delete_database() -> Result<(), Error> {
    let request = schema::factory()?.delete_database(NOTEBOOK)?;
    outcome(&request).await?;
    Ok(())
}

/// The names of what was kept before something that cannot be taken back.
pub(in crate::web) async fn kept_files() -> Result<Vec<String>, Error> {
    Copy::open().await?.kept().await
}

/// One of them, as a backup that the client page imports, and whether it is what was kept. One that is
/// damaged may only be there as it is.
pub(in crate::web) async fn kept_file(name: &str) -> Result<(String, bool), Error> {
    let kept = Copy::open().await?.read_kept(name).await?;
    let as_backup = backup::of_kept(&kept.text, &browser::now());
    Ok((as_backup.unwrap_or(kept.text), kept.is_whole))
}
