//! What `exchange.js`, the Worker that reads and writes files of clients, calls. That script says which
//! messages go to and fro, and does the cryptography by the browser.

// Only the script reaches these, and what it calls has to be `pub`.
#![allow(unreachable_pub)]

use std::io::{self, Read, Seek, SeekFrom};

use js_sys::{Function, Uint8Array};
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::browser::{from_js, to_js};
use crate::Client;
use crate::exchange::backup::{self, Sealed};
use crate::exchange::plan::{Decision, Plan};
use crate::exchange::{self, Details, Format, Refused};

/// How a file was taken, as it is told to the page.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Taken<'p> {
    /// What importing it would do.
    Plan { plan: &'p Plan },
    /// It is a backup under a passphrase.
    Sealed { sealed: Sealed },
    /// Nothing of it can be read, and why.
    Refused { reason: String },
}

/// Reads and writes files of clients, and keeps the plan of the file that was read last.
#[derive(Debug, Default)]
#[wasm_bindgen]
pub struct Exchange {
    plan: Plan,
}

#[wasm_bindgen]
impl Exchange {
    /// One that has read nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans to import a file of so many bytes, of which `slice` gives those from one number to another;
    /// `progress` is called with what is done (`reading`, `comparing`), how much of it and of how much.
    ///
    /// # Errors
    ///
    /// When the clients are none.
    pub fn plan(
        &mut self,
        bytes: f64,
        slice: Function,
        clients: &JsValue,
        progress: &Function,
    ) -> Result<JsValue, JsError> {
        let clients = read_clients(clients)?;
        let mut file = Slices {
            slice,
            bytes,
            at: 0.0,
        };
        let tell = |what: &str| {
            let what = JsValue::from_str(what);
            move |done: usize, total: usize| {
                // Who listens cannot stop the work; ending the Worker does.
                let (done, total) = (JsValue::from(done as u32), JsValue::from(total as u32));
                progress.call3(&JsValue::NULL, &what, &done, &total).ok();
            }
        };
        Ok(match exchange::read_from(&mut file, &mut tell("reading")) {
            Ok(import) => {
                self.plan = Plan::new(import, &clients, &mut tell("comparing"));
                to_js(&Taken::Plan { plan: &self.plan })
            }
            Err(Refused::Sealed(sealed)) => to_js(&Taken::Sealed { sealed: *sealed }),
            Err(refused) => to_js(&Taken::Refused {
                reason: refused.to_string(),
            }),
        })
    }

    /// The records to write for the plan, with what was decided: a list of pairs of an entry's number and a
    /// `Decision`. The clients are those of the notebook now.
    ///
    /// # Errors
    ///
    /// When the decisions or the clients are none.
    pub fn records(&self, decisions: &JsValue, clients: &JsValue, today: &str) -> Result<JsValue, JsError> {
        let decisions: Vec<(usize, Decision)> =
            from_js(decisions).ok_or_else(|| JsError::new("these are no decisions"))?;
        let records = self
            .plan
            .records(&decisions.into_iter().collect(), &read_clients(clients)?, today);
        Ok(to_js(&records))
    }
}

/// Writes clients as a file. `now` is like `2026-11-22T10:00`.
///
/// # Errors
///
/// When there is no such format or no such details, or the clients are none.
#[wasm_bindgen(js_name = writeFile)]
pub fn write_file(
    format: &JsValue,
    details: &JsValue,
    clients: &JsValue,
    now: &str,
) -> Result<Vec<u8>, JsError> {
    let format: Format = from_js(format).ok_or_else(|| JsError::new("there is no such format"))?;
    let details: Details = from_js(details).ok_or_else(|| JsError::new("there are no such details"))?;
    Ok(exchange::export(&read_clients(clients)?, format, details, now))
}

/// The name and the media type for a file of a format that is made on a day.
///
/// # Errors
///
/// When there is no such format.
#[wasm_bindgen]
pub fn naming(format: &JsValue, today: &str) -> Result<Vec<String>, JsError> {
    let format: Format = from_js(format).ok_or_else(|| JsError::new("there is no such format"))?;
    Ok(vec![format.file_name(today), format.media_type().to_owned()])
}

/// How often a passphrase for a new backup is turned over.
#[wasm_bindgen]
pub fn iterations() -> u32 {
    backup::ITERATIONS
}

/// The file around a sealed backup; all of it is in base 64.
#[wasm_bindgen]
pub fn envelope(salt: String, iv: String, data: String, now: &str) -> String {
    backup::write_sealed(&Sealed::new(salt, iv, data), now)
}

/// A file that the browser has: what is read of it is asked for at that moment. Places in it are whole numbers
/// far below 2^53.
struct Slices {
    slice: Function,
    bytes: f64,
    at: f64,
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole, and far below 2^53"
)]
impl Read for Slices {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let end = (self.at + to.len() as f64).min(self.bytes);
        let slice = self
            .slice
            .call2(&JsValue::NULL, &self.at.into(), &end.into())
            .map_err(|thrown| io::Error::other(words_of(&thrown)))?;
        let slice = Uint8Array::new(&slice);
        let read = (slice.length() as usize).min(to.len());
        slice.slice(0, read as u32).copy_to(&mut to[..read]);
        self.at += read as f64;
        Ok(read)
    }
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "sizes of files are whole, and far below 2^53"
)]
impl Seek for Slices {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at as f64,
            SeekFrom::End(from) => self.bytes + from as f64,
            SeekFrom::Current(from) => self.at + from as f64,
        };
        Ok(self.at as u64)
    }
}

fn words_of(thrown: &JsValue) -> String {
    let error = thrown.dyn_ref::<js_sys::Error>();
    error.map_or_else(|| format!("{thrown:?}"), |error| String::from(error.message()))
}

fn read_clients(clients: &JsValue) -> Result<Vec<Client>, JsError> {
    from_js(clients).ok_or_else(|| JsError::new("these are no clients"))
}
