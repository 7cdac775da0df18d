//! What is looked at where the notebook and the settings do not tell the same.

use js_sys::Array;

use super::record::Record;
use super::request::{Lock, outcome};
use super::schema::CLIENTS;
use super::write::{Write, meta};
use super::{Error, HOLDINGS, NOTEBOOK, Notebook, copy, journal};
use crate::web::browser::{self, to_js};
use crate::web::guard::{Holdings, Signs};

impl Notebook {
    /// Tells a new user, and a notebook whose settings are gone, from one that has lost something.
    pub(super) async fn look_closer(&self) -> Result<(), Error> {
        let copy = copy::reach().await?;
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let kept: Option<Holdings> = browser::ask_setting(HOLDINGS).await;
        let mut write = Write::open(&self.database)?;
        let transaction = &write.transaction;
        let found: Option<Holdings> = meta(transaction, HOLDINGS).await?;
        let records = outcome(&transaction.store(CLIENTS)?.get_all()?).await?;
        let records: Vec<Record> = Array::from(&records).iter().filter_map(Record::stored).collect();
        let signs = Signs {
            kept,
            found,
            records: records.len() as u32,
            journal: journal::last_number(transaction, u32::MAX).await?.unwrap_or(0),
            copy,
        };
        if signs.tell_of_damage() {
            write.transaction.abort();
            return Err(Error::Damaged);
        }
        write.holdings = match found {
            Some(found) => found,
            None => Holdings::of(signs.journal, records.iter().map(Record::text)),
        };
        if found.is_none() {
            write.index(&records)?;
        }
        let holdings = write.commit().await?;
        browser::keep_setting(HOLDINGS, to_js(&holdings)).await;
        Ok(())
    }
}
