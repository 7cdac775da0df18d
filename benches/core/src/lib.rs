//! The quick reader as a module for Node, to be timed there. It is what the extension's pages run, without
//! the pages.

use candor::{Draft, Settings};

/// How many findings there are in a body without a subject, for a client nobody knows.
pub fn findings(body: &str) -> usize {
    let draft = Draft::new("", body);
    candor::check(&draft, None, &Settings::default()).findings.len()
}

#[cfg(target_arch = "wasm32")]
mod node {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// See [`super::findings`].
    #[wasm_bindgen]
    pub fn findings(body: &str) -> usize {
        super::findings(body)
    }
}
