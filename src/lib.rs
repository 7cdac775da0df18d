//! Candor judges a client email while it is being written.
//!
//! The core reads a whole draft, finds bad news hidden in it, decisions that give no reason and words
//! this client would not know, and says when to pick up the phone instead. It knows no browser,
//! clock, storage or network: the time is what the draft says it is, and the same core runs in the
//! extension's pages, in the program `candor` and in the tests.
//!
//! ```
//! use candor::{Draft, Settings, check};
//!
//! let draft = Draft::new("Quick update", "Hi Cathy,\n\nWe missed the 14 May date.");
//! let report = check(&draft, None, &Settings::default());
//! assert!(report.call.advised);
//! assert_eq!(report.findings[0].rule, "bad-news");
//! ```

pub mod call;
pub mod checks;
pub mod client;
pub mod draft;
#[cfg(feature = "notebook")]
pub mod exchange;
pub mod lexicon;
mod order;
pub mod promise;
#[cfg(feature = "reader")]
pub mod reader;
pub mod reading;
pub mod report;
pub mod rewording;
pub mod score;
pub mod settings;
pub mod suggestions;

#[cfg(all(target_arch = "wasm32", feature = "promises"))]
mod sent;
#[cfg(any(
    all(
        target_arch = "wasm32",
        any(
            feature = "lookup",
            feature = "notebook",
            feature = "pages",
            feature = "promises"
        )
    ),
    test
))]
mod web;
#[cfg(all(target_arch = "wasm32", feature = "reader"))]
mod worker;

pub use checks::check;
pub use client::Client;
pub use draft::Draft;
pub use promise::{Promise, promises};
pub use reading::Reading;
pub use report::{Finding, Place, Report};
pub use settings::Settings;
