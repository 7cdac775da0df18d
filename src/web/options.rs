//! The options page: which checks speak, whether the careful reader reads, and whether Send is held.
//!
//! Each switch is kept as soon as it is turned, and open panels and other options pages follow it.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::health::{self, Health};
use super::inbox::Inbox;
use super::store::Lock;
use super::{browser, dom};
use crate::Settings;
use crate::checks::{self, Check, Section};

/// Runs the page for as long as it stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let page = Page::new();
    let changing = inbox.clone();
    let _watch = browser::watch_setting(browser::SETTINGS, move |settings: Option<Settings>| {
        changing.put(Event::Changed(settings.unwrap_or_default()));
    });
    let _listener = inbox.on(&page.main, "change", |event| turned(event).map(Event::Turned));
    let copy: HtmlElement = dom::by_id("copy-report");
    let _copies = inbox.on(&copy, "click", |_| Some(Event::Copy));
    Page::show(&stored().await);
    let sites = browser::settings_under::<Health>(health::KEY).await;
    Page::show_sites(&sites);
    page.main.set_hidden(false);
    Page::show_what_the_address_names();
    while let Ok(event) = events.recv().await {
        match event {
            Event::Changed(settings) => Page::show(&settings),
            Event::Copy => {
                let report: Vec<String> = sites.iter().map(|(site, health)| health.line(site)).collect();
                spawn_local(async move {
                    let copied = browser::copy(&report.join("\n")).await;
                    let words = if copied {
                        "Copied."
                    } else {
                        "The browser did not copy it."
                    };
                    dom::show_text(&dom::by_id("copied"), words);
                });
            }
            Event::Turned(turn) => {
                let inbox = inbox.clone();
                spawn_local(async move { inbox.put(Event::Kept(keep(&turn).await)) });
            }
            Event::Kept(Ok(settings)) => {
                page.say_trouble("");
                Page::show(&settings);
            }
            Event::Kept(Err(settings)) => {
                page.say_trouble("The browser did not keep this, so it is as before.");
                Page::show(&settings);
            }
        }
    }
}

enum Event {
    /// Somebody changed the settings.
    Changed(Settings),
    Turned(Turn),
    /// The user wants the report on sites.
    Copy,
    /// The settings as they are now: with what was turned, or without it.
    Kept(Result<Settings, Settings>),
}

/// A switch that was turned: the name of its check, [`CAREFUL`] or [`HOLD`].
struct Turn {
    switch: String,
    on: bool,
}

/// The switch of the careful reader.
const CAREFUL: &str = "careful";

/// The switch of Send, held.
const HOLD: &str = "hold";

struct Page {
    main: HtmlElement,
    trouble: HtmlElement,
}

impl Page {
    fn new() -> Self {
        let sections: Element = dom::by_id("sections");
        for section in Section::ALL {
            let element: Element = dom::stamp("section");
            dom::set_attribute(&element, "aria-label", section.title());
            dom::set_text(&dom::part::<Element>(&element, "title"), section.title());
            let list: Element = dom::part(&element, "checks");
            for check in checks::ALL.iter().filter(|check| check.section == section) {
                dom::append(&list, &row(check));
            }
            dom::append(&sections, &element);
        }
        Self {
            main: dom::by_id("settings"),
            trouble: dom::by_id("trouble"),
        }
    }

    fn show(settings: &Settings) {
        dom::by_id::<HtmlInputElement>(CAREFUL).set_checked(settings.careful);
        dom::by_id::<HtmlInputElement>(HOLD).set_checked(settings.hold);
        for check in checks::ALL {
            dom::by_id::<HtmlInputElement>(check.name).set_checked(settings.wants(check.name));
        }
    }

    /// Leads to the check that a panel sent the user here for.
    fn show_what_the_address_names() {
        let address = dom::window().location().hash().unwrap_or_default();
        let named = address.strip_prefix('#').and_then(checks::by_name);
        if let Some(check) = named {
            let switch: HtmlElement = dom::by_id(check.name);
            if let Ok(Some(row)) = switch.closest("li") {
                row.class_list().add_1("named").ok();
                dom::scroll_to_middle(&row);
            }
            dom::focus(&switch);
        }
    }

    /// What was read last on each site.
    fn show_sites(sites: &[(String, Health)]) {
        let list: Element = dom::by_id("sites");
        for (row, (site, health)) in dom::items(&list, "site", sites.len()).iter().zip(sites) {
            dom::set_text(&dom::part::<Element>(row, "site"), site);
            dom::set_text(&dom::part::<Element>(row, "state"), &health.state());
        }
        dom::by_id::<HtmlElement>("no-sites").set_hidden(!sites.is_empty());
        dom::by_id::<HtmlElement>("copy-report").set_hidden(sites.is_empty());
    }

    fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }
}

/// What the page says about a check, with its switch.
fn row(check: &Check) -> Element {
    let row: Element = dom::stamp("check");
    let switch: Element = dom::part(&row, "switch");
    switch.set_id(check.name);
    let why: Element = dom::part(&row, "why");
    why.set_id(&format!("why-{}", check.name));
    dom::set_attribute(&switch, "aria-describedby", &why.id());
    let summary: Element = dom::part(&row, "summary");
    dom::set_attribute(&summary, "for", check.name);
    dom::set_text(&summary, check.summary);
    dom::set_text(&why, check.why);
    row
}

/// The switch that was turned, and how it stands now.
fn turned(event: &web_sys::Event) -> Option<Turn> {
    let switch: HtmlInputElement = event.target()?.dyn_into().ok()?;
    Some(Turn {
        switch: switch.id(),
        on: switch.checked(),
    })
}

async fn stored() -> Settings {
    browser::setting(browser::SETTINGS).await.unwrap_or_default()
}

/// Keeps one switch, and whatever else another page changed meanwhile.
async fn keep(turn: &Turn) -> Result<Settings, Settings> {
    let lock = Lock::acquire("candor-settings").await;
    let before = stored().await;
    let mut settings = before.clone();
    match turn.switch.as_str() {
        CAREFUL => settings.careful = turn.on,
        HOLD => settings.hold = turn.on,
        check => settings.turn(check, turn.on),
    }
    let is_kept = lock.is_ok() && browser::keep_setting(browser::SETTINGS, browser::to_js(&settings)).await;
    if is_kept { Ok(settings) } else { Err(before) }
}
