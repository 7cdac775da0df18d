//! The client page: the whole notebook, to read and to write.

mod demo;
mod form;

use std::collections::HashMap;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Element, HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

use self::form::Form;
use super::inbox::Inbox;
use super::store::{self, Change, Notebook, Watch};
use super::{browser, dom, wording};
use crate::Client;
use crate::client::lookup::lookup;
use crate::client::{Contact, Note};

/// Runs the page for as long as it stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let mut page = Page::new(inbox);
    while let Ok(event) = events.recv().await {
        page.on(event);
    }
}

enum Event {
    Opened(Result<Notebook, store::Error>),
    Changed,
    Clients(Result<Vec<Client>, store::Error>),
    Filtered,
    New,
    AddDemo,
    Chosen(String),
    /// What to do with what is typed and not saved, before somebody else is shown.
    Leave(Leave),
    Save,
    AskDelete,
    Keep,
    Delete,
    AddNote,
    AddContact,
    RemoveNote(usize),
    RemoveContact(usize),
    Undo,
    Written(Result<Written, store::Error>),
    /// A note or a conversation is not in the notebook.
    NotKept {
        words: String,
        why: store::Error,
    },
}

/// What was written, and what is to be seen of it.
enum Written {
    /// A new client, who is now to be shown.
    Added(Box<Client>),
    /// A client is as they were before, and to be shown.
    Undone { id: String },
    /// Something that shows by itself.
    Shown,
    /// Something that can be undone right away, in words: `Cathy Andre was deleted.`
    Undoable { words: String, change: Change },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leave {
    Save,
    Drop,
    Stay,
}

/// Which client the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Shown {
    Nobody,
    /// One who is not in the notebook yet.
    New,
    /// The one with this key.
    Known(String),
}

struct Page {
    inbox: Inbox<Event>,
    notebook: Option<Rc<Notebook>>,
    watch: Option<Watch>,
    clients: Vec<Client>,
    shown: Shown,
    /// Whom to show once what is typed is saved or dropped.
    next: Option<Shown>,
    /// Notes and conversations that were begun and not added yet, by the client's key.
    begun: HashMap<String, [String; BEGUN.len()]>,
    undo: Option<Change>,

    form: Form,
    filter: HtmlInputElement,
    list: HtmlElement,
    heading: HtmlElement,
    trouble: HtmlElement,
    confirm: HtmlDialogElement,
    leave: HtmlDialogElement,
    done: HtmlElement,
    _listeners: Vec<EventListener>,
}

