//! Whether Candor is active on the site in front of the popup, and turning it on there or off.
//!
//! The background registers the content scripts once the browser tells it of the permission: a popup may be
//! closed by the browser's own question.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::HtmlElement;

use super::inbox::Inbox;
use super::{browser, dom};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = getManifest)]
    fn manifest() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "tabs"], js_name = query)]
    fn query_tabs(which: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = contains)]
    fn has_permission(wanted: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = request)]
    fn request_permission(wanted: &JsValue) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = remove)]
    fn remove_permission(wanted: &JsValue) -> Result<js_sys::Promise, JsValue>;
}

#[derive(Deserialize)]
struct Tab {
    url: Option<String>,
}

#[derive(Serialize)]
struct Origins {
    origins: [String; 1],
}

/// Whether Candor is active on a site, and why.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Active {
    No,
    /// Because the user enabled it.
    Enabled,
    /// Because the user enabled it just now: what is open there stays as it is.
    Next,
    /// It always is.
    Always,
}

enum Event {
    Found {
        host: String,
        active: Active,
    },
    Pressed,
    /// The browser granted, or took away.
    Changed(Active),
}

/// Shows the line about the site in front, for as long as the popup stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let line: HtmlElement = dom::by_id("site");
    let button: HtmlElement = dom::by_id("site-turn");
    let _press = inbox.on(&button, "click", |event| {
        event.is_trusted().then_some(Event::Pressed)
    });
    let finding = inbox.clone();
    spawn_local(async move {
        if let Some((host, active)) = in_front().await {
            finding.put(Event::Found { host, active });
        }
    });
    let mut site = String::new();
    let mut state = Active::No;
    while let Ok(event) = events.recv().await {
        match event {
            Event::Found { host, active } => (site, state) = (host, active),
            Event::Pressed => {
                let wanted = browser::to_js(&origins(&site));
                // Asked for within the press: browsers put the question to the user at no other time.
                let (asked, turned) = match state {
                    Active::No => (request_permission(&wanted), Active::Next),
                    Active::Enabled | Active::Next => (remove_permission(&wanted), Active::No),
                    Active::Always => continue,
                };
                let inbox = inbox.clone();
                spawn_local(async move {
                    if truth(asked).await {
                        inbox.put(Event::Changed(turned));
                    }
                });
                continue;
            }
            Event::Changed(active) => state = active,
        }
        let (words, act) = match state {
            Active::No => (format!("Not active on {site}."), "Enable here"),
            Active::Enabled => (format!("Active on {site}."), "Turn off here"),
            Active::Next => (
                format!("Active on {site} once its page is loaded anew."),
                "Turn off here",
            ),
            Active::Always => (format!("Active on {site}."), ""),
        };
        dom::set_text(&dom::by_id::<HtmlElement>("site-state"), &words);
        dom::show_text(&button, act);
        line.set_hidden(false);
    }
}

/// The host of the site in front, and whether content scripts may run there; `None` for a page of the
/// browser's own, or one that is not encrypted.
async fn in_front() -> Option<(String, Active)> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Which {
        active: bool,
        current_window: bool,
    }
    let which = Which {
        active: true,
        current_window: true,
    };
    let tabs = JsFuture::from(query_tabs(&browser::to_js(&which)).ok()?)
        .await
        .ok()?;
    let tabs: Vec<Tab> = browser::from_js(&tabs)?;
    let url = tabs.into_iter().next()?.url?;
    // Not every browser's permissions know ports.
    let host = url.strip_prefix("https://")?.split([':', '/', '?', '#']).next()?;
    let wanted = origins(host);
    // The manifest names a site as permissions do, quoted, and nothing else in it looks like that.
    let named = String::from(js_sys::JSON::stringify(&manifest().ok()?).ok()?);
    let active = if named.contains(&format!("\"{}\"", wanted.origins[0])) {
        Active::Always
    } else if truth(has_permission(&browser::to_js(&wanted))).await {
        Active::Enabled
    } else {
        Active::No
    };
    Some((host.to_owned(), active))
}

fn origins(host: &str) -> Origins {
    Origins {
        origins: [format!("https://{host}/*")],
    }
}

async fn truth(asked: Result<js_sys::Promise, JsValue>) -> bool {
    let Ok(asked) = asked else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}
