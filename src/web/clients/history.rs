//! What goes on with a client: notes, promises and conversations. Each is kept as soon as it is written, and
//! each change to one is written for itself.

use std::collections::HashMap;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{field, rows};
use crate::Client;
use crate::client::{Contact, Note, Promise};
use crate::draft::LocalTime;
use crate::web::{browser, dom, portrait, wording};

/// One of the lists, by the id of the element that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Log {
    Notes,
    Promises,
    Contacts,
}

/// Something in one of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Entry {
    Note(Note),
    Promise(Promise),
    Contact(Contact),
}

/// What is asked of the entry with some number in a list.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) log: Log,
    pub(super) at: usize,
    pub(super) deed: Deed,
}

#[derive(Debug)]
pub(super) enum Deed {
    Remove,
    /// Folds a note away beside drafts, or lets it be seen there.
    TurnSensitive,
    /// A promise is kept, is not, or is open still.
    Settle(Option<bool>),
    /// Begins to change the words.
    Reword,
    /// The words are to be these.
    Say(String),
    /// The words stay as they were.
    Leave,
}

/// The three lists with the fields above them.
#[derive(Debug)]
pub(super) struct History {
    section: HtmlElement,
    /// What was begun about other clients and not added yet, by their key.
    begun: HashMap<String, [String; BEGUN.len()]>,
    /// The entry whose words are being changed.
    reworded: Option<(Log, usize, Entry)>,
}

const LOGS: [Log; 3] = [Log::Notes, Log::Promises, Log::Contacts];

/// The box to check for a note that is to stay folded, and the day of a promise.
const SENSITIVE: &str = "note-sensitive";
const DUE: &str = "promise-due";

/// The fields in which something new is begun.
const BEGUN: [&str; 5] = ["note", SENSITIVE, "promise", DUE, "contact-topic"];

impl Log {
    /// The id of the element that lists it.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Notes => "notes",
            Self::Promises => "promises",
            Self::Contacts => "contacts",
        }
    }

    /// The id of the form for a new entry.
    pub(super) fn form(self) -> &'static str {
        match self {
            Self::Notes => "note-form",
            Self::Promises => "promise-form",
            Self::Contacts => "contact-form",
        }
    }

    /// The fields for the words of a new entry, and for what is noted besides.
    fn fields(self) -> (&'static str, &'static str) {
        match self {
            Self::Notes => ("note", SENSITIVE),
            Self::Promises => ("promise", DUE),
            Self::Contacts => ("contact-topic", ""),
        }
    }

    fn entries(self, client: &Client) -> Vec<Entry> {
        match self {
            Self::Notes => client.notes.iter().cloned().map(Entry::Note).collect(),
            Self::Promises => client.promises.iter().cloned().map(Entry::Promise).collect(),
            Self::Contacts => client.contacts.iter().cloned().map(Entry::Contact).collect(),
        }
    }
}

impl Entry {
    /// Adds it to a client's history.
    pub(super) fn insert(self, client: &mut Client) {
        match self {
            Self::Note(note) => client.notes.insert(0, note),
            Self::Promise(promise) => client.promises.insert(0, promise),
            Self::Contact(contact) => {
                // Newest first, whatever the order in which they are written down.
                let at = client.contacts.partition_point(|other| other.date > contact.date);
                client.contacts.insert(at, contact);
            }
        }
    }

    /// Puts something in its place, wherever in its list it stands by now, or takes it out.
    pub(super) fn replace(&self, with: Option<Self>, client: &mut Client) {
        match (self, with) {
            (Self::Note(old), Some(Self::Note(new))) => swap(&mut client.notes, old, Some(new)),
            (Self::Note(old), _) => swap(&mut client.notes, old, None),
            (Self::Promise(old), Some(Self::Promise(new))) => swap(&mut client.promises, old, Some(new)),
            (Self::Promise(old), _) => swap(&mut client.promises, old, None),
            (Self::Contact(old), Some(Self::Contact(new))) => swap(&mut client.contacts, old, Some(new)),
            (Self::Contact(old), _) => swap(&mut client.contacts, old, None),
        }
    }

