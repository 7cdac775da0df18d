//! The toolbar's popup: looks clients up as one types, and shows a client's card.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlAnchorElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::inbox::Inbox;
use super::store::{self, Notebook, Watch};
use super::{browser, dom, wording};
use crate::Client;
use crate::client::lookup::lookup;

/// As many options as anybody reads; typing narrows the rest.
const MOST_OPTIONS: usize = 50;

/// How many notes and conversations the card shows of each.
const MOST_ENTRIES: usize = 5;

/// Runs the popup until it closes.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let mut popup = Popup::new(inbox);
    while let Ok(event) = events.recv().await {
        popup.on(event);
    }
}

enum Event {
    Opened(Result<Notebook, store::Error>),
    Changed,
    Clients(Result<Vec<Client>, store::Error>),
    Typed,
    Next,
    Previous,
    Choose,
    Clear,
    Chosen(String),
    Back,
}

struct Popup {
    inbox: Inbox<Event>,
    notebook: Option<Rc<Notebook>>,
    watch: Option<Watch>,
    clients: Vec<Client>,
    /// Keys of the clients listed, in their order.
    options: Vec<String>,
    /// The option that Enter opens.
    active: Option<usize>,
    /// The key of the client whose card is open.
    open: Option<String>,

    lookup: HtmlElement,
    query: HtmlInputElement,
    results: HtmlElement,
    found: HtmlElement,
    empty: HtmlElement,
    card: HtmlElement,
    _listeners: Vec<EventListener>,
}

impl Popup {
    fn new(inbox: Inbox<Event>) -> Self {
        let query: HtmlInputElement = dom::by_id("query");
        let results: HtmlElement = dom::by_id("results");
        let back: Element = dom::by_id("back");
        let card: HtmlElement = dom::by_id("card");
        let typed = query.clone();
        let listeners = vec![
            inbox.on(&query, "input", |_| Some(Event::Typed)),
            inbox.on(&query, "keydown", move |event| {
                let pressed = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                    "ArrowDown" => Event::Next,
                    "ArrowUp" => Event::Previous,
                    "Enter" => Event::Choose,
                    // With nothing left to clear, Escape closes the popup as everywhere.
                    "Escape" if !typed.value().is_empty() => Event::Clear,
                    _ => return None,
                };
                event.prevent_default();
                Some(pressed)
            }),
            // Pressing the mouse must not take the focus out of the field.
            inbox.on(&results, "mousedown", |event| {
                event.prevent_default();
                None
            }),
            inbox.on(&results, "click", |event| {
                let option = event.target()?.dyn_into::<Element>().ok()?;
                let option = option.closest("[role=option]").ok()??;
                option.get_attribute("data-client").map(Event::Chosen)
            }),
            inbox.on(&back, "click", |_| Some(Event::Back)),
            inbox.on(&card, "keydown", |event| {
                (event.unchecked_ref::<KeyboardEvent>().key() == "Escape").then(|| {
                    event.prevent_default();
                    Event::Back
                })
            }),
        ];
        let opening = inbox.clone();
        spawn_local(async move { opening.put(Event::Opened(Notebook::open().await)) });
        dom::focus(&query);
        Self {
            inbox,
            notebook: None,
            watch: None,
            clients: Vec::new(),
            options: Vec::new(),
            active: None,
            open: None,
            lookup: dom::by_id("lookup"),
            query,
            results,
            found: dom::by_id("found"),
            empty: dom::by_id("empty"),
            card,
            _listeners: listeners,
        }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Opened(Ok(notebook)) => {
                let inbox = self.inbox.clone();
                self.watch = Notebook::watch(move || inbox.put(Event::Changed)).ok();
                self.notebook = Some(Rc::new(notebook));
                self.read_clients();
            }
            Event::Opened(Err(error)) | Event::Clients(Err(error)) => {
                let words = format!("Your notebook cannot be opened: {error}.");
                dom::show_text(&self.found, &words);
                dom::by_id::<HtmlElement>("recovery").set_hidden(!error.wants_recovery());
            }
            Event::Changed => self.read_clients(),
            Event::Clients(Ok(clients)) => {
                self.clients = clients;
                self.find();
                self.show_card();
            }
            Event::Typed => {
                self.active = None;
                self.find();
            }
            Event::Next => self.activate(self.active.map_or(0, |at| at + 1)),
            Event::Previous => self.activate(self.active.map_or(0, |at| at.saturating_sub(1))),
            Event::Choose => {
                if let Some(id) = self.active.and_then(|at| self.options.get(at)) {
                    self.open(id.clone());
                }
            }
            Event::Clear => {
                self.query.set_value("");
                self.active = None;
                self.find();
            }
            Event::Chosen(id) => self.open(id),
            Event::Back => {
                self.open = None;
                self.show_card();
                dom::focus(&self.query);
            }
        }
    }

    fn read_clients(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Clients(notebook.clients().await)) });
        }
    }

    /// Lists who matches what is typed; what matches best is what Enter opens.
    fn find(&mut self) {
        let query = self.query.value();
        let found = lookup(&self.clients, &query);
        let more = found.len().saturating_sub(MOST_OPTIONS);
        let found = &found[..found.len() - more];
        for (at, option) in dom::items(&self.results, "option", found.len())
            .iter()
            .enumerate()
        {
            option.set_id(&format!("option-{at}"));
            dom::set_attribute(option, "data-client", &found[at].id);
            dom::set_text(&dom::part::<Element>(option, "name"), &found[at].name);
            dom::set_text(&dom::part::<Element>(option, "company"), &found[at].company);
        }
        self.options = found.iter().map(|client| client.id.clone()).collect();
        let none = self.options.is_empty();
        self.empty.set_hidden(!self.clients.is_empty());
        self.results.set_hidden(none);
        dom::set_attribute(&self.query, "aria-expanded", if none { "false" } else { "true" });
        let words = match (none, more) {
            (true, _) if !self.clients.is_empty() => format!("Nobody by “{}”.", query.trim()),
            (_, more @ 1..) => format!("{more} more: type on to narrow them down."),
            _ => String::new(),
        };
        dom::show_text(&self.found, &words);
        match self.active {
            Some(at) => self.activate(at),
            None if !query.trim().is_empty() => self.activate(0),
            None => self.mark_active(),
        }
    }

    /// Makes an option the one that Enter opens; past the last means the last.
    fn activate(&mut self, at: usize) {
        self.active = self.options.len().checked_sub(1).map(|last| at.min(last));
        self.mark_active();
    }

    fn mark_active(&self) {
        let options = self.results.children();
        for at in 0..options.length() {
            let Some(option) = options.item(at) else { continue };
            let is_active = self.active == Some(at as usize);
            dom::set_attribute(&option, "aria-selected", if is_active { "true" } else { "false" });
            if is_active {
                dom::set_attribute(&self.query, "aria-activedescendant", &option.id());
                dom::scroll_near(&option);
            }
        }
        if self.active.is_none() {
            self.query.remove_attribute("aria-activedescendant").ok();
        }
    }

    fn open(&mut self, id: String) {
        self.open = Some(id);
        self.show_card();
        dom::focus(&dom::by_id("name"));
    }

    /// Shows the card of the open client, or the lookup when there is none any more.
    fn show_card(&mut self) {
        let client = self
            .clients
            .iter()
            .find(|client| Some(&client.id) == self.open.as_ref());
        self.card.set_hidden(client.is_none());
        self.lookup.set_hidden(client.is_some());
        let page: HtmlAnchorElement = dom::by_id("client-page");
        page.set_href(&client.map_or("clients.html".to_owned(), |client| {
            format!("clients.html#{}", client.id)
        }));
        dom::set_text(
            &page,
            if client.is_some() {
                "Edit on the client page"
            } else {
                "Client page"
            },
        );
        match client {
            Some(client) => show_client(client),
            None => self.open = None,
        }
    }
}