impl Page {
    fn new(inbox: Inbox<Event>) -> Self {
        let press = |id: &str, event: fn() -> Event| {
            inbox.on(&dom::by_id::<Element>(id), "click", move |_| Some(event()))
        };
        let submit = |id: &str, event: fn() -> Event| {
            inbox.on(&dom::by_id::<Element>(id), "submit", move |submitted| {
                submitted.prevent_default();
                Some(event())
            })
        };
        let form = Form::new();
        let unsaved = form.unsaved();
        let listeners = vec![
            press("new", || Event::New),
            press("first", || Event::New),
            press("demo", || Event::AddDemo),
            press("delete", || Event::AskDelete),
            press("confirm-keep", || Event::Keep),
            press("confirm-delete", || Event::Delete),
            press("undo", || Event::Undo),
            press("leave-save", || Event::Leave(Leave::Save)),
            press("leave-drop", || Event::Leave(Leave::Drop)),
            press("leave-stay", || Event::Leave(Leave::Stay)),
            inbox.on(&dom::window(), "beforeunload", move |event| {
                if unsaved() {
                    event.prevent_default();
                }
                None
            }),
            submit("form", || Event::Save),
            submit("note-form", || Event::AddNote),
            submit("contact-form", || Event::AddContact),
            inbox.on(&dom::by_id::<Element>("filter"), "input", |_| {
                Some(Event::Filtered)
            }),
            inbox.on(&dom::by_id::<Element>("list"), "click", |event| {
                pressed_in(event, "data-client").map(Event::Chosen)
            }),
            inbox.on(&dom::by_id::<Element>("notes"), "click", |event| {
                Some(Event::RemoveNote(pressed_in(event, "data-remove")?.parse().ok()?))
            }),
            inbox.on(&dom::by_id::<Element>("contacts"), "click", |event| {
                Some(Event::RemoveContact(
                    pressed_in(event, "data-remove")?.parse().ok()?,
                ))
            }),
        ];
        let zones: Element = dom::by_id("timezones");
        for zone in browser::time_zones() {
            let option: Element = dom::stamp("zone");
            dom::set_attribute(&option, "value", &zone);
            dom::append(&zones, &option);
        }
        let opening = inbox.clone();
        spawn_local(async move { opening.put(Event::Opened(Notebook::open().await)) });
        let address = dom::window().location().hash().unwrap_or_default();
        Self {
            inbox,
            notebook: None,
            watch: None,
            clients: Vec::new(),
            shown: address
                .strip_prefix('#')
                .map_or(Shown::Nobody, |id| Shown::Known(id.to_owned())),
            next: None,
            begun: HashMap::new(),
            undo: None,
            form,
            filter: dom::by_id("filter"),
            list: dom::by_id("list"),
            heading: dom::by_id("heading"),
            trouble: dom::by_id("trouble"),
            confirm: dom::by_id("confirm"),
            leave: dom::by_id("leave"),
            done: dom::by_id("done"),
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
                self.say_trouble(&format!("Your notebook cannot be opened: {error}."));
            }
            Event::Changed => self.read_clients(),
            Event::Clients(Ok(clients)) => {
                self.clients = clients;
                self.show();
            }
            Event::Filtered => self.show_list(),
            Event::New => self.ask_to_turn_to(Shown::New),
            Event::Leave(leave) => self.leave(leave),
            Event::AddDemo => self.write(async |notebook| {
                notebook.add(demo::clients().await?).await?;
                Ok(Written::Shown)
            }),
            Event::Chosen(id) => self.ask_to_turn_to(Shown::Known(id)),
            Event::Save => self.save(),
            Event::AskDelete => self.ask_delete(),
            Event::Keep => self.confirm.close(),
            Event::Delete => self.delete(),
            Event::AddNote => self.add_note(),
            Event::AddContact => self.add_contact(),
            Event::RemoveNote(index) => {
                let removed = self.client().and_then(|client| client.notes.get(index)).cloned();
                self.remove("The note was removed.", removed, |client| &mut client.notes);
            }
            Event::RemoveContact(index) => {
                let removed = self
                    .client()
                    .and_then(|client| client.contacts.get(index))
                    .cloned();
                self.remove("The conversation was removed.", removed, |client| {
                    &mut client.contacts
                });
            }
            Event::Undo => self.undo(),
            Event::Written(Ok(written)) => self.written(written),
            Event::Written(Err(why)) => {
                self.next = None;
                self.say_trouble(&format!("This could not be saved: {why}."));
            }
            Event::NotKept { words, why } => {
                self.say_trouble(&format!("“{words}” could not be saved: {why}."));
            }
        }
    }

    /// The client shown, as the notebook has them.
    fn client(&self) -> Option<&Client> {
        let Shown::Known(id) = &self.shown else {
            return None;
        };
        self.clients.iter().find(|client| client.id == *id)
    }

    fn read_clients(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Clients(notebook.clients().await)) });
        }
    }

    /// Does some work on the notebook; how it ends comes as an event.
    fn write(&self, work: impl AsyncFnOnce(&Notebook) -> Result<Written, store::Error> + 'static) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Written(work(&notebook).await)) });
        }
    }

    fn written(&mut self, written: Written) {
        self.say_trouble("");
        self.undo = None;
        match written {
            Written::Added(client) => {
                let id = client.id.clone();
                self.clients.push(*client);
                self.turn_to(Shown::Known(id));
                self.say_done("Saved.");
                dom::focus(&self.heading);
            }
            Written::Undone { id } => {
                let undone = Shown::Known(id);
                // Somebody else may be shown by now, with something typed that is not saved.
                if self.shown != undone && !self.form.unsaved()() {
                    self.turn_to(undone);
                }
                self.say_done("");
                dom::focus(&self.heading);
            }
            Written::Shown => self.say_done(""),
            Written::Undoable { words, change } => {
                self.undo = Some(change);
                self.say_done(&words);
                if self.client().is_none() {
                    dom::focus(&dom::by_id("undo"));
                }
            }
        }
        if let Some(next) = self.next.take() {
            self.show_next(next);
        }
    }

    fn save(&mut self) {
        let edits = match self.form.edits() {
            Ok(edits) => edits,
            Err(words) => {
                self.next = None;
                self.form.say_trouble(&words);
                return;
            }
        };
        self.form.say_trouble("");
        if let Shown::Known(id) = self.shown.clone() {
            self.write(async move |notebook| {
                Ok(match notebook.edit(&id, |client| edits.apply(client)).await? {
                    Some(change) => Written::Undoable {
                        words: "Saved.".to_owned(),
                        change,
                    },
                    None => Written::Shown,
                })
            });
        } else {
            let mut client = Client::default();
            edits.apply(&mut client);
            self.write(async |notebook| {
                let added = notebook.add(vec![client]).await?;
                let added = added.into_iter().next().map(Box::new);
                Ok(added.map_or(Written::Shown, Written::Added))
            });
        }
    }

    fn ask_delete(&self) {
        let Some(client) = self.client() else { return };
        let words = format!("Delete {} and all that is noted about them?", client.name);
        dom::set_text(&dom::by_id::<Element>("confirm-text"), &words);
        // Refused only when it is open already.
        self.confirm.show_modal().ok();
    }

    fn delete(&self) {
        self.confirm.close();
        let Some(client) = self.client().cloned() else {
            return;
        };
        self.write(async move |notebook| {
            let change = notebook.delete(&client.id).await?;
            Ok(Written::Undoable {
                words: format!("{} was deleted.", client.name),
                change,
            })
        });
    }

    fn add_note(&self) {
        let Some(client) = self.client() else { return };
        let text = taken("note");
        if !text.is_empty() {
            let note = Note {
                date: browser::today(),
                text,
                ..Note::default()
            };
            self.insert(client.id.clone(), note.text.clone(), |client| {
                client.notes.insert(0, note);
            });
        }
    }

    fn add_contact(&self) {
        let Some(client) = self.client() else { return };
        let contact = Contact {
            date: dom::by_id::<HtmlInputElement>("contact-date").value(),
            kind: dom::by_id::<HtmlSelectElement>("contact-kind").value(),
            topic: taken("contact-topic"),
            ..Contact::default()
        };
        self.insert(client.id.clone(), wording::conversation(&contact), |client| {
            // Newest first, whatever the order in which they are written down.
            let at = client.contacts.partition_point(|other| other.date > contact.date);
            client.contacts.insert(at, contact);
        });
    }

    /// Adds something to a client's history. Its field is empty already, for the next one to be
    /// typed, so its words are said again should they not be kept.
    fn insert(&self, id: String, words: String, insert: impl FnOnce(&mut Client) + 'static) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            if let Err(why) = notebook.edit(&id, insert).await {
                inbox.put(Event::NotKept { words, why });
            }
        });
    }

    /// Removes one entry from a list of the client shown: the one that was seen there, wherever in the
    /// list it stands by now.
    fn remove<T: PartialEq + 'static>(
        &self,
        words: &'static str,
        removed: Option<T>,
        list: fn(&mut Client) -> &mut Vec<T>,
    ) {
        let (Some(client), Some(removed)) = (self.client(), removed) else {
            return;
        };
        let id = client.id.clone();
        self.write(async move |notebook| {
            let change = notebook
                .edit(&id, |client| {
                    let list = list(client);
                    if let Some(at) = list.iter().position(|entry| *entry == removed) {
                        list.remove(at);
                    }
                })
                .await?;
            Ok(change.map_or(Written::Shown, |change| Written::Undoable {
                words: words.to_owned(),
                change,
            }))
        });
    }

    fn undo(&mut self) {
        let Some(change) = self.undo.take() else { return };
        self.write(async move |notebook| {
            let id = notebook.undo(change).await?;
            Ok(Written::Undone { id })
        });
    }
}

