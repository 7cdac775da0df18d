//! The pages of the extension: the only code that sees a browser.
//!
//! A page is an inbox of events and one value that owns all it listens to: events come in one at a
//! time, so no two of them ever meet in the middle of a change. What can be worked out without a
//! browser stands in modules of its own and is tested natively.

// Outside the browser only the tests use these modules, and a wasm module of some pages not all that the
// pages share.
#![cfg_attr(
    not(all(
        target_arch = "wasm32",
        feature = "lookup",
        feature = "notebook",
        feature = "pages"
    )),
    allow(dead_code)
)]

mod boundary;
mod call_time;
mod correspondent;
mod day_words;
mod dismissals;
mod effort;
mod finding_ids;
mod folding;
mod guard;
mod health;
#[cfg(feature = "notebook")]
mod import_choices;
#[cfg(any(target_arch = "wasm32", test))]
mod json_list;
mod let_through;
mod lookup_words;
mod portrait;
mod qr;
mod reading_queue;
mod record_edits;
#[cfg(any(feature = "notebook", test))]
mod salvage;
mod wording;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(all(target_arch = "wasm32", feature = "pages"))]
mod careful;
#[cfg(all(target_arch = "wasm32", feature = "notebook"))]
mod clients;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(all(target_arch = "wasm32", feature = "notebook"))]
mod exchange;
#[cfg(all(target_arch = "wasm32", feature = "notebook"))]
mod files;
#[cfg(target_arch = "wasm32")]
mod inbox;
#[cfg(all(
    target_arch = "wasm32",
    any(feature = "lookup", feature = "notebook", feature = "pages")
))]
mod offers;
#[cfg(all(target_arch = "wasm32", feature = "pages"))]
mod options;
#[cfg(all(target_arch = "wasm32", feature = "pages"))]
mod panel;
#[cfg(all(target_arch = "wasm32", feature = "lookup"))]
mod popup;
#[cfg(all(target_arch = "wasm32", feature = "notebook"))]
mod recovery;
#[cfg(target_arch = "wasm32")]
mod script;
#[cfg(all(target_arch = "wasm32", feature = "lookup"))]
mod site;
#[cfg(target_arch = "wasm32")]
mod store;

// Only scripts reach these, and what they call has to be `pub`.
#[cfg(all(target_arch = "wasm32", feature = "pages"))]
#[allow(unreachable_pub)]
mod pages {
    //! What the scripts of the pages beside webmail call, one function each.

    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::MessagePort;

    /// Starts the panel on the port that was handed to it with this token.
    #[wasm_bindgen]
    pub fn panel(port: MessagePort, token: String) {
        spawn_local(super::panel::run(port, token));
    }

    /// Starts the options page.
    #[wasm_bindgen]
    pub fn options() {
        spawn_local(super::options::run());
    }
}

#[cfg(all(target_arch = "wasm32", feature = "promises"))]
pub(crate) use browser::{from_js, to_js};
#[cfg(all(target_arch = "wasm32", feature = "promises"))]
pub(crate) use store::do_errand;

// Only scripts reach these, and what they call has to be `pub`.
#[cfg(all(target_arch = "wasm32", feature = "lookup"))]
#[allow(unreachable_pub)]
mod lookup {
    //! What the popup's script calls.

    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::spawn_local;

    /// Starts the toolbar's popup.
    #[wasm_bindgen]
    pub fn popup() {
        spawn_local(super::popup::run());
        spawn_local(super::site::run());
    }
}

// Only scripts reach these, and what they call has to be `pub`.
#[cfg(all(target_arch = "wasm32", feature = "notebook"))]
#[allow(unreachable_pub)]
mod notebook {
    //! What the scripts of the notebook's own module call.

    use wasm_bindgen::prelude::*;
    use wasm_bindgen_futures::spawn_local;

    /// Starts the client page.
    #[wasm_bindgen]
    pub fn clients() {
        spawn_local(super::clients::run());
    }

    /// Starts the recovery page.
    #[wasm_bindgen]
    pub fn recovery() {
        spawn_local(super::recovery::run());
    }
}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub)]
mod panics {
    use wasm_bindgen::prelude::*;

    /// A panic stops the module for good, and the page shows that. The console gets the words.
    #[wasm_bindgen(start)]
    pub fn tell_panics() {
        std::panic::set_hook(Box::new(|panic| {
            web_sys::console::error_1(&panic.to_string().into());
        }));
    }
}
