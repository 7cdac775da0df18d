//! The client page: the whole notebook, to read and to write.

mod demo;
mod export;
mod field;
mod form;
mod history;
mod import;
mod list;
mod rows;
mod turning;
mod worker;

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlButtonElement, HtmlDialogElement, HtmlElement};

use self::export::{Ended, Export};
use self::form::{Form, Press};
use self::history::{Deed, Entry, History, Log, Request};
use self::import::{Import, Wish};
use self::list::List;
use self::turning::{Leave, Shown};
use super::inbox::Inbox;
use super::offers::Offers;
use super::store::{self, BackupState, Change, Notebook, Step, Watch};
use super::{browser, dom, files, wording};
use crate::Client;

/// Runs the page for as long as it stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let mut page = Page::new(inbox);
    while let Ok(event) = events.recv().await {
        page.on(event);
    }
}

#[derive(Debug)]
enum Event {
    Opened(Result<Notebook, store::Error>),
    Changed,
    Clients(Result<Vec<Client>, store::Error>),
    Filtered,
    More,
    New,
    AddDemo,
    Chosen(String),
    /// What to do with what is typed and not saved, before somebody else is shown.
    Leave(Leave),
    /// A press on a button of a list in the form.
    Pressed(Press),
    Save,
    AskDelete,
    Keep,
    Delete,
    /// Something new is written down in the history.
    Add(Log),
    /// Something is asked of an entry there.
    Asked(Request),
    Undo,
    Import(import::Event),
    /// So many clients were imported, or none.
    Imported(usize, Result<Option<Change>, store::Error>),
    Export(export::Event),
    /// How old the last backup is.
    Backup(Result<BackupState, store::Error>),
    Written(Result<Written, store::Error>),
    /// What was typed in the form is in the notebook, or is not.
    Saved(Result<Written, store::Error>),
    /// What was written down about this client is not in the notebook.
    NotKept {
        client: String,
        entry: Entry,
        why: store::Error,
    },
    /// The words of an entry could not be changed to what is in `after`.
    NotReworded {
        client: String,
        before: Entry,
        after: Entry,
        why: store::Error,
    },
}

/// How far the saving of what is typed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Saving {
    No,
    /// Until it is seen in the form: what is not seen yet would be written twice.
    UnderWay,
    /// And once more after that, for what is typed meanwhile.
    Again,
}

/// What was written, and what is to be seen of it.
#[derive(Debug)]
enum Written {
    /// A new client, who is now to be shown.
    Added { id: String },
    /// What was changed in the form of a client; none where it was so already.
    Saved { change: Option<Change> },
    /// A client is as they were before, and to be shown.
    Undone { id: String },
    /// So many clients came from a file.
    Imported { count: usize, change: Change },
    /// Something that shows by itself.
    Shown,
    /// Something that can be undone right away, in words: `Cathy Andre was deleted.`
    Undoable { words: String, change: Change },
}

struct Page {
    inbox: Inbox<Event>,
    notebook: Option<Rc<Notebook>>,
    watch: Option<Watch>,
    offers: Option<Offers>,
    clients: Vec<Client>,
    /// The generation of the notebook that they are of.
    generation: u32,
    shown: Shown,
    /// Whom to show once what is typed is saved or dropped.
    next: Option<Shown>,
    undo: Option<Change>,
    saving: Saving,
    /// What was written and shows with the clients as they are then, so that nothing is said before it is seen.
    unseen: Vec<Written>,

    list: List,
    form: Form,
    history: History,
    import: Import,
    export: Export,
    heading: HtmlElement,
    trouble: HtmlElement,
    confirm: HtmlDialogElement,
    leave: HtmlDialogElement,
    done: HtmlElement,
    _listeners: Vec<EventListener>,
}

