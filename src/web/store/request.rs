//! IndexedDB's requests and transactions, and the lock around them, as values to wait for.
//!
//! A transaction commits itself as soon as it has nothing to do, so only its own requests may be
//! waited for while it is open.

use std::cell::Cell;
use std::rc::Rc;

use futures_channel::oneshot;
use gloo::events::EventListener;
use js_sys::{Array, Function, Promise};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};
use web_sys::{
    DomException, EventTarget, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode,
};

use super::Error;
use super::schema::META;
use crate::web::browser::to_js;

/// The request's result, once it is there.
pub(super) async fn outcome(request: &IdbRequest) -> Result<JsValue, Error> {
    match First::of(request, &["success", "error", "blocked"]).event().await {
        "success" => Ok(request.result()?),
        "error" => Err(failure(request.error()?)),
        _ => Err(Error::Blocked),
    }
}

/// One transaction, open until it is waited for or aborted.
pub(super) struct Transaction {
    transaction: IdbTransaction,
    end: First,
}

impl Transaction {
    pub(super) fn begin(
        database: &IdbDatabase,
        stores: &[&str],
        mode: IdbTransactionMode,
    ) -> Result<Self, Error> {
        let stores: Array = stores.iter().map(|&store| JsValue::from_str(store)).collect();
        let database: &Strict = database.unchecked_ref();
        let transaction = database.transaction(&stores, mode, &to_js(&Options { durability: "strict" }))?;
        let end = First::of(&transaction, &["complete", "abort"]);
        Ok(Self { transaction, end })
    }

    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, Error> {
        Ok(self.transaction.object_store(name)?)
    }

    /// Ends when all of it is written, or none of it.
    pub(super) async fn committed(self) -> Result<(), Error> {
        match self.end.event().await {
            "complete" => Ok(()),
            _ => Err(refused(&self.transaction, failure(self.transaction.error()))),
        }
    }

    /// Takes all of it back, and gives the reason: the browser's own, where it did so by itself. A request that nobody
    /// waits for may have failed, and those after it only say that there is no transaction any more.
    pub(super) async fn taken_back(self, why: Error) -> Error {
        let own = || self.transaction.error().map(|error| JsValue::from(error).into());
        let before = own();
        self.transaction.abort().ok();
        let why = before.or_else(own).unwrap_or(why);
        self.end.event().await;
        refused(&self.transaction, why)
    }

    /// Takes all of it back; one that has ended by itself already stays as it ended.
    pub(super) fn abort(self) {
        self.transaction.abort().ok();
    }
}

/// Gives the reason back why a transaction failed, once the next one may write again: after one that there was no
/// room for, Firefox takes only deletions in the next that is begun on the same connection, and in that alone.
fn refused(transaction: &IdbTransaction, why: Error) -> Error {
    if why == Error::Full
        && let Ok(next) = transaction
            .db()
            .transaction_with_str_and_mode(META, IdbTransactionMode::Readwrite)
    {
        next.abort().ok();
    }
    why
}

fn failure(exception: Option<DomException>) -> Error {
    exception.map_or_else(
        || Error::Failed("the transaction was stopped".to_owned()),
        |exception| JsValue::from(exception).into(),
    )
}

/// The first of some events to be dispatched on a target.
struct First {
    name: oneshot::Receiver<&'static str>,
    _listeners: Vec<EventListener>,
}

impl First {
    fn of(target: &EventTarget, events: &[&'static str]) -> Self {
        let (sender, name) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let listen = |&event| {
            let sender = Rc::clone(&sender);
            EventListener::once(target, event, move |_| {
                if let Some(sender) = sender.take() {
                    sender.send(event).ok();
                }
            })
        };
        Self {
            name,
            _listeners: events.iter().map(listen).collect(),
        }
    }

    async fn event(self) -> &'static str {
        self.name
            .await
            .expect_throw("unreachable: the listeners live until here")
    }
}

/// An acknowledged write is on the disk, not on its way there.
#[derive(Serialize)]
struct Options {
    durability: &'static str,
}

#[wasm_bindgen]
extern "C" {
    // `web_sys` has options of transactions behind a compiler flag only.
    #[wasm_bindgen(extends = IdbDatabase)]
    type Strict;
    #[wasm_bindgen(catch, method)]
    fn transaction(
        this: &Strict,
        stores: &Array,
        mode: IdbTransactionMode,
        options: &JsValue,
    ) -> Result<IdbTransaction, JsValue>;

    // `web_sys` has Web Locks behind a compiler flag only.
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request_lock(name: &str, granted: &Function) -> Result<Promise, JsValue>;
}

/// An exclusive Web Lock over all pages of this origin, held until dropped.
pub(in crate::web) struct Lock {
    _held: oneshot::Sender<()>,
}

impl Lock {
    /// Waits for its turn.
    pub(in crate::web) async fn acquire(name: &str) -> Result<Self, Error> {
        let (held, released) = oneshot::channel::<()>();
        let (granted, is_granted) = oneshot::channel();
        let granted = Rc::new(Cell::new(Some(granted)));
        let refused = Rc::clone(&granted);
        let on_grant = Closure::once(move |_lock: JsValue| {
            if let Some(granted) = granted.take() {
                granted.send(Ok(())).ok();
            }
            // The browser holds the lock for as long as this promise is open.
            future_to_promise(async {
                released.await.ok();
                Ok(JsValue::UNDEFINED)
            })
        });
        let over = request_lock(name, on_grant.as_ref().unchecked_ref()).map_err(|_| Error::Denied)?;
        spawn_local(async move {
            if let Err(refusal) = JsFuture::from(over).await
                && let Some(refused) = refused.take()
            {
                refused.send(Err(Error::from(refusal))).ok();
            }
        });
        is_granted
            .await
            .expect_throw("unreachable: the lock is granted or refused")?;
        Ok(Self { _held: held })
    }
}