    /// What it comes to by a deed, none when it is to go, and what to say of that.
    pub(super) fn after(&self, deed: &Deed) -> (Option<Self>, &'static str) {
        let mut after = self.clone();
        let said = match (&mut after, deed) {
            (_, Deed::Remove) => {
                return match self {
                    Self::Note(_) => (None, "The note was removed."),
                    Self::Promise(_) => (None, "The promise was removed."),
                    Self::Contact(_) => (None, "The conversation was removed."),
                };
            }
            (Self::Note(note), Deed::TurnSensitive) => {
                note.sensitive = !note.sensitive;
                if note.sensitive {
                    "The note stays folded beside a draft."
                } else {
                    "The note is seen beside a draft."
                }
            }
            (Self::Promise(promise), Deed::Settle(kept)) => {
                promise.kept = *kept;
                match kept {
                    Some(true) => "The promise was kept.",
                    Some(false) => "The promise was not kept.",
                    None => "The promise is open.",
                }
            }
            (_, Deed::Say(words)) => {
                after.words_mut().clone_from(words);
                "Saved."
            }
            _ => "",
        };
        (Some(after), said)
    }

    /// What it says.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Note(note) => &note.text,
            Self::Promise(promise) => &promise.text,
            Self::Contact(contact) => &contact.topic,
        }
    }

    fn words_mut(&mut self) -> &mut String {
        match self {
            Self::Note(note) => &mut note.text,
            Self::Promise(promise) => &mut promise.text,
            Self::Contact(contact) => &mut contact.topic,
        }
    }

    fn log(&self) -> Log {
        match self {
            Self::Note(_) => Log::Notes,
            Self::Promise(_) => Log::Promises,
            Self::Contact(_) => Log::Contacts,
        }
    }

    /// What stood in the field besides the one of the words.
    fn besides(&self) -> &str {
        match self {
            Self::Note(note) if note.sensitive => "on",
            Self::Promise(promise) => &promise.due,
            Self::Note(_) | Self::Contact(_) => "",
        }
    }

    fn said(&self) -> String {
        match self {
            Self::Contact(contact) => wording::conversation(contact),
            _ => self.words().to_owned(),
        }
    }

    fn when(&self, today: LocalTime) -> String {
        match self {
            Self::Note(note) => wording::ago(&note.date, today),
            Self::Contact(contact) => wording::ago(&contact.date, today),
            Self::Promise(promise) => portrait::due(promise, today),
        }
    }
}

fn swap<T: PartialEq>(list: &mut Vec<T>, old: &T, new: Option<T>) {
    let Some(at) = list.iter().position(|entry| entry == old) else {
        return;
    };
    match new {
        Some(new) => list[at] = new,
        None => {
            list.remove(at);
        }
    }
}

impl History {
    pub(super) fn new() -> Self {
        Self {
            section: dom::by_id("history"),
            begun: HashMap::new(),
            reworded: None,
        }
    }

    /// Takes a new entry out of its fields; `None` when it says nothing.
    pub(super) fn take(log: Log) -> Option<Entry> {
        let typed = |id: &str| field::typed(&dom::by_id(id));
        let take = |id: &str| field::take(&dom::by_id(id));
        let (words, _) = log.fields();
        if typed(words).trim().is_empty() && log != Log::Contacts {
            return None;
        }
        Some(match log {
            Log::Notes => Entry::Note(Note {
                date: browser::today(),
                text: take(words),
                sensitive: !take(SENSITIVE).is_empty(),
                ..Note::default()
            }),
            Log::Promises => Entry::Promise(Promise {
                text: take(words),
                made: browser::today(),
                due: take(DUE),
                ..Promise::default()
            }),
            Log::Contacts => Entry::Contact(Contact {
                date: typed("contact-date"),
                kind: typed("contact-kind"),
                topic: take(words),
                ..Contact::default()
            }),
        })
    }

    /// Puts an entry that could not be kept back into its field, before what was typed there since.
    pub(super) fn give_back(&mut self, shown: &str, client: &str, entry: &Entry) {
        let (words, besides) = entry.log().fields();
        let back = [(words, entry.words()), (besides, entry.besides())];
        for (id, text) in back.into_iter().filter(|(_, text)| !text.is_empty()) {
            let join = |since: &str| {
                let since = if id == words { since } else { "" };
                wording::joined(" ", [text, since])
            };
            if client == shown {
                let field: HtmlElement = dom::by_id(id);
                field::fill(&field, &join(&field::typed(&field)));
            } else if let Some(at) = BEGUN.iter().position(|begun| *begun == id) {
                let begun = &mut self.begun.entry(client.to_owned()).or_default()[at];
                *begun = join(begun);
            }
        }
    }