impl Page {
    fn new(inbox: Inbox<Event>) -> Self {
        let form = Form::new();
        let listeners = listeners(&inbox, &form);
        let (import, export) = (Import::new(&inbox), Export::new(&inbox));
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
            offers: None,
            clients: Vec::new(),
            generation: 0,
            shown: address
                .strip_prefix('#')
                .map_or(Shown::Nobody, |id| Shown::Known(id.to_owned())),
            next: None,
            undo: None,
            saving: Saving::No,
            unseen: Vec::new(),
            list: List::new(),
            form,
            history: History::new(),
            import,
            export,
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
                let notebook = Rc::new(notebook);
                self.notebook = Some(Rc::clone(&notebook));
                self.offers = Some(Offers::of_everybody(&notebook));
                self.read_clients();
                spawn_local(async move {
                    store::ask_to_keep().await;
                    // What is not tidied up now is at the next opening; damage shows by itself.
                    notebook.tidy().await.ok();
                });
            }
            Event::Opened(Err(error)) | Event::Clients(Err(error)) => {
                self.say_trouble(&format!("Your notebook cannot be opened: {error}."));
                dom::by_id::<HtmlElement>("recovery").set_hidden(!error.wants_recovery());
                dom::by_id::<HtmlElement>("notebook").set_hidden(true);
            }
            Event::Changed => self.read_clients(),
            Event::Clients(Ok(clients)) => {
                self.list.renew(&clients);
                self.clients = clients;
                self.show();
                for written in std::mem::take(&mut self.unseen) {
                    self.show_written(written);
                }
                self.read_backup_state();
            }
            Event::Filtered => {
                self.list.begin_anew();
                self.show_list();
            }
            Event::More => {
                self.list.grow();
                self.show_list();
            }
            Event::New => self.ask_to_turn_to(Shown::New),
            Event::Leave(leave) => self.leave(leave),
            Event::AddDemo => self.write(async |notebook| {
                let clients = demo::clients().await?.into_iter().map(|client| Step {
                    before: None,
                    after: Some(client),
                });
                notebook
                    .batch(store::Deed::Import, clients.collect(), |_| true)
                    .await?;
                Ok(Written::Shown)
            }),
            Event::Chosen(id) => self.ask_to_turn_to(Shown::Known(id)),
            Event::Pressed(press) => self.form.press(&press),
            Event::Save => self.save(),
            Event::AskDelete => self.ask_delete(),
            Event::Keep => self.confirm.close(),
            Event::Delete => self.delete(),
            Event::Add(log) => self.add(log),
            Event::Asked(request) => self.asked(&request),
            Event::Undo => self.undo(),
            Event::Import(event) => self.on_import(event),
            Event::Imported(count, Ok(Some(change))) => self.written(Written::Imported { count, change }),
            Event::Imported(_, Ok(None)) => self.import.written(),
            Event::Imported(_, Err(why)) => self.import.not_written(&why),
            Event::Export(event) => match self.export.on(event, &self.clients, self.generation) {
                Some(Ended::Saved { backup_of }) => self.saved(backup_of),
                Some(Ended::Failed(why)) => self.say_trouble(&format!("No file was made: {why}.")),
                None => {}
            },
            Event::Backup(Ok(state)) => {
                self.generation = state.generation;
                dom::show_text(&dom::by_id("last-backup"), &files::last_backup(&state));
            }
            // The notebook itself is whole; only this line is missing.
            Event::Backup(Err(_)) => {}
            Event::Written(Ok(written)) | Event::Saved(Ok(written)) => self.written(written),
            Event::Written(Err(why)) => self.not_written(&why),
            Event::Saved(Err(why)) => {
                self.saving = Saving::No;
                self.not_written(&why);
            }
            Event::NotReworded {
                client,
                before,
                after,
                why,
            } => {
                self.say_trouble(&format!("“{}” could not be saved: {why}.", after.words()));
                let shown = self.client().cloned().filter(|shown| shown.id == client);
                self.history
                    .give_words_back(shown.as_ref(), &client, &before, &after);
            }
            Event::NotKept { client, entry, why } => {
                let words = entry.words().to_owned();
                self.history
                    .give_back(self.shown.id().unwrap_or_default(), &client, &entry);
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

    fn read_backup_state(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Backup(notebook.backup_state().await)) });
        }
    }

    fn on_import(&mut self, event: import::Event) {
        if matches!(event, import::Event::Chosen) {
            // What was done before is not what would be undone from here.
            self.say_done("");
        }
        match self.import.on(event, &self.clients) {
            Some(Wish::Write { steps, goes_on }) => self.write_import(steps, goes_on),
            Some(Wish::Close) => dom::focus(&self.heading),
            None => {}
        }
    }

    fn write_import(&self, steps: Vec<Step>, goes_on: Rc<Cell<bool>>) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let (inbox, count) = (self.inbox.clone(), steps.len());
        spawn_local(async move {
            let tell = |done| {
                inbox.put(Event::Import(import::Event::Writing(done)));
                goes_on.get()
            };
            let imported = notebook.batch(store::Deed::Import, steps, tell).await;
            inbox.put(Event::Imported(count, imported));
        });
    }

    /// A file is on its way to the disk.
    fn saved(&mut self, backup_of: Option<u32>) {
        self.undo = None;
        self.say_trouble("");
        self.say_done(if backup_of.is_some() {
            "The backup was made."
        } else {
            "The file was made."
        });
        if let (Some(generation), Some(notebook)) = (backup_of, self.notebook.clone()) {
            let inbox = self.inbox.clone();
            spawn_local(async move {
                // Should this not be noted, the next backup is asked for too early: no harm.
                notebook.backed_up(generation).await.ok();
                inbox.put(Event::Backup(notebook.backup_state().await));
            });
        }
    }

    /// Does some work on the notebook; how it ends comes as an event.
    fn write(&self, work: impl AsyncFnOnce(&Notebook) -> Result<Written, store::Error> + 'static) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Written(work(&notebook).await)) });
        }
    }

    fn not_written(&mut self, why: &store::Error) {
        self.next = None;
        self.say_done("");
        self.say_trouble(&format!("This could not be saved: {why}."));
    }

    /// Shows what was written once the clients have been read again.
    fn written(&mut self, written: Written) {
        let is_new = !matches!(written, Written::Shown | Written::Saved { change: None });
        let is_heard_of = self.watch.is_some() && is_new;
        if is_heard_of {
            self.unseen.push(written);
        } else {
            self.show_written(written);
        }
    }

    fn show_written(&mut self, written: Written) {
        self.say_trouble("");
        self.undo = None;
        let mut saving = Saving::No;
        if matches!(written, Written::Added { .. } | Written::Saved { .. }) {
            saving = std::mem::replace(&mut self.saving, Saving::No);
        }
        match written {
            Written::Saved { change } => {
                let words = if change.is_some() { "Saved." } else { "" };
                self.undo = change;
                self.say_done(words);
            }
            Written::Added { id } => {
                self.turn_to(Shown::Known(id));
                self.say_done("Saved.");
                dom::focus(&self.heading);
            }
            Written::Imported { count, change } => {
                self.import.written();
                self.undo = Some(change);
                self.say_done(&format!("{} imported.", wording::count(count, "client")));
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
        if saving == Saving::Again && self.form.unsaved()() {
            self.save();
        } else if let Some(next) = self.next.take() {
            self.show_next(next);
        }
    }

    fn save(&mut self) {
        if self.saving != Saving::No {
            self.saving = Saving::Again;
            return;
        }
        let edits = match self.form.edits() {
            Ok(edits) => edits,
            Err(refusal) => {
                self.next = None;
                self.form.refuse(&refusal);
                return;
            }
        };
        self.form.say_trouble("");
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        self.saving = Saving::UnderWay;
        let (inbox, shown) = (self.inbox.clone(), self.shown.clone());
        spawn_local(async move {
            let saved = if let Shown::Known(id) = shown {
                let change = notebook.edit(&id, |client| edits.apply(client)).await;
                change.map(|change| Written::Saved { change })
            } else {
                let mut client = Client::default();
                edits.apply(&mut client);
                let added = notebook.add(vec![client]).await;
                added.map(|added| match added.into_iter().next() {
                    Some(client) => Written::Added { id: client.id },
                    None => Written::Saved { change: None },
                })
            };
            inbox.put(Event::Saved(saved));
        });
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

    /// Adds something to the history of the client shown. Its field is empty already, for the next one to
    /// be typed, so it is given back should it not be kept.
    fn add(&self, log: Log) {
        let (Some(client), Some(notebook)) = (self.client(), self.notebook.clone()) else {
            return;
        };
        let Some(entry) = History::take(log) else { return };
        let (client, inbox) = (client.id.clone(), self.inbox.clone());
        spawn_local(async move {
            let added = entry.clone();
            if let Err(why) = notebook.edit(&client, |client| added.insert(client)).await {
                inbox.put(Event::NotKept { client, entry, why });
            }
        });
    }

    /// Does to an entry of the history what is asked for: to the one that was seen there, wherever in its
    /// list it stands by now.
    fn asked(&mut self, request: &Request) {
        let Some(client) = self.client().cloned() else {
            return;
        };
        let entry = match request.deed {
            Deed::Reword => {
                self.history.reword(&client, request);
                None
            }
            Deed::Leave | Deed::Say(_) => self.history.end_rewording(&client, request),
            _ => History::entry(&client, request),
        };
        let Some(entry) = entry else { return };
        let (after, words) = entry.after(&request.deed);
        if after.as_ref() == Some(&entry) {
            return;
        }
        if let (Deed::Say(_), Some(after)) = (&request.deed, &after) {
            self.reword(client.id, entry, after.clone());
            return;
        }
        self.write(async move |notebook| {
            let change = notebook
                .edit(&client.id, |client| entry.replace(after, client))
                .await?;
            Ok(change.map_or(Written::Shown, |change| Written::Undoable {
                words: words.to_owned(),
                change,
            }))
        });
    }

    /// Changes the words of an entry. Its field is closed already, so what was typed is given back should it
    /// not be kept.
    fn reword(&self, client: String, before: Entry, after: Entry) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let change = notebook
                .edit(&client, |client| before.replace(Some(after.clone()), client))
                .await;
            inbox.put(
                match change.and_then(|change| change.ok_or(store::Error::ChangedSince)) {
                    Ok(change) => Event::Written(Ok(Written::Undoable {
                        words: "Saved.".to_owned(),
                        change,
                    })),
                    Err(why) => Event::NotReworded {
                        client,
                        before,
                        after,
                        why,
                    },
                },
            );
        });
    }

    fn undo(&mut self) {
        let Some(change) = self.undo.take() else { return };
        // An import of thousands takes a while.
        self.say_done("Taking it back…");
        self.write(async move |notebook| {
            let id = notebook.undo(change).await?;
            Ok(Written::Undone { id })
        });
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

/// All that the page listens to.
fn listeners(inbox: &Inbox<Event>, form: &Form) -> Vec<EventListener> {
    let by_id = |id: &str| dom::by_id::<Element>(id);
    let press = |id: &str, event: fn() -> Event| inbox.on(&by_id(id), "click", move |_| Some(event()));
    let submit = |id: &str, event: fn() -> Event| {
        inbox.on(&by_id(id), "submit", move |submitted| {
            submitted.prevent_default();
            Some(event())
        })
    };
    let unsaved = form.unsaved();
    let mut listeners = vec![
        press("new", || Event::New),
        press("first", || Event::New),
        press("demo", || Event::AddDemo),
        press("more", || Event::More),
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
        inbox.on(&by_id("form"), "click", |event| {
            Form::pressed(event).map(Event::Pressed)
        }),
        inbox.on(&by_id("filter"), "input", |_| Some(Event::Filtered)),
        inbox.on(&by_id("list"), "click", |event| {
            List::pressed(event).map(Event::Chosen)
        }),
    ];
    for log in [Log::Notes, Log::Promises, Log::Contacts] {
        listeners.push(inbox.on(&by_id(log.form()), "submit", move |submitted| {
            submitted.prevent_default();
            Some(Event::Add(log))
        }));
        for event in ["click", "change", "keydown"] {
            let asked = move |event: &web_sys::Event| History::asked(log, event).map(Event::Asked);
            listeners.push(inbox.on(&by_id(log.id()), event, asked));
        }
    }
    listeners
}
