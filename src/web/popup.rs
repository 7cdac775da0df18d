//! The toolbar's popup: finds a client as one types, and does what is done most with one.
//!
//! It is usable once the heads of all clients are read (see
//! [`shelf`](crate::client::lookup::Shelf)): names, companies, addresses and numbers. Notes and all else
//! join them shelf by shelf, each in a request of its own, so that no keystroke waits.

mod chosen;
mod list;

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use self::chosen::Chosen;
use self::list::{Entry, Group, List};
use super::inbox::Inbox;
use super::offers::Offers;
use super::store::{self, Errand, Notebook, Watch};
use super::{browser, dom, lookup_words};
use crate::client::Note;
use crate::client::lookup::{Agenda, Heads, Lookup, Marked, Reminder, SHELVES};

/// As many options as anybody reads; typing narrows the rest.
const MOST_OPTIONS: usize = 30;

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
    /// Another page, or this one, wrote to the notebook.
    Changed,
    Heads(Result<Vec<Heads>, store::Error>),
    /// The details of the shelf of this number.
    Details(u32, Result<String, store::Error>),
    /// Records are not there any more of which rows are shown.
    Missing(store::Error),
    Typed,
    Next,
    Previous,
    Clear,
    Act(Act),
    /// The option of a client was clicked.
    Clicked(String),
    Keep,
    Kept(Result<(), store::Error>),
    LeaveNote,
    Copied(String, bool),
}

/// What can be done with the chosen client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Open,
    Call,
    Copy,
    Note,
}

impl Act {
    /// What Enter does together with other keys. None of these writes anything, in any layout.
    fn of_enter(pressed: &KeyboardEvent) -> Self {
        if pressed.ctrl_key() || pressed.meta_key() {
            Self::Call
        } else if pressed.shift_key() {
            Self::Copy
        } else if pressed.alt_key() {
            Self::Note
        } else {
            Self::Open
        }
    }
}

struct Popup {
    inbox: Inbox<Event>,
    notebook: Option<Rc<Notebook>>,
    watch: Option<Watch>,
    offers: Option<Offers>,
    /// Everybody, as far as they are read; `None` before.
    lookup: Option<Lookup>,
    /// Everybody after a change, until all of it is read.
    renewed: Option<Lookup>,
    /// How many shelves of details are read.
    read: u32,
    /// Whether the notebook changed while it was read.
    is_old: bool,
    /// What was asked for before anybody was there to do it with.
    asked: Option<Act>,

    query: HtmlInputElement,
    list: List,
    chosen: Chosen,
    found: HtmlElement,
    empty: HtmlElement,
    reading: HtmlElement,
    _listeners: Vec<EventListener>,
}

