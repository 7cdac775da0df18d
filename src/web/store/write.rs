//! One write under way, and what the notebook holds besides records and journal.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbTransactionMode};

use super::journal::{self, Change, Deed, Head};
use super::record::{self, Record};
use super::request::{Transaction, outcome};
use super::schema::{ADDRESSES, CLIENTS, JOURNAL, META, SHELVES};
use super::{Error, HOLDINGS, shelves};
use crate::Client;
use crate::web::browser::{from_js, to_js};
use crate::web::guard::Holdings;

/// One write under way: a transaction, and what the notebook holds once it is through.
pub(super) struct Write {
    pub(super) transaction: Transaction,
    pub(super) holdings: Holdings,
    /// What it held before.
    from: Holdings,
    /// The number of the first entry of this change; 0 before there is one.
    first: u32,
    /// Each client changed, by key, as they are to be; `None` for one who is gone.
    changed: Vec<(String, Option<Client>)>,
    /// The first entry of the change that this one undoes, if any.
    pub(super) undoes: u32,
}

impl Write {
    /// A transaction over everything, before it is known what the notebook holds.
    pub(super) fn open(database: &IdbDatabase) -> Result<Self, Error> {
        let stores = [CLIENTS, JOURNAL, ADDRESSES, META, SHELVES];
        Ok(Self {
            transaction: Transaction::begin(database, &stores, IdbTransactionMode::Readwrite)?,
            holdings: Holdings::default(),
            from: Holdings::default(),
            first: 0,
            changed: Vec::new(),
            undoes: 0,
        })
    }

    pub(super) async fn begin(database: &IdbDatabase) -> Result<Self, Error> {
        let mut write = Self::open(database)?;
        write.holdings = meta(&write.transaction, HOLDINGS).await?.ok_or(Error::Damaged)?;
        write.from = write.holdings;
        Ok(write)
    }

    pub(super) async fn record(&self, id: &str) -> Result<Option<Record>, Error> {
        let stored = outcome(&self.transaction.store(CLIENTS)?.get(&id.into())?).await?;
        Ok(Record::stored(stored))
    }

    /// Puts a client's record in the place of another, and writes that into the journal. At least one of
    /// the two is there.
    pub(super) async fn apply(
        &mut self,
        what: Deed,
        before: Option<&Record>,
        after: Option<&Record>,
    ) -> Result<(), Error> {
        let Some(id) = before.or(after).map(Record::id).transpose()? else {
            return Ok(());
        };
        self.turn_addresses(&id, before, after).await?;
        let client = after.map(Record::client).transpose()?;
        self.changed.push((id.clone(), client));
        // What is not waited for here takes the whole transaction back should it fail.
        let clients = self.transaction.store(CLIENTS)?;
        match after {
            Some(after) => clients.put(after.value())?,
            None => clients.delete(&id.as_str().into())?,
        };
        let head = Head {
            client: id,
            first: self.first,
            undoes: self.undoes,
            ..Head::now(what)
        };
        let number = journal::append(&self.transaction, &head, before, after).await?;
        self.holdings
            .turn(before.map(Record::text), after.map(Record::text));
        self.holdings.generation = number;
        if self.first == 0 {
            self.first = number;
        }
        Ok(())
    }

    /// Lets go of addresses that a client had, and takes those that they have: each is one client's.
    async fn turn_addresses(
        &self,
        id: &str,
        before: Option<&Record>,
        after: Option<&Record>,
    ) -> Result<(), Error> {
        let addresses = |record: Option<&Record>| record.map_or(Ok(Vec::new()), Record::addresses);
        let (had, has) = (addresses(before)?, addresses(after)?);
        let store = self.transaction.store(ADDRESSES)?;
        for address in had.iter().filter(|address| !has.contains(address)) {
            let holder = outcome(&store.get(&address.as_str().into())?).await?;
            if record::string(&holder).as_deref() == Some(id) {
                store.delete(&address.as_str().into())?;
            }
        }
        for address in has.into_iter().filter(|address| !had.contains(address)) {
            let key = JsValue::from_str(&address);
            let holder = outcome(&store.get(&key)?).await?;
            match record::string(&holder) {
                Some(holder) if holder != id => {
                    let name = match self.record(&holder).await? {
                        Some(holder) => holder.client()?.name,
                        None => return Err(Error::Damaged),
                    };
                    return Err(Error::Taken { address, name });
                }
                _ => store.put_with_key(&id.into(), &key)?,
            };
        }
        Ok(())
    }

    /// Notes whose all addresses are, in a database that has not done so yet.
    pub(super) fn index(&self, records: &[Record]) -> Result<(), Error> {
        let store = self.transaction.store(ADDRESSES)?;
        for record in records {
            let id = record.id()?;
            for address in record.addresses()? {
                store.put_with_key(&id.as_str().into(), &address.as_str().into())?;
            }
        }
        Ok(())
    }

    /// What was done so far, as one change.
    pub(super) fn change(&self) -> Option<Change> {
        (self.first > 0).then_some(Change {
            first: self.first,
            last: self.holdings.generation,
        })
    }

    /// Writes it all to the disk, and gives what the notebook holds then.
    pub(super) async fn commit(self) -> Result<Holdings, Error> {
        if let Err(error) = self.take_along().await {
            return Err(self.transaction.taken_back(error).await);
        }
        self.transaction.committed().await?;
        Ok(self.holdings)
    }

    /// Has what follows from the records follow what was done to them.
    async fn take_along(&self) -> Result<(), Error> {
        if !self.changed.is_empty() {
            shelves::follow(&self.transaction, self.from, self.holdings, &self.changed).await?;
        }
        put_meta(&self.transaction, HOLDINGS, &self.holdings)
    }
}

/// What there is one of, by its name.
pub(super) async fn meta<T: DeserializeOwned>(
    transaction: &Transaction,
    name: &str,
) -> Result<Option<T>, Error> {
    read_meta(&outcome(&transaction.store(META)?.get(&name.into())?).await?)
}

/// Reads it from what the database gave.
pub(super) fn read_meta<T: DeserializeOwned>(value: &JsValue) -> Result<Option<T>, Error> {
    if value.is_undefined() {
        return Ok(None);
    }
    from_js(value).map(Some).ok_or(Error::Unreadable)
}

pub(super) fn put_meta(transaction: &Transaction, name: &str, value: &impl Serialize) -> Result<(), Error> {
    transaction
        .store(META)?
        .put_with_key(&to_js(value), &name.into())?;
    Ok(())
}