fn show_client(client: &Client) {
    let text = |id: &str, words: &str| dom::show_text(&dom::by_id(id), words);
    text("name", &client.name);
    text(
        "position",
        &wording::joined(" · ", [client.role.as_str(), &client.company]),
    );
    let their_time = browser::local_time(client.timezone.trim())
        .filter(|_| !client.timezone.trim().is_empty())
        .map_or(String::new(), |at| format!("{} for them", wording::clock(at)));
    let likes = wording::likes(client);
    text(
        "reach-time",
        &wording::sentence_case(&wording::joined(" · ", [their_time.as_str(), &likes])),
    );
    text("about", &client.about);
    let links = |id: &str, values: &[String], href: fn(&str) -> String| {
        let list: HtmlElement = dom::by_id(id);
        list.set_hidden(values.is_empty());
        for (item, value) in dom::items(&list, "link", values.len()).iter().zip(values) {
            let link: Element = dom::part(item, "link");
            dom::set_attribute(&link, "href", &href(value));
            dom::set_text(&link, value);
        }
    };
    links("phones", &client.phones, dom::dial);
    links("emails", &client.emails, |address| format!("mailto:{address}"));

    let today = browser::local_time("");
    let ago = |date: &str| today.map_or(date.to_owned(), |today| wording::ago(date, today));
    let notes = client.notes.iter().take(MOST_ENTRIES);
    entries(
        "notes",
        notes.map(|note| (note.text.clone(), ago(&note.date))).collect(),
    );
    let contacts = client.contacts.iter().take(MOST_ENTRIES);
    let contacts = contacts.map(|contact| (wording::conversation(contact), ago(&contact.date)));
    entries("contacts", contacts.collect());
}

/// Fills a list of dated entries, and hides its section when there are none.
fn entries(id: &str, entries: Vec<(String, String)>) {
    let section: HtmlElement = dom::by_id(&format!("{id}-section"));
    section.set_hidden(entries.is_empty());
    let items = dom::items(&dom::by_id(id), "entry", entries.len());
    for (item, (words, when)) in items.iter().zip(entries) {
        dom::set_text(&dom::part::<Element>(item, "text"), &words);
        dom::set_text(&dom::part::<Element>(item, "when"), &when);
    }
}