impl Popup {
    fn new(inbox: Inbox<Event>) -> Self {
        let query: HtmlInputElement = dom::by_id("query");
        let results: HtmlElement = dom::by_id("results");
        let chosen = Chosen::new();
        let typed = query.clone();
        let listeners = vec![
            inbox.on(&query, "input", |_| Some(Event::Typed)),
            inbox.on(&query, "keydown", move |event| {
                let pressed: &KeyboardEvent = event.unchecked_ref();
                // Enter that ends a composition is no Enter.
                if pressed.is_composing() {
                    return None;
                }
                let event = match pressed.key().as_str() {
                    "ArrowDown" => Event::Next,
                    "ArrowUp" => Event::Previous,
                    "Enter" => Event::Act(Act::of_enter(pressed)),
                    // With nothing left to clear, Escape closes the popup as everywhere.
                    "Escape" if !typed.value().is_empty() => Event::Clear,
                    _ => return None,
                };
                pressed.prevent_default();
                Some(event)
            }),
            // Pressing the mouse must not take the focus out of the field.
            inbox.on(&results, "mousedown", |event| {
                event.prevent_default();
                None
            }),
            inbox.on(&results, "click", |event| {
                let option = event.target()?.dyn_into::<Element>().ok()?;
                let option = option.closest("[role=option]").ok()??;
                option.get_attribute("data-client").map(Event::Clicked)
            }),
            inbox.on(chosen.copy_button(), "click", |_| Some(Event::Act(Act::Copy))),
            inbox.on(chosen.note_button(), "click", |_| Some(Event::Act(Act::Note))),
            inbox.on(chosen.note_form(), "submit", |event| {
                event.prevent_default();
                Some(Event::Keep)
            }),
            inbox.on(chosen.note_form(), "keydown", |event| {
                (event.unchecked_ref::<KeyboardEvent>().key() == "Escape").then(|| {
                    event.prevent_default();
                    Event::LeaveNote
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
            offers: None,
            lookup: None,
            renewed: None,
            read: 0,
            is_old: false,
            asked: None,
            list: List::new(results, query.clone()),
            query,
            chosen,
            found: dom::by_id("found"),
            empty: dom::by_id("empty"),
            reading: dom::by_id("reading"),
            _listeners: listeners,
        }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Opened(Ok(notebook)) => {
                let inbox = self.inbox.clone();
                self.watch = Notebook::watch(move || inbox.put(Event::Changed)).ok();
                self.notebook = Some(Rc::new(notebook));
                self.read_heads();
            }
            Event::Opened(Err(error))
            | Event::Heads(Err(error))
            | Event::Details(_, Err(error))
            | Event::Missing(error) => {
                let words = format!("Your notebook cannot be opened: {error}.");
                dom::show_text(&self.found, &words);
                dom::by_id::<HtmlElement>("recovery").set_hidden(!error.wants_recovery());
                self.reading.set_hidden(true);
            }
            Event::Changed if self.is_reading() => self.is_old = true,
            Event::Changed => self.read_heads(),
            Event::Heads(Ok(heads)) => {
                dom::by_id::<HtmlElement>("recovery").set_hidden(true);
                self.take_heads(&heads);
            }
            Event::Details(number, Ok(rows)) => self.take_details(number, &rows),
            Event::Typed => self.find(None),
            Event::Next => self.activate(self.list.active().map_or(0, |at| at + 1)),
            Event::Previous => self.activate(self.list.active().map_or(0, |at| at.saturating_sub(1))),
            Event::Clear => {
                self.query.set_value("");
                self.find(None);
            }
            Event::Act(act) => self.act(act),
            Event::Clicked(id) => {
                if let Some(at) = self.list.position(&id) {
                    self.activate(at);
                    self.act(Act::Open);
                }
            }
            Event::Keep => self.keep_note(),
            Event::Kept(Ok(())) => {
                self.chosen.noted();
                dom::focus(&self.query);
            }
            Event::Kept(Err(error)) => {
                self.chosen
                    .not_noted(&format!("This could not be saved: {error}."));
            }
            Event::LeaveNote => {
                self.chosen.hide_note();
                dom::focus(&self.query);
            }
            Event::Copied(address, true) => self.chosen.say(&format!("Copied {address}")),
            Event::Copied(address, false) => {
                let words = format!("The browser did not let Candor copy {address}.");
                self.chosen.say_trouble(&words);
            }
        }
    }

    fn is_reading(&self) -> bool {
        self.read < SHELVES
    }

    fn read_heads(&mut self) {
        self.read = 0;
        self.is_old = false;
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Heads(notebook.heads().await)) });
        }
    }

    fn read_details(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let (inbox, number) = (self.inbox.clone(), self.read);
            spawn_local(async move { inbox.put(Event::Details(number, notebook.details(number).await)) });
        }
    }

    fn take_heads(&mut self, heads: &[Heads]) {
        let lookup = Lookup::of_heads(heads, browser::local_time(""));
        if self.lookup.is_none() {
            self.lookup = Some(lookup);
            self.reading.set_hidden(true);
            self.find(None);
            // Measured from outside: from here on a key gives results.
            dom::mark("usable");
            if let Some(act) = self.asked.take() {
                self.act(act);
            }
        } else {
            self.renewed = Some(lookup);
        }
        self.read_details();
    }

    fn take_details(&mut self, number: u32, rows: &str) {
        let lookup = self.renewed.as_mut().or(self.lookup.as_mut());
        if let Some(lookup) = lookup {
            lookup.add_details(number as usize, rows);
        }
        self.read = number + 1;
        if self.is_reading() {
            self.read_details();
            return;
        }
        // Whoever is looked up comes first.
        if let (None, Some(notebook)) = (&self.offers, &self.notebook) {
            self.offers = Some(Offers::of_everybody(notebook));
        }
        self.lookup = self.renewed.take().or(self.lookup.take());
        // Whoever was chosen stays chosen: what was found by notes may have moved them.
        let chosen = self.list.active_client().map(str::to_owned);
        self.find(chosen.as_deref());
        dom::mark("complete");
        if self.is_old {
            self.read_heads();
        } else {
            self.look_for_missing();
        }
    }

    /// Last, because counting takes as long as there are records, and hardly ever finds anything.
    fn look_for_missing(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move {
                if let Err(error) = notebook.look_for_missing().await {
                    inbox.put(Event::Missing(error));
                }
            });
        }
    }

    /// Lists who matches what is typed, and chooses this client where they are among them; else who
    /// matches best.
    fn find(&mut self, chosen: Option<&str>) {
        let Some(lookup) = &self.lookup else { return };
        let query = self.query.value();
        let is_query = query.chars().any(char::is_alphanumeric);
        let (groups, more) = if is_query {
            found(lookup, &query)
        } else {
            to_think_of(lookup, self.is_reading())
        };
        let none = groups.iter().all(|group| group.entries.is_empty());
        self.list.show(lookup, groups);
        self.empty.set_hidden(!lookup.is_empty());
        let words = match (none, more) {
            (true, _) if lookup.is_empty() || !is_query => String::new(),
            (true, _) if self.is_reading() => "Looking through your notes…".to_owned(),
            (true, _) => format!("Nobody by “{}”.", query.trim()),
            (_, more @ 1..) => format!("{more} more: type on to narrow them down."),
            _ => String::new(),
        };
        dom::show_text(&self.found, &words);
        let at = chosen.and_then(|id| self.list.position(id));
        self.list.activate(at.or(is_query.then_some(0)));
        self.show_chosen();
    }

    /// Chooses an option; past the last means the last.
    fn activate(&mut self, at: usize) {
        self.list.activate(Some(at));
        self.show_chosen();
    }

    fn show_chosen(&mut self) {
        let found = self.lookup.as_ref().zip(self.list.active_number());
        self.chosen
            .show(found.map(|(lookup, client)| lookup.head(client)));
        let help = found.map_or_else(Vec::new, |(lookup, client)| lookup_words::helping(lookup, client));
        Chosen::show_help(&help);
        self.list.scroll_to_active();
    }

    fn act(&mut self, act: Act) {
        if self.lookup.is_none() {
            self.asked = Some(act);
            return;
        }
        if self.list.active().is_none() {
            self.activate(0);
        }
        match act {
            Act::Open => self.chosen.open(),
            Act::Call => self.chosen.call(),
            Act::Note => self.chosen.ask_note(),
            Act::Copy => {
                let Some(address) = self.chosen.address() else {
                    return;
                };
                let inbox = self.inbox.clone();
                spawn_local(async move {
                    let is_copied = browser::copy(&address).await;
                    inbox.put(Event::Copied(address, is_copied));
                });
                dom::focus(&self.query);
            }
        }
    }

    fn keep_note(&mut self) {
        let (Some(notebook), Some((id, text))) = (self.notebook.clone(), self.chosen.take_note()) else {
            return;
        };
        let note = Note {
            date: browser::today(),
            text,
            ..Note::default()
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let kept = notebook.run(&Errand::Note { client: id, note }).await;
            inbox.put(Event::Kept(kept.map(|_| ())));
        });
    }
}

