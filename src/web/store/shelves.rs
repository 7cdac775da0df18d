//! The lookup's rows, kept beside the records: see [`Shelf`].
//!
//! The object store holds heads and details of each shelf as UTF-8, by number, and a stamp. They are
//! written in the transaction that changes a record, and say of which generation of the notebook they
//! are. Rows of another generation, or of a form that this version does not write, are
//! made anew from the records: nothing is lost with them, so they take no part in recovery.

use std::collections::BTreeMap;

use js_sys::{Array, Uint8Array};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore};

use super::Error;
use super::request::{Transaction, outcome};
use super::schema::SHELVES as STORE;
use crate::Client;
use crate::client::lookup::{FORM, SHELVES, Shelf, shelf_of};
use crate::web::browser::{from_js, to_js};

/// The key of the stamp.
const STAMP: &str = "stamp";

/// Of what the rows are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    form: u32,
    generation: u32,
}

/// The heads of all shelves in order; `None` when they are not of this generation.
pub(super) async fn heads(transaction: &Transaction, generation: u32) -> Result<Option<Vec<String>>, Error> {
    let store = transaction.store(STORE)?;
    // Both are asked for at once: an answer takes longer to travel than to be found.
    let all = IdbKeyRange::bound(&heads_key(0), &heads_key(SHELVES - 1))?;
    let (stamp, heads) = (store.get(&STAMP.into())?, store.get_all_with_key(&all)?);
    let stamp: Option<Stamp> = from_js(&outcome(&stamp).await?);
    if stamp
        != Some(Stamp {
            form: FORM,
            generation,
        })
    {
        return Ok(None);
    }
    let heads = outcome(&heads).await?;
    Ok(Array::from(&heads).iter().map(|heads| text(&heads)).collect())
}

/// The details of a shelf.
pub(super) async fn details(transaction: &Transaction, shelf: u32) -> Result<String, Error> {
    let details = transaction.store(STORE)?.get(&details_key(shelf))?;
    text(&outcome(&details).await?).ok_or(Error::Unreadable)
}

/// Makes all rows anew. Ends with the transaction.
pub(super) fn fill(transaction: &Transaction, generation: u32, clients: &[Client]) -> Result<(), Error> {
    let mut shelves = vec![Shelf::default(); SHELVES as usize];
    for client in clients {
        shelves[shelf_of(&client.id) as usize].append(client);
    }
    let store = transaction.store(STORE)?;
    for (number, shelf) in (0..).zip(&shelves) {
        put(&store, number, shelf)?;
    }
    stamp(&store, generation)
}

/// Takes these clients' rows along from one generation to another; a client that is gone has no record.
pub(super) async fn follow(
    transaction: &Transaction,
    from: u32,
    to: u32,
    changes: &[(String, Option<Client>)],
) -> Result<(), Error> {
    let store = transaction.store(STORE)?;
    let before: Option<Stamp> = from_js(&outcome(&store.get(&STAMP.into())?).await?);
    let is_current = |stamp: Stamp| stamp.form == FORM && stamp.generation == from;
    if !before.is_some_and(is_current) {
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
        let mut shelf = Shelf {
            heads: text(&outcome(&heads).await?).ok_or(Error::Unreadable)?,
            details: text(&outcome(&details).await?).ok_or(Error::Unreadable)?,
        };
        shelf.turn(&changes);
        put(&store, number, &shelf)?;
    }
    stamp(&store, to)
}

fn put(store: &IdbObjectStore, number: u32, shelf: &Shelf) -> Result<(), Error> {
    for (rows, key) in [
        (&shelf.heads, heads_key(number)),
        (&shelf.details, details_key(number)),
    ] {
        store.put_with_key(&Uint8Array::from(rows.as_bytes()), &key)?;
    }
    Ok(())
}

fn stamp(store: &IdbObjectStore, generation: u32) -> Result<(), Error> {
    let stamp = Stamp {
        form: FORM,
        generation,
    };
    store.put_with_key(&to_js(&stamp), &STAMP.into())?;
    Ok(())
}

fn heads_key(shelf: u32) -> JsValue {
    shelf.into()
}

fn details_key(shelf: u32) -> JsValue {
    (SHELVES + shelf).into()
}

fn text(value: &JsValue) -> Option<String> {
    String::from_utf8(value.dyn_ref::<Uint8Array>()?.to_vec()).ok()
}