    /// Keeps what was begun with the client it is about, and takes up what was begun about the next one.
    pub(super) fn turn(&mut self, before: Option<&str>, next: Option<&str>) {
        let fields = BEGUN.map(dom::by_id::<HtmlElement>);
        if let Some(before) = before {
            self.begun
                .insert(before.to_owned(), fields.each_ref().map(field::typed));
        }
        let words = next.and_then(|next| self.begun.remove(next)).unwrap_or_default();
        for (field, words) in fields.iter().zip(words) {
            field::fill(field, &words);
        }
        self.reworded = None;
    }

    /// Shows what went on with a client; nothing for one who is not in the notebook yet.
    pub(super) fn show(&mut self, client: Option<&Client>) {
        self.section.set_hidden(client.is_none());
        let (Some(client), Some(today)) = (client, browser::local_time("")) else {
            return;
        };
        for log in LOGS {
            let entries = log.entries(client);
            let typed = self.follow_reworded(log, &entries, &client.id);
            let items = dom::items(
                &dom::by_id(log.id()),
                &format!("{}-entry", log.id()),
                entries.len(),
            );
            for (at, (item, entry)) in items.iter().zip(&entries).enumerate() {
                let is_reworded =
                    matches!(&self.reworded, Some((of, number, _)) if *of == log && *number == at);
                show_entry(item, entry, today, is_reworded);
                if let (true, Some(typed)) = (is_reworded, &typed) {
                    field::fill(&dom::part(item, "words"), typed);
                }
            }
        }
        let day: HtmlInputElement = dom::by_id("contact-date");
        if day.value().is_empty() {
            day.set_value(&browser::today());
        }
    }

    /// Finds the entry whose words are being changed where it stands by now, and gives back what is typed for
    /// it. For one that is gone or says something else, what is typed becomes something new, not added yet.
    fn follow_reworded(&mut self, log: Log, entries: &[Entry], client: &str) -> Option<String> {
        let (of, at, mut entry) = self.reworded.take_if(|(of, ..)| *of == log)?;
        let item = dom::by_id::<Element>(log.id()).children().item(at as u32);
        let field = item.map(|item| dom::part::<HtmlInputElement>(&item, "words"));
        let typed = field.filter(|words| !words.hidden()).map(|words| words.value());
        let says_so = |other: &Entry| other.words() == entry.words();
        let is_there = entries.get(at).is_some_and(says_so);
        let now = if is_there {
            Some(at)
        } else {
            entries.iter().position(says_so)
        };
        if let Some(now) = now {
            self.reworded = Some((of, now, entries[now].clone()));
            return typed;
        }
        let typed = typed.filter(|typed| typed != entry.words())?;
        *entry.words_mut() = typed;
        self.give_back(client, client, &entry);
        None
    }

    /// Opens the field for an entry's words again, with what could not be kept. Where the entry is gone, or
    /// not to be seen, or another one is being changed, that becomes something new, not added yet.
    pub(super) fn give_words_back(
        &mut self,
        shown: Option<&Client>,
        client: &str,
        before: &Entry,
        after: &Entry,
    ) {
        let log = before.log();
        let place = |shown: &Client| log.entries(shown).iter().position(|entry| entry == before);
        let place = shown.filter(|_| self.reworded.is_none()).and_then(place);
        let Some(at) = place else {
            let shown = shown.map_or("", |shown| &shown.id);
            self.give_back(shown, client, after);
            return;
        };
        self.reworded = Some((log, at, before.clone()));
        self.show(shown);
        if let Some(item) = dom::by_id::<Element>(log.id()).children().item(at as u32) {
            let words: HtmlElement = dom::part(&item, "words");
            field::fill(&words, after.words());
            dom::focus(&words);
        }
    }

