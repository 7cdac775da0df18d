//! The region *About <name>*: what the writer noted about whom they write to, and a field for more.

use std::collections::HashMap;

use web_sys::{HtmlElement, HtmlFormElement, HtmlInputElement};

use crate::Client;
use crate::draft::LocalTime;
use crate::web::correspondent::Correspondent;
use crate::web::{dom, wording};

#[derive(Debug)]
pub(super) struct AboutRegion {
    region: HtmlElement,
    whom: HtmlElement,
    missing: HtmlElement,
    add: HtmlElement,
    notes: HtmlElement,
    more: HtmlElement,
    more_count: HtmlElement,
    more_notes: HtmlElement,
    line: HtmlElement,
    form: HtmlFormElement,
    note: HtmlInputElement,
    others: HtmlElement,
    trouble: HtmlElement,
    /// The key of the client shown; empty when it is nobody of the notebook.
    shown: String,
    /// What was typed about other clients and not kept yet.
    unkept: HashMap<String, String>,
}

impl AboutRegion {
    pub(super) fn new() -> Self {
        Self {
            region: dom::by_id("about"),
            whom: dom::by_id("about-whom"),
            missing: dom::by_id("about-missing"),
            add: dom::by_id("add-client"),
            notes: dom::by_id("notes"),
            more: dom::by_id("more"),
            more_count: dom::by_id("more-count"),
            more_notes: dom::by_id("more-notes"),
            line: dom::by_id("about-line"),
            form: dom::by_id("note-form"),
            note: dom::by_id("note"),
            others: dom::by_id("about-others"),
            trouble: dom::by_id("about-trouble"),
            shown: String::new(),
            unkept: HashMap::new(),
        }
    }

    /// The button that adds the recipient as a client.
    pub(super) fn add_button(&self) -> &HtmlElement {
        &self.add
    }

    /// The form that keeps a note.
    pub(super) fn note_form(&self) -> &HtmlFormElement {
        &self.form
    }

    /// Takes the note out of its field, with the key of the client it is about; `None` when it says
    /// nothing. What is typed while it is being kept is the next note.
    pub(super) fn take_note(&self) -> Option<(String, String)> {
        let text = self.note.value().trim().to_owned();
        if text.is_empty() || self.shown.is_empty() {
            return None;
        }
        self.note.set_value("");
        Some((self.shown.clone(), text))
    }

    /// Puts a note that could not be kept back before what was typed since.
    pub(super) fn give_note_back(&mut self, id: String, text: &str) {
        let join = |since: &str| wording::joined(" ", [text, since]);
        if id == self.shown {
            self.note.set_value(&join(&self.note.value()));
        } else {
            let since = self.unkept.entry(id).or_default();
            *since = join(since);
        }
    }

    /// Puts the focus into the note's field, once there is one to write in.
    pub(super) fn focus_note(&self) {
        dom::focus(&self.note);
    }

    /// Says why something could not be kept; an empty text says that all is well.
    pub(super) fn show_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }

    /// Shows whom the mail goes to.
    pub(super) fn show(&mut self, to: &Correspondent, others: &[&str], today: LocalTime) {
        let nobody = Client::default();
        let client = if let Correspondent::Known(client) = to {
            client
        } else {
            &nobody
        };
        self.turn_to(client);

        let (whom, missing, adds) = match to {
            Correspondent::Nobody | Correspondent::Unreadable => {
                self.region.set_hidden(true);
                return;
            }
            Correspondent::Known(client) => (client.first_name(), String::new(), false),
            Correspondent::Unknown(recipient) => {
                (recipient.label(), "Not in your notebook yet.".to_owned(), true)
            }
            Correspondent::Addressless(recipient) => {
                let name = recipient.label();
                let missing = format!("{name} has no address here, so Candor cannot tell who this is.");
                (name, missing, false)
            }
        };
        self.region.set_hidden(false);
        dom::set_text(&self.whom, &format!("About {whom}"));
        dom::show_text(&self.missing, &missing);
        self.add.set_hidden(!adds);
        dom::set_text(&self.add, &format!("Add {whom} as a client"));
        self.form.set_hidden(client.id.is_empty());
        let prompt = format!("A note about {whom}");
        dom::set_attribute(&self.note, "placeholder", &prompt);
        dom::set_attribute(&self.note, "aria-label", &prompt);

        let notes: Vec<&str> = client.notes.iter().map(|note| note.text.as_str()).collect();
        let (first, rest) = notes.split_at(notes.len().min(1));
        dom::list_texts(&self.notes, first);
        self.more.set_hidden(rest.is_empty());
        dom::set_text(&self.more_count, &format!("{} more", rest.len()));
        dom::list_texts(&self.more_notes, rest);
        dom::show_text(&self.line, &line(client, today));

        let also = match (others, to) {
            ([], _) => String::new(),
            (others, Correspondent::Known(_)) => {
                format!("Also to {}. Judged for {whom}.", wording::list(others))
            }
            (others, _) => format!("Also to {}.", wording::list(others)),
        };
        dom::show_text(&self.others, &also);
    }

    /// Hides the region: there is no draft, or no notebook to look in.
    pub(super) fn hide(&mut self) {
        self.turn_to(&Client::default());
        self.region.set_hidden(true);
    }

    /// Keeps a half-typed note with the client it is about, and takes up what was typed about this one.
    fn turn_to(&mut self, client: &Client) {
        if self.shown == client.id {
            return;
        }
        let typed = self.note.value();
        let before = std::mem::replace(&mut self.shown, client.id.clone());
        if !before.is_empty() {
            self.unkept.insert(before, typed);
        }
        self.note
            .set_value(&self.unkept.remove(&client.id).unwrap_or_default());
        self.show_trouble("");
    }
}

/// `Last call 3 weeks ago · likes mornings`.
fn line(client: &Client, today: LocalTime) -> String {
    let call = client.contacts.iter().find(|contact| contact.kind == "call");
    let last = call.or(client.contacts.first()).map(|contact| {
        let kind = if contact.kind.is_empty() {
            "contact"
        } else {
            &contact.kind
        };
        format!("Last {kind} {}", wording::ago(&contact.date, today))
    });
    let likes = wording::likes(client);
    wording::sentence_case(&wording::joined(" · ", [last.as_deref().unwrap_or(""), &likes]))
}
