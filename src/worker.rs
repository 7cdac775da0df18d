//! The careful reader's Worker: what its script calls.

// Only the script reaches these, and what it calls has to be `pub`.
#![allow(unreachable_pub)]

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::reader::{Model, Reader};
use crate::reading::Request;

/// The careful reader with its model and what it has read.
#[derive(Debug)]
#[wasm_bindgen]
pub struct CarefulReader(Reader);

#[wasm_bindgen]
impl CarefulReader {
    /// Reads the model's file.
    ///
    /// # Errors
    ///
    /// When it is no model.
    #[wasm_bindgen(constructor)]
    pub fn new(file: &[u8]) -> Result<Self, JsError> {
        Ok(Self(Reader::new(Model::read(file)?)))
    }

    /// Reads a draft: a `Request` in, a `Reading` out.
    ///
    /// # Errors
    ///
    /// When the request is not one.
    pub fn read(&mut self, request: JsValue) -> Result<JsValue, JsError> {
        let request: Request = serde_wasm_bindgen::from_value(request)?;
        let (draft, client) = request.into_draft();
        let reading = self.0.read(&draft, Some(&client));
        Ok(reading.serialize(&Serializer::json_compatible())?)
    }
}