    /// The entry that a request is about.
    pub(super) fn entry(client: &Client, request: &Request) -> Option<Entry> {
        request.log.entries(client).into_iter().nth(request.at)
    }

    /// Opens a field for an entry's words.
    pub(super) fn reword(&mut self, client: &Client, request: &Request) {
        let entry = Self::entry(client, request);
        self.reworded = entry.map(|entry| (request.log, request.at, entry));
        self.show(Some(client));
        focus_part(request, "words");
    }

    /// Closes the field for an entry's words, and gives back the entry; `None` when it is closed already:
    /// a browser says twice that somebody is done.
    pub(super) fn end_rewording(&mut self, client: &Client, request: &Request) -> Option<Entry> {
        let (.., entry) = self.reworded.take()?;
        self.show(Some(client));
        focus_part(request, "reword");
        Some(entry)
    }

    /// What an event in one of the lists asks for.
    pub(super) fn asked(log: Log, event: &web_sys::Event) -> Option<Request> {
        let target = rows::target(event)?;
        let part = target.closest("[data-part]").ok()??;
        let at = rows::number_of(&target)?;
        let name = part.get_attribute("data-part")?;
        let deed = match (event.type_().as_str(), name.as_str()) {
            ("click", "remove") => Deed::Remove,
            ("click", "sensitive") => Deed::TurnSensitive,
            ("click", "reword") => Deed::Reword,
            // Who has emptied the field is about to write something else.
            ("change", "words") => match said(&part) {
                Deed::Leave => return None,
                said => said,
            },
            ("change", "kept") => Deed::Settle(match field::typed(part.dyn_ref()?).as_str() {
                "kept" => Some(true),
                "broken" => Some(false),
                _ => None,
            }),
            ("keydown", "words") => match event.dyn_ref::<KeyboardEvent>()?.key().as_str() {
                "Enter" => {
                    event.prevent_default();
                    said(&part)
                }
                "Escape" => Deed::Leave,
                _ => return None,
            },
            _ => return None,
        };
        Some(Request { log, at, deed })
    }
}

fn focus_part(request: &Request, part: &str) {
    let list: Element = dom::by_id(request.log.id());
    if let Some(item) = list.children().item(request.at as u32) {
        dom::focus(&dom::part(&item, part));
    }
}

/// The words are to be what is typed, unless that is nothing.
fn said(words: &Element) -> Deed {
    match words.dyn_ref().map(field::typed).unwrap_or_default().trim() {
        "" => Deed::Leave,
        words => Deed::Say(words.to_owned()),
    }
}

fn show_entry(item: &Element, entry: &Entry, today: LocalTime, is_reworded: bool) {
    let said = entry.said();
    let text: HtmlElement = dom::part(item, "text");
    dom::set_text(&text, &said);
    text.set_hidden(is_reworded);
    let words: HtmlInputElement = dom::part(item, "words");
    if is_reworded == words.hidden() {
        words.set_hidden(!is_reworded);
        words.set_value(entry.words());
    }
    dom::set_text(&dom::part::<Element>(item, "when"), &entry.when(today));
    for (part, verb) in [("remove", "Remove"), ("reword", "Change")] {
        let button: Element = dom::part(item, part);
        dom::set_attribute(&button, "aria-label", &format!("{verb} “{said}”"));
    }
    match entry {
        Entry::Note(note) => {
            let sensitive: Element = dom::part(item, "sensitive");
            dom::set_attribute(&sensitive, "aria-label", &format!("Sensitive: “{said}”"));
            let is_sensitive = if note.sensitive { "true" } else { "false" };
            dom::set_attribute(&sensitive, "aria-pressed", is_sensitive);
        }
        Entry::Promise(promise) => {
            let kept: HtmlElement = dom::part(item, "kept");
            dom::set_attribute(&kept, "aria-label", &format!("How “{said}” stands"));
            let state = match promise.kept {
                None => "open",
                Some(true) => "kept",
                Some(false) => "broken",
            };
            field::fill(&kept, state);
            let is_late = promise.kept.is_none()
                && wording::days_since(&promise.due, today).is_some_and(|days| days > 0);
            let state = if is_late { "late" } else { state };
            dom::set_attribute(item, "data-state", state);
        }
        Entry::Contact(_) => {}
    }
}
