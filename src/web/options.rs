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
use crate::checks::{self, Section};
use crate::suggestions;

/// Runs the page for as long as it stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let page = Page::new();
    let changing = inbox.clone();
    let _watch = browser::watch_setting(browser::SETTINGS, move |settings: Option<Settings>| {
        changing.put(Event::Changed(settings.unwrap_or_default()));
    });
    let allowing = inbox.clone();
    let _listener = inbox.on(&page.main, "change", move |event| {
        let turn = turned(event)?;
        if !turn.on || !NOTICES.contains(&turn.switch.as_str()) {
            return Some(Event::Turned(turn));
        }
        // Asked for within the press: browsers put the question to the user at no other time.
        let asked = browser::ask_to_notify();
        let inbox = allowing.clone();
        spawn_local(async move {
            inbox.put(if asked.await {
                Event::Turned(turn)
            } else {
                Event::Refused
            });
        });
        None
    });
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
            Event::Refused => {
                Page::show(&stored().await);
                page.say_trouble(
                    "The browser does not let Candor notify you. The number on Candor’s icon still counts what is due.",
                );
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
    /// The browser lets nobody be notified.
    Refused,
    /// The user wants the report on sites.
    Copy,
    /// The settings as they are now: with what was turned, or without it.
    Kept(Result<Settings, Settings>),
}

/// A switch that was turned: the name of its check, [`CAREFUL`], [`HOLD`] or one of [`NOTICES`].
struct Turn {
    switch: String,
    on: bool,
}

/// The switch of the careful reader.
const CAREFUL: &str = "careful";

/// The switch of Send, held.
const HOLD: &str = "hold";

/// The heading above kinds of suggestions.
const SUGGESTIONS: &str = "Suggestions, one at a time";

/// The switches of what needs the browser to notify.
const NOTICES: [&str; 2] = [NOTIFY_DUE, NOTIFY_SILENCE];
const NOTIFY_DUE: &str = "notify-due";
const NOTIFY_SILENCE: &str = "notify-silence";

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
                dom::append(&list, &row(check.name, check.summary, check.why));
            }
            dom::append(&sections, &element);
        }
        let element: Element = dom::stamp("section");
        dom::set_attribute(&element, "aria-label", SUGGESTIONS);
        dom::set_text(&dom::part::<Element>(&element, "title"), SUGGESTIONS);
        let list: Element = dom::part(&element, "checks");
        for kind in suggestions::ALL {
            dom::append(&list, &row(kind.name, kind.summary, kind.why));
        }
        dom::append(&sections, &element);
        Self {
            main: dom::by_id("settings"),
            trouble: dom::by_id("trouble"),
        }
    }

    fn show(settings: &Settings) {
        dom::by_id::<HtmlInputElement>(CAREFUL).set_checked(settings.careful);
        dom::by_id::<HtmlInputElement>(HOLD).set_checked(settings.hold);
        dom::by_id::<HtmlInputElement>(NOTIFY_DUE).set_checked(settings.notify_due);
        dom::by_id::<HtmlInputElement>(NOTIFY_SILENCE).set_checked(settings.notify_silence);
        let checks = checks::ALL.iter().map(|check| check.name);
        for name in checks.chain(suggestions::ALL.iter().map(|kind| kind.name)) {
            dom::by_id::<HtmlInputElement>(name).set_checked(settings.wants(name));
        }
    }

    /// Leads to the check that a panel sent the user here for.
    fn show_what_the_address_names() {
        let address = dom::window().location().hash().unwrap_or_default();
        let known = |name: &&str| checks::by_name(name).is_some() || suggestions::by_name(name).is_some();
        if let Some(name) = address.strip_prefix('#').filter(known) {
            let switch: HtmlElement = dom::by_id(name);
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

/// What the page says about a check or a kind of suggestion, with its switch.
fn row(name: &str, says: &str, reason: &str) -> Element {
    let row: Element = dom::stamp("check");
    let switch: Element = dom::part(&row, "switch");
    switch.set_id(name);
    let why: Element = dom::part(&row, "why");
    why.set_id(&format!("why-{name}"));
    dom::set_attribute(&switch, "aria-describedby", &why.id());
    let summary: Element = dom::part(&row, "summary");
    dom::set_attribute(&summary, "for", name);
    dom::set_text(&summary, says);
    dom::set_text(&why, reason);
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
        NOTIFY_DUE => settings.notify_due = turn.on,
        NOTIFY_SILENCE => settings.notify_silence = turn.on,
        check => settings.turn(check, turn.on),
    }
    let is_kept = lock.is_ok() && browser::keep_setting(browser::SETTINGS, browser::to_js(&settings)).await;
    if is_kept { Ok(settings) } else { Err(before) }
}
