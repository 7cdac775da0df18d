//! One client as the database holds them.

use js_sys::JSON;
use wasm_bindgen::{JsCast, JsValue, UnwrapThrowExt};

use super::Error;
use crate::Client;
use crate::web::browser::to_js;
use crate::web::json_list;

/// A record, as it is stored. What this version does not know of it is in there, too.
#[derive(Debug, Clone)]
pub(super) struct Record {
    value: JsValue,
    text: String,
}

impl Record {
    /// What is stored for a client.
    pub(super) fn of(client: &Client) -> Self {
        Self::stored(to_js(client)).expect_throw("unreachable: a client is a record")
    }

    /// What the database gave; `None` where it has nothing.
    pub(super) fn stored(value: JsValue) -> Option<Self> {
        if value.is_null() || value.is_undefined() {
            return None;
        }
        let text = text(&value);
        Some(Self { value, text })
    }

    pub(super) fn client(&self) -> Result<Client, Error> {
        read(&self.text)
    }

    pub(super) fn value(&self) -> &JsValue {
        &self.value
    }

    /// The same text for the same record, whoever reads it: what it is compared and summed up by.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Its key.
    pub(super) fn id(&self) -> Result<String, Error> {
        self.client().map(|client| client.id)
    }

    /// The addresses by which the client is known, in the form in which they are compared.
    pub(super) fn addresses(&self) -> Result<Vec<String>, Error> {
        let emails = self.client()?.emails;
        Ok(emails.iter().filter_map(|email| comparable(email)).collect())
    }
}

/// An address as every webmail compares it; `None` where there is none.
fn comparable(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    (!address.is_empty()).then_some(address)
}

/// A script's value as JSON. One call for ten thousand records costs a fraction of walking over them.
pub(super) fn text(value: &JsValue) -> String {
    JSON::stringify(value).map_or_else(|_| String::new(), String::from)
}

/// Each record of a JSON list, as text.
pub(super) fn elements(list: &str) -> Result<Vec<&str>, Error> {
    json_list::elements(list).ok_or(Error::Unreadable)
}

/// The client of a record's text.
pub(super) fn read(text: &str) -> Result<Client, Error> {
    Client::from_json(text).ok_or(Error::Unreadable)
}

/// The reverse of [`text`].
pub(super) fn value(text: &str) -> Result<JsValue, Error> {
    Ok(JSON::parse(text)?)
}

/// A number that the database gave as a key.
pub(super) fn number(key: &JsValue) -> Option<u32> {
    let key = key
        .as_f64()
        .filter(|key| *key >= 0.0 && *key <= f64::from(u32::MAX))?;
    #[allow(clippy::cast_sign_loss, reason = "it is not negative")]
    Some(key as u32)
}

/// A text that the database gave.
pub(super) fn string(value: &JsValue) -> Option<String> {
    value.dyn_ref::<js_sys::JsString>().map(String::from)
}
