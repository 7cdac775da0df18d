//! The lookup's rows, kept beside the records: see [`Shelf`].
//!
//! The object store holds heads with their index and details of each shelf as bytes, by number, and a stamp.
//! They are written in the transaction that changes a record. The stamp says of which [`Holdings`] they are,
//! and what is behind the bytes sums them up: rows of any other records, rows that were damaged and
//! those of a form that this version does not write are never shown but made anew from the records.
//! Nothing is lost with them, so they take no part in recovery.

use std::collections::BTreeMap;

use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore};

use super::request::{Transaction, outcome};
use super::schema::{META, SHELVES as STORE};
use super::{Error, HOLDINGS};
use crate::Client;
use crate::client::lookup::{FORM, Heads, SHELVES, Shelf, shelf_of};
use crate::web::browser::{from_js, to_js};
use crate::web::guard::{Holdings, sealed, unsealed};

/// The key of the stamp.
const STAMP: &str = "stamp";

/// Of what the rows are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    form: u32,
    of: Holdings,
}

impl Stamp {
    fn new(of: Holdings) -> Self {
        Self { form: FORM, of }
    }
}

/// The heads of all shelves in order; `None` when they are not of what the notebook holds, or were damaged.
pub(super) async fn heads(transaction: &Transaction) -> Result<Option<Vec<Heads>>, Error> {
    let store = transaction.store(STORE)?;
    // All are asked for at once: an answer takes longer to travel than to be found.
    let all = IdbKeyRange::bound(&heads_key(0), &heads_key(SHELVES - 1))?;
    let held = transaction.store(META)?.get(&HOLDINGS.into())?;
    let (stamp, heads) = (store.get(&STAMP.into())?, store.get_all_with_key(&all)?);
    let held: Holdings = from_js(&outcome(&held).await?).ok_or(Error::Damaged)?;
    let stamp: Option<Stamp> = from_js(&outcome(&stamp).await?);
    if stamp != Some(Stamp::new(held)) {
        return Ok(None);
    }
    let heads = outcome(&heads).await?;
    let heads: Option<Vec<Heads>> = Array::from(&heads).iter().map(|kept| kept_heads(&kept)).collect();
    Ok(heads.filter(|heads| heads.len() == SHELVES as usize))
}

/// The details of a shelf; `None` when they were damaged.
pub(super) async fn details(transaction: &Transaction, shelf: u32) -> Result<Option<String>, Error> {
    let details = transaction.store(STORE)?.get(&details_key(shelf))?;
    Ok(kept_details(&outcome(&details).await?))
}

/// Makes all rows anew. Ends with the transaction.
pub(super) fn fill(transaction: &Transaction, of: Holdings, clients: &[Client]) -> Result<(), Error> {
    let mut shelves = vec![Shelf::default(); SHELVES as usize];
    for client in clients {
        shelves[shelf_of(&client.id) as usize].append(client);
    }
    let store = transaction.store(STORE)?;
    for (number, shelf) in (0..).zip(shelves) {
        put(&store, number, shelf)?;
    }
    put_stamp(&store, of)
}

/// Takes these clients' rows along from what the notebook held to what it holds; a client that is gone has no record.
pub(super) async fn follow(
    transaction: &Transaction,
    from: Holdings,
    to: Holdings,
    changes: &[(String, Option<Client>)],
) -> Result<(), Error> {
    let store = transaction.store(STORE)?;
    let before: Option<Stamp> = from_js(&outcome(&store.get(&STAMP.into())?).await?);
    if before != Some(Stamp::new(from)) {
        // Whoever reads them next makes them anew.
        return Ok(());
    }
    let mut by_shelf: BTreeMap<u32, BTreeMap<&str, Option<&Client>>> = BTreeMap::new();
    for (id, client) in changes {
        let changes = by_shelf.entry(shelf_of(id)).or_default();
        changes.insert(id, client.as_ref());
    }
    for (number, changes) in by_shelf {
        let (heads, details) = (store.get(&heads_key(number))?, store.get(&details_key(number))?);
        let (heads, details) = (outcome(&heads).await?, outcome(&details).await?);
        let (Some(heads), Some(details)) = (kept_heads(&heads), kept_details(&details)) else {
            // They were damaged, for which no edit fails: they keep the stamp of before, so nobody reads
            // them again.
            return Ok(());
        };
        let mut shelf = Shelf {
            heads: heads.into_text(),
            details,
        };
        shelf.turn(&changes);
        put(&store, number, shelf)?;
    }
    put_stamp(&store, to)
}

fn put(store: &IdbObjectStore, number: u32, shelf: Shelf) -> Result<(), Error> {
    let heads = Heads::new(shelf.heads).to_bytes();
    for (rows, key) in [
        (heads, heads_key(number)),
        (shelf.details.into_bytes(), details_key(number)),
    ] {
        store.put_with_key(&Uint8Array::from(&*sealed(rows)), &key)?;
    }
    Ok(())
}

fn put_stamp(store: &IdbObjectStore, of: Holdings) -> Result<(), Error> {
    store.put_with_key(&to_js(&Stamp::new(of)), &STAMP.into())?;
    Ok(())
}

fn heads_key(shelf: u32) -> JsValue {
    shelf.into()
}

fn details_key(shelf: u32) -> JsValue {
    (SHELVES + shelf).into()
}

/// The heads that were kept, unless they were damaged.
fn kept_heads(value: &JsValue) -> Option<Heads> {
    Heads::from_bytes(kept(value)?)
}

/// The details that were kept, unless they were damaged.
fn kept_details(value: &JsValue) -> Option<String> {
    String::from_utf8(kept(value)?).ok()
}

fn kept(value: &JsValue) -> Option<Vec<u8>> {
    unsealed(value.dyn_ref::<Uint8Array>()?.to_vec())
}