impl Page {
    /// Shows somebody else, or asks first where that would drop what is typed.
    fn ask_to_turn_to(&mut self, next: Shown) {
        if next == self.shown && next != Shown::New {
            dom::focus(&self.heading);
        } else if self.form.unsaved()() {
            let words = match self.client() {
                Some(client) => format!("What you changed about {} is not saved.", client.name),
                None => "The new client is not saved.".to_owned(),
            };
            dom::set_text(&dom::by_id::<Element>("leave-text"), &words);
            self.next = Some(next);
            // Refused only when it is open already.
            self.leave.show_modal().ok();
        } else {
            self.show_next(next);
        }
    }

    fn leave(&mut self, leave: Leave) {
        self.leave.close();
        match leave {
            Leave::Save => self.save(),
            Leave::Drop => {
                if let Some(next) = self.next.take() {
                    self.show_next(next);
                }
            }
            Leave::Stay => self.next = None,
        }
    }

    fn show_next(&mut self, next: Shown) {
        let is_new = next == Shown::New;
        self.turn_to(next);
        if is_new {
            Form::focus();
        } else {
            dom::focus(&self.heading);
        }
    }

    fn turn_to(&mut self, shown: Shown) {
        let begun = BEGUN.map(dom::by_id::<HtmlInputElement>);
        if let Shown::Known(before) = &self.shown {
            let words = begun.each_ref().map(HtmlInputElement::value);
            self.begun.insert(before.clone(), words);
        }
        let words = if let Shown::Known(id) = &shown {
            self.begun.remove(id)
        } else {
            None
        };
        for (field, words) in begun.iter().zip(words.unwrap_or_default()) {
            field.set_value(&words);
        }
        self.shown = shown;
        self.form.forget();
        self.say_trouble("");
        self.show();
    }

