//! Promises of sent mails for which the user has not said yet whether they are to be kept in mind.
//!
//! They stand beside the records and not in them: what nobody answered for is no promise of the notebook's, and
//! takes no part in its backups and its recovery.

use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use web_sys::IdbTransactionMode;

use super::request::{Lock, Transaction};
use super::schema::META;
use super::write::{meta, put_meta};
use super::{Error, NOTEBOOK, Notebook};
use crate::client::Promise;
use crate::promise::Offer;

/// Their name among what there is one of.
const OFFERS: &str = "offers";

/// As many as are kept; older ones that nobody answered for go.
const MOST: usize = 100;

/// A promise that was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::web) struct Offered {
    /// The key of the client to whom it was written.
    pub(in crate::web) client: String,
    /// What they were called then.
    pub(in crate::web) name: String,
    /// Tells the mail from others.
    pub(in crate::web) mail: String,
    /// The promise.
    pub(in crate::web) offer: Offer,
}

impl Notebook {
    /// All that were offered, the newest mail first.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(in crate::web) async fn offers(&self) -> Result<Vec<Offered>, Error> {
        Ok(meta(&self.read(&[META])?, OFFERS).await?.unwrap_or_default())
    }

    /// Offers what a mail promises, in place of what was offered of the same mail before.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(in crate::web) async fn offer(&self, mail: &str, offers: Vec<Offered>) -> Result<(), Error> {
        self.turn_offers(|all| {
            all.retain(|one| one.mail != mail);
            let is_new = |offer: &Offered| {
                let same = |one: &Offered| one.client == offer.client && one.offer == offer.offer;
                !all.iter().any(same)
            };
            let new: Vec<Offered> = offers.into_iter().filter(is_new).collect();
            all.splice(0..0, new);
            all.truncate(MOST);
        })
        .await
    }

    /// Takes back what was offered of a mail that was not sent after all.
    ///
    /// # Errors
    ///
    /// What the browser refuses.
    pub(in crate::web) async fn withdraw(&self, mail: &str) -> Result<(), Error> {
        self.turn_offers(|all| all.retain(|one| one.mail != mail)).await
    }

    /// Ends an offer: `due` is the day by which the client may count on it, empty for none; `None` when it is no
    /// promise. A client who is gone meanwhile was promised nothing that could be kept.
    ///
    /// # Errors
    ///
    /// What the browser refuses; the offer stands then.
    pub(in crate::web) async fn answer(&self, offered: &Offered, due: Option<String>) -> Result<(), Error> {
        if let Some(due) = due {
            let promise = Promise {
                text: offered.offer.text.clone(),
                made: offered.offer.made.clone(),
                due,
                ..Promise::default()
            };
            let kept = self
                .edit(&offered.client, |client| {
                    // Pressed twice, or on two pages.
                    if !client.promises.contains(&promise) {
                        client.promises.insert(0, promise);
                    }
                })
                .await;
            match kept {
                Ok(_) | Err(Error::Gone) => {}
                Err(error) => return Err(error),
            }
        }
        self.turn_offers(|all| all.retain(|one| one != offered)).await
    }

    async fn turn_offers(&self, turn: impl FnOnce(&mut Vec<Offered>)) -> Result<(), Error> {
        let _lock = Lock::acquire(NOTEBOOK).await?;
        let transaction = Transaction::begin(&self.database, &[META], IdbTransactionMode::Readwrite)?;
        let mut all: Vec<Offered> = meta(&transaction, OFFERS).await?.unwrap_or_default();
        let before = all.clone();
        turn(&mut all);
        if all == before {
            transaction.abort();
            return Ok(());
        }
        put_meta(&transaction, OFFERS, &all)?;
        transaction.committed().await?;
        self.changes.post_message(&JsValue::from_str("offers"))?;
        Ok(())
    }
}
