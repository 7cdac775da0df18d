//! The Worker that reads and writes files of clients, as the page sees it; `exchange.js` says what goes to and
//! fro. It is there while it has work: dropping it ends whatever it does.

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::Client;
use crate::exchange::plan::{Decision, Plan};
use crate::exchange::{Details, Format};
use crate::web::browser::{from_js, to_js};

/// What the Worker says.
#[derive(Debug)]
pub(super) enum Answer {
    Progress(Progress),
    /// What an import would do.
    Plan(Plan),
    /// The file is a backup under a passphrase; whether the one that was given is not it.
    Locked {
        wrong: bool,
    },
    /// Nothing of the file can be read, and why: a sentence without its full stop.
    Refused(String),
    /// The records to be written at once.
    Records(Vec<Client>),
    /// A file to be saved under this name.
    File {
        file: Blob,
        name: String,
    },
    /// It broke, in the browser's words.
    Failed(String),
}

/// How far it is: with `opening`, `reading` or `comparing`.
#[derive(Debug, Deserialize)]
pub(super) struct Progress {
    pub(super) what: String,
    pub(super) done: u32,
    pub(super) total: u32,
}

/// What is to be written into a file.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) format: Format,
    pub(super) details: Details,
    /// Seals a backup; empty for none.
    pub(super) passphrase: String,
}

#[derive(Debug)]
pub(super) struct Exchange {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Exchange {
    /// Starts one, which says all that it says to `hear`.
    ///
    /// # Errors
    ///
    /// Why the browser has none, in its words.
    pub(super) fn start(hear: impl Fn(Answer) + Clone + 'static) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            Worker::new_with_options("exchange.js", &options).map_err(|thrown| format!("{thrown:?}"))?;
        let told = hear.clone();
        let answers = EventListener::new(&worker, "message", move |event| {
            let event: &MessageEvent = event.unchecked_ref();
            if let Some(answer) = Answer::read(&event.data()) {
                told(answer);
            }
        });
        let broken = EventListener::new(&worker, "error", move |event| {
            let event: &ErrorEvent = event.unchecked_ref();
            hear(Answer::Failed(event.message()));
        });
        Ok(Self {
            worker,
            _listeners: [answers, broken],
        })
    }

    /// Asks what importing a file would do; an empty passphrase is none.
    pub(super) fn plan(&self, file: &Blob, clients: &[Client], passphrase: &str) {
        #[derive(Serialize)]
        struct Message<'a> {
            kind: &'static str,
            clients: &'a [Client],
            passphrase: Option<&'a str>,
        }
        let message = to_js(&Message {
            kind: "plan",
            clients,
            passphrase: Some(passphrase).filter(|words| !words.is_empty()),
        });
        // Setting a key of an object of ours cannot fail.
        Reflect::set(&message, &"file".into(), file).ok();
        self.post(&message);
    }

    /// Asks for the records to write of the plan that was made last.
    pub(super) fn records(&self, decisions: &[(usize, Decision)], clients: &[Client], today: &str) {
        #[derive(Serialize)]
        struct Message<'a> {
            kind: &'static str,
            decisions: &'a [(usize, Decision)],
            clients: &'a [Client],
            today: &'a str,
        }
        self.post(&to_js(&Message {
            kind: "records",
            decisions,
            clients,
            today,
        }));
    }

    /// Asks for a file of these clients; `now` is like `2026-11-22T10:00`.
    pub(super) fn export(&self, order: &Order, clients: &[Client], now: &str) {
        #[derive(Serialize)]
        struct Message<'a> {
            kind: &'static str,
            format: Format,
            details: Details,
            passphrase: &'a str,
            clients: &'a [Client],
            now: &'a str,
        }
        self.post(&to_js(&Message {
            kind: "export",
            format: order.format,
            details: order.details,
            passphrase: &order.passphrase,
            clients,
            now,
        }));
    }

    fn post(&self, message: &JsValue) {
        // All that is sent can be cloned.
        self.worker.post_message(message).ok();
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Answer {
    fn read(message: &JsValue) -> Option<Self> {
        let message: &Object = message.dyn_ref()?;
        let get = |key: &str| Reflect::get(message, &key.into()).ok();
        let text = |key: &str| get(key)?.as_string();
        Some(match text("kind")?.as_str() {
            "progress" => Self::Progress(from_js(message)?),
            "plan" => Self::Plan(from_js(&get("plan")?)?),
            "locked" => Self::Locked {
                wrong: get("wrong")?.is_truthy(),
            },
            "refused" => Self::Refused(text("reason")?),
            "records" => Self::Records(from_js(&get("records")?)?),
            "file" => Self::File {
                file: get("file")?.dyn_into().ok()?,
                name: text("name")?,
            },
            "failed" => Self::Failed(text("reason")?),
            _ => return None,
        })
    }
}