    fn show(&mut self) {
        dom::by_id::<HtmlElement>("notebook").set_hidden(false);
        let is_empty = self.clients.is_empty() && self.shown != Shown::New;
        dom::by_id::<HtmlElement>("empty").set_hidden(!is_empty);
        dom::by_id::<HtmlElement>("side").set_hidden(self.clients.is_empty());
        let total = match self.clients.len() {
            0 => String::new(),
            count => wording::count(count, "client"),
        };
        dom::show_text(&dom::by_id("total"), &total);
        self.show_list();
        self.show_client();
    }

    fn show_list(&self) {
        let found = lookup(&self.clients, &self.filter.value());
        dom::by_id::<HtmlElement>("none").set_hidden(!found.is_empty() || self.clients.is_empty());
        for (row, client) in dom::items(&self.list, "client", found.len()).iter().zip(found) {
            dom::set_attribute(row, "data-client", &client.id);
            dom::set_text(&dom::part::<Element>(row, "name"), &client.name);
            dom::set_text(&dom::part::<Element>(row, "company"), &client.company);
            let is_shown = matches!(&self.shown, Shown::Known(id) if *id == client.id);
            let button: Element = dom::part(row, "button");
            dom::set_attribute(&button, "aria-current", if is_shown { "true" } else { "false" });
        }
    }

    fn show_client(&mut self) {
        let client = self.client().cloned();
        let page: HtmlElement = dom::by_id("page");
        page.set_hidden(client.is_none() && self.shown != Shown::New);
        for id in ["history", "delete"] {
            dom::by_id::<HtmlElement>(id).set_hidden(client.is_none());
        }
        let name = client
            .as_ref()
            .map_or("New client", |client| client.name.as_str());
        dom::set_text(&self.heading, name);
        if page.hidden() {
            self.form.forget();
            return;
        }
        let client = client.unwrap_or_default();
        self.form.show(&client);
        let today = browser::local_time("");
        let ago = |date: &str| today.map_or(date.to_owned(), |today| wording::ago(date, today));
        let notes = client
            .notes
            .iter()
            .map(|note| (note.text.clone(), ago(&note.date)));
        entries("notes", notes.collect());
        let contacts = client.contacts.iter();
        let contacts = contacts.map(|contact| (wording::conversation(contact), ago(&contact.date)));
        entries("contacts", contacts.collect());
        show_today();
    }

    fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }

    /// Says what was done, with a way back where there is one.
    fn say_done(&self, words: &str) {
        dom::set_text(&dom::by_id::<Element>("done-text"), words);
        self.done.set_hidden(words.is_empty());
        dom::by_id::<HtmlButtonElement>("undo").set_hidden(self.undo.is_none());
    }
}

/// The fields of what is added to a client's history.
const BEGUN: [&str; 2] = ["note", "contact-topic"];

/// Offers today as the day of a conversation.
fn show_today() {
    let day: HtmlInputElement = dom::by_id("contact-date");
    if day.value().is_empty() {
        day.set_value(&browser::today());
    }
}

/// The attribute of the pressed row that has it.
fn pressed_in(event: &web_sys::Event, attribute: &str) -> Option<String> {
    let pressed = event.target()?.dyn_into::<Element>().ok()?;
    pressed
        .closest(&format!("[{attribute}]"))
        .ok()??
        .get_attribute(attribute)
}

/// What is typed in a field, which is empty then.
fn taken(id: &str) -> String {
    let field: HtmlInputElement = dom::by_id(id);
    let text = field.value().trim().to_owned();
    field.set_value("");
    text
}

/// Fills a list of dated entries, each with a button that removes it.
fn entries(id: &str, entries: Vec<(String, String)>) {
    let items = dom::items(&dom::by_id(id), "entry", entries.len());
    for (at, (item, (words, when))) in items.iter().zip(entries).enumerate() {
        dom::set_text(&dom::part::<Element>(item, "text"), &words);
        dom::set_text(&dom::part::<Element>(item, "when"), &when);
        let remove: Element = dom::part(item, "remove");
        dom::set_attribute(&remove, "data-remove", &at.to_string());
        dom::set_attribute(&remove, "aria-label", &format!("Remove “{words}”"));
    }
}