/// Who matches a query, and how many more there are than are listed.
fn found(lookup: &Lookup, query: &str) -> (Vec<Group>, usize) {
    let found = lookup.find(query, MOST_OPTIONS);
    let more = found.total - found.best.len();
    let shown = lookup.show(&found.best, query);
    let entries = found.best.iter().zip(shown).map(|(found, shown)| {
        let (label, why) = match shown.other {
            Some((field, marked)) if marked.text.is_empty() => (
                format!("{}: kept folded", lookup_words::field(field)),
                Marked::default(),
            ),
            Some((field, marked)) => (format!("{}: ", lookup_words::field(field)), marked),
            None => Default::default(),
        };
        Entry {
            client: found.client,
            name: shown.name,
            company: shown.company,
            label,
            why,
        }
    });
    let group = Group {
        heading: "",
        entries: entries.collect(),
    };
    (vec![group], more)
}

/// Whom to think of while nothing is typed; below them, once all is read, everybody else by name, and how
/// many more.
fn to_think_of(lookup: &Lookup, is_reading: bool) -> (Vec<Group>, usize) {
    let today = browser::local_time("");
    let agenda = today.map_or_else(Agenda::default, |today| Agenda::of(lookup, today));
    let plain = |text: &str| Marked {
        text: text.to_owned(),
        ..Marked::default()
    };
    let entry = |client: usize, label: String| {
        let head = lookup.head(client);
        Entry {
            client,
            name: plain(head.name()),
            company: plain(head.company()),
            label,
            why: Marked::default(),
        }
    };
    let reminders = |reminders: &[Reminder]| -> Vec<Entry> {
        reminders
            .iter()
            .map(|reminder| {
                let why = today.map_or_else(String::new, |today| lookup_words::why(&reminder.why, today));
                entry(reminder.client, why)
            })
            .collect()
    };
    let mut groups: Vec<Group> = [
        ("Due", &agenda.due),
        ("Lately in touch", &agenda.in_touch),
        ("Heard nothing for long", &agenda.silent),
    ]
    .into_iter()
    .map(|(heading, list)| Group {
        heading,
        entries: reminders(list),
    })
    .filter(|group| !group.entries.is_empty())
    .collect();
    let listed: Vec<usize> = groups
        .iter()
        .flat_map(|group| group.entries.iter().map(|entry| entry.client))
        .collect();
    if is_reading {
        return (groups, 0);
    }
    let others = lookup.find("", MOST_OPTIONS + listed.len()).best;
    let others: Vec<Entry> = others
        .into_iter()
        .filter(|found| !listed.contains(&found.client))
        .take(MOST_OPTIONS.saturating_sub(listed.len()))
        .map(|found| entry(found.client, String::new()))
        .collect();
    let more = lookup.len() - listed.len() - others.len();
    if !others.is_empty() {
        groups.push(Group {
            heading: if groups.is_empty() { "" } else { "Everybody else" },
            entries: others,
        });
    }
    (groups, more)
}
