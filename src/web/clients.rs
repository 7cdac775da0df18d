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
mod writing;

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlButtonElement, HtmlDialogElement, HtmlElement};

use self::export::{Ended, Export};
use self::form::{Form, Press};
use self::history::{Entry, History, Log, Request};
use self::import::{Import, Wish};
use self::list::List;
use self::turning::{Leave, Shown};
use self::writing::{Saving, Written};
use super::inbox::Inbox;
use super::offers::Offers;
use super::store::{self, BackupState, Change, Notebook, Step, Watch};
use super::{browser, dom, files};
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
