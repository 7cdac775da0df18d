//! The module for what comes after a draft: what the scripts of the pages beside webmail call.
//!
//! It is loaded when the first mail is sent, or the first note kept: no draft needs it before that.

// Only the script reaches this, and what it calls has to be `pub`.
#![allow(unreachable_pub)]

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::promise::Sent;
use crate::web;

/// What a mail promises: a `Sent` in, a list of `Offer`s out.
///
/// # Errors
///
/// When that is no mail.
#[wasm_bindgen]
pub fn promised(sent: JsValue) -> Result<JsValue, JsError> {
    let sent: Sent = serde_wasm_bindgen::from_value(sent)?;
    Ok(sent.offers().serialize(&Serializer::json_compatible())?)
}

/// Works out anew what the background reminds of, after the notebook was written.
///
/// # Errors
///
/// What the browser refuses.
#[wasm_bindgen]
pub async fn plan() -> Result<(), JsError> {
    web::plan_anew().await.map_err(|why| JsError::new(&why))
}
