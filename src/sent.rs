//! The module for what comes later: what the scripts of the panel and the popup call.
//!
//! It is loaded when the first mail is sent, or the first note kept: no draft and no lookup needs it before that.

// Only the script reaches this, and what it calls has to be `pub`.
#![allow(unreachable_pub)]

use wasm_bindgen::prelude::*;

use crate::promise::Sent;
use crate::web;

/// What a mail promises: a `Sent` in, a list of `Offer`s out.
///
/// # Errors
///
/// When that is no mail.
#[wasm_bindgen]
pub fn promised(sent: &JsValue) -> Result<JsValue, JsError> {
    let sent: Sent = web::from_js(sent).ok_or_else(|| JsError::new("this is no mail"))?;
    Ok(web::to_js(&sent.offers()))
}

/// Does an errand in the notebook for a page that only reads it: an `Errand` in, what came of it out.
#[wasm_bindgen]
pub async fn run(errand: JsValue) -> JsValue {
    web::do_errand(&errand).await
}
