//! The quick reader and the lookup to be timed from outside: as a library, and as a module for Node. They
//! are what the extension's pages run, without the pages.

mod directory;

use candor::{Draft, Settings};

pub use self::directory::Directory;

/// How many findings there are in a body without a subject, for a client nobody knows.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn findings(body: &str) -> usize {
    let draft = Draft::new("", body);
    candor::check(&draft, None, &Settings::default()).findings.len()
}
