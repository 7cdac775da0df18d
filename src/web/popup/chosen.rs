//! The chosen client: when to reach them, and what can be done at once.

use std::collections::HashMap;

use web_sys::{HtmlAnchorElement, HtmlElement, HtmlFormElement, HtmlInputElement};

use crate::client::lookup::Head;
use crate::draft::LocalTime;
use crate::web::{browser, dom, lookup_words, wording};

pub(super) struct Chosen {
    region: HtmlElement,
    name: HtmlElement,
    time: HtmlElement,
    contact: HtmlElement,
    line: HtmlElement,
    acts: HtmlElement,
    open: HtmlAnchorElement,
    call: HtmlAnchorElement,
    copy: HtmlElement,
    add_note: HtmlElement,
    form: HtmlFormElement,
    note: HtmlInputElement,
    done: HtmlElement,
    trouble: HtmlElement,
    /// The key of the client; empty when nobody is chosen.
    id: String,
    address: String,
    /// Notes that were begun about others and are not added yet, by their keys.
    begun: HashMap<String, String>,
    /// The time in each zone that was asked for: browsers take a millisecond to tell.
    times: HashMap<String, Option<LocalTime>>,
}

impl Chosen {
    pub(super) fn new() -> Self {
        let platform = dom::window().navigator().platform().unwrap_or_default();
        if platform.starts_with("Mac") {
            dom::set_text(&dom::by_id::<HtmlElement>("call-key"), "⌘ ↵");
            dom::set_text(&dom::by_id::<HtmlElement>("note-key"), "⌥ ↵");
        }
        Self {
            region: dom::by_id("chosen"),
            name: dom::by_id("chosen-name"),
            time: dom::by_id("chosen-time"),
            contact: dom::by_id("chosen-contact"),
            line: dom::by_id("chosen-line"),
            acts: dom::by_id("acts"),
            open: dom::by_id("open"),
            call: dom::by_id("call"),
            copy: dom::by_id("copy"),
            add_note: dom::by_id("add-note"),
            form: dom::by_id("note-form"),
            note: dom::by_id("note"),
            done: dom::by_id("done"),
            trouble: dom::by_id("trouble"),
            id: String::new(),
            address: String::new(),
            begun: HashMap::new(),
            times: HashMap::new(),
        }
    }

    pub(super) fn copy_button(&self) -> &HtmlElement {
        &self.copy
    }

    pub(super) fn note_button(&self) -> &HtmlElement {
        &self.add_note
    }

    pub(super) fn note_form(&self) -> &HtmlFormElement {
        &self.form
    }

    /// Shows this client, or nobody.
    pub(super) fn show(&mut self, client: Option<Head<'_>>) {
        self.region.set_hidden(client.is_none());
        let id = client.map_or("", Head::id);
        if id != self.id {
            let before = std::mem::replace(&mut self.id, id.to_owned());
            // What is being kept already is begun no more, nor is what was left.
            if !self.form.hidden() && !self.note.read_only() {
                self.begun.insert(before, self.note.value());
            }
            let begun = self.begun.remove(id).unwrap_or_default();
            self.note.set_value(&begun);
            self.form.set_hidden(begun.is_empty());
            self.acts.set_hidden(!begun.is_empty());
            self.say("");
        }
        self.address.clear();
        let Some(client) = client else { return };
        dom::set_text(&self.name, client.name());
        let today = self.time_in("");
        let zone = client.timezone().trim();
        let time = if zone.is_empty() { None } else { self.time_in(zone) };
        let time = time.map_or(String::new(), |at| format!("{} for them", wording::clock(at)));
        let likes = wording::likes(client.call_hours());
        dom::set_text(&self.time, &wording::joined(" · ", [time.as_str(), &likes]));
        let contact = client.last_contact().zip(today);
        let contact = contact.map_or(String::new(), |(last, today)| {
            lookup_words::last_contact(last, today)
        });
        dom::show_text(&self.contact, &contact);
        let line = today.map_or_else(String::new, |today| lookup_words::line_to_say(client, today));
        dom::show_text(&self.line, &line);
        self.open.set_href(&format!("clients.html#{}", client.id()));
        dom::set_attribute(
            &self.open,
            "aria-label",
            &format!("Open the card of {}", client.name()),
        );
        let phone = client.phones().next();
        self.call.set_hidden(phone.is_none());
        if let Some(phone) = phone {
            self.call.set_href(&dom::dial(phone));
            dom::set_attribute(&self.call, "aria-label", &format!("Call {phone}"));
            self.call.set_title(phone);
        }
        let address = client.emails().next();
        self.copy.set_hidden(address.is_none());
        if let Some(address) = address {
            address.clone_into(&mut self.address);
            dom::set_attribute(&self.copy, "aria-label", &format!("Copy {address}"));
            self.copy.set_title(address);
        }
        let label = format!("Note about {}, dated today", client.name());
        dom::set_attribute(&self.note, "aria-label", &label);
        self.note.set_placeholder(&label);
    }

    /// Who could help whom, a line each.
    pub(super) fn show_help(lines: &[String]) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let list: HtmlElement = dom::by_id("chosen-help");
        dom::list_texts(&list, &lines);
        list.set_hidden(lines.is_empty());
    }

    fn time_in(&mut self, zone: &str) -> Option<LocalTime> {
        *self
            .times
            .entry(zone.to_owned())
            .or_insert_with(|| browser::local_time(zone))
    }

    /// Opens the client's card in a tab.
    pub(super) fn open(&self) {
        if !self.id.is_empty() {
            self.open.click();
        }
    }

    /// Hands the client's number to whatever dials.
    pub(super) fn call(&self) {
        if self.id.is_empty() {
            return;
        }
        if self.call.hidden() {
            self.say_trouble("No number is noted for them.");
        } else {
            self.call.click();
        }
    }

    /// The address to copy.
    pub(super) fn address(&self) -> Option<String> {
        if self.id.is_empty() {
            return None;
        }
        if self.address.is_empty() {
            self.say_trouble("No address is noted for them.");
            return None;
        }
        Some(self.address.clone())
    }

    /// Lets a note be written.
    pub(super) fn ask_note(&self) {
        if self.id.is_empty() {
            return;
        }
        self.say("");
        self.acts.set_hidden(true);
        self.form.set_hidden(false);
        dom::focus(&self.note);
    }

    pub(super) fn hide_note(&self) {
        self.form.set_hidden(true);
        self.acts.set_hidden(false);
    }

    /// The key of the client and the note to keep about them; `None` when nothing is written, or it is
    /// being kept already. It stays in the field, where nothing can be added, until that is done.
    pub(super) fn take_note(&self) -> Option<(String, String)> {
        let text = self.note.value().trim().to_owned();
        if text.is_empty() || self.id.is_empty() || self.note.read_only() {
            return None;
        }
        self.note.set_read_only(true);
        Some((self.id.clone(), text))
    }

    /// The note is kept.
    pub(super) fn noted(&self) {
        self.note.set_read_only(false);
        self.note.set_value("");
        self.hide_note();
        self.say("Noted.");
    }

    /// The note is not kept, for this reason.
    pub(super) fn not_noted(&self, words: &str) {
        self.note.set_read_only(false);
        self.say_trouble(words);
    }

    pub(super) fn say(&self, words: &str) {
        dom::show_text(&self.done, words);
        dom::show_text(&self.trouble, "");
    }

    pub(super) fn say_trouble(&self, words: &str) {
        dom::show_text(&self.done, "");
        dom::show_text(&self.trouble, words);
    }
}
