//! The careful reader's Worker: what its script calls.

// Only the script reaches these, and what it calls has to be `pub`.
#![allow(unreachable_pub)]

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::reader::{Model, Reader};
use crate::reading::Request;

/// How much room a model's file is given at once: none is to be larger, and one that is grows.
const FILE: usize = 16 << 20;

/// A model's file as it comes in, piece by piece, so that no script holds the whole of it besides.
#[derive(Debug)]
#[wasm_bindgen]
pub struct ModelFile(Vec<u8>);

#[wasm_bindgen]
impl ModelFile {
    /// A file of which nothing has come in.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default, reason = "scripts know no defaults")]
    pub fn new() -> Self {
        Self(Vec::with_capacity(FILE))
    }

    /// Takes the next piece.
    pub fn add(&mut self, piece: &[u8]) {
        self.0.extend_from_slice(piece);
    }
}

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
    pub fn new(file: ModelFile) -> Result<Self, JsError> {
        let ModelFile(file) = file;
        Ok(Self(Reader::new(Model::read(&file)?)))
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
