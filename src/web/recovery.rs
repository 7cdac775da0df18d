//! The recovery page: what is left of a notebook that does not open, what can be put back, what changed.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlInputElement};

use super::inbox::Inbox;
use super::store::recovery::{self, Survey};
use super::store::{self, BackupState, Change, Deed, History, Notebook, Past, Watch};
use super::{browser, dom, files, wording};
use crate::exchange::Format;

/// What has to be typed before a notebook is begun anew.
const START_ANEW: &str = "start anew";

/// How many changes are listed.
const MOST_CHANGES: usize = 100;

/// Runs the page for as long as it stands.
pub(super) async fn run() {
    let (inbox, mut events) = Inbox::new();
    let mut page = Page::new(inbox);
    page.look();
    while let Ok(event) = events.recv().await {
        page.on(event);
    }
}

enum Event {
    Surveyed(Box<Survey>),
    Kept(Vec<String>),
    Opened(Result<Notebook, store::Error>),
    Changed,
    History(Result<History, store::Error>),
    Save,
    SaveKept(String),
    ReadKept(String, Result<(String, bool), store::Error>),
    Restore,
    Typed,
    StartAnew,
    /// A restoration or a new beginning is through, or is not.
    Done(&'static str, Result<(), store::Error>),
    BackUp,
    /// The notebook was put into a file, or cannot be.
    BackedUp(Result<String, store::Error>),
    Backup(Result<BackupState, store::Error>),
    Undo,
    Undone(Result<(), store::Error>),
}

struct Page {
    inbox: Inbox<Event>,
    survey: Option<Rc<Survey>>,
    notebook: Option<Rc<Notebook>>,
    watch: Option<Watch>,
    /// The newest change that was not taken back.
    last: Option<Change>,
    state: HtmlElement,
    trouble: HtmlElement,
    restore: HtmlButtonElement,
    words: HtmlInputElement,
    anew: HtmlButtonElement,
    _listeners: Vec<EventListener>,
}

impl Page {
    fn new(inbox: Inbox<Event>) -> Self {
        let press = |id: &str, event: fn() -> Event| {
            inbox.on(&dom::by_id::<Element>(id), "click", move |_| Some(event()))
        };
        let words: HtmlInputElement = dom::by_id("words");
        let listeners = vec![
            press("save", || Event::Save),
            press("restore", || Event::Restore),
            press("anew", || Event::StartAnew),
            press("undo", || Event::Undo),
            press("back-up", || Event::BackUp),
            inbox.on(&words, "input", |_| Some(Event::Typed)),
            inbox.on(&dom::by_id::<Element>("kept"), "click", |event| {
                let pressed = event.target()?.dyn_into::<Element>().ok()?;
                let name = pressed.closest("[data-kept]").ok()??.get_attribute("data-kept")?;
                Some(Event::SaveKept(name))
            }),
        ];
        Self {
            inbox,
            survey: None,
            notebook: None,
            watch: None,
            last: None,
            state: dom::by_id("state"),
            trouble: dom::by_id("trouble"),
            restore: dom::by_id("restore"),
            words,
            anew: dom::by_id("anew"),
            _listeners: listeners,
        }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Surveyed(survey) => self.surveyed(*survey),
            Event::Kept(names) => show_kept(&names),
            Event::Opened(Ok(notebook)) => {
                let inbox = self.inbox.clone();
                self.watch = Notebook::watch(move || inbox.put(Event::Changed)).ok();
                self.notebook = Some(Rc::new(notebook));
                self.read_history();
            }
            Event::Changed => self.read_history(),
            Event::History(Ok(history)) => self.show_history(history),
            Event::Opened(Err(error)) | Event::History(Err(error)) => {
                self.say_trouble(&format!("Your notebook cannot be opened: {error}."));
            }
            Event::Save => {
                if let Some(survey) = &self.survey {
                    save_backup(&survey.backup());
                    self.restore.set_disabled(false);
                }
            }
            Event::SaveKept(name) => {
                let inbox = self.inbox.clone();
                spawn_local(async move {
                    let text = recovery::kept_file(&name).await;
                    inbox.put(Event::ReadKept(name, text));
                });
            }
            Event::ReadKept(name, Ok((text, is_whole))) => {
                files::save_text(&text, &format!("candor-{name}.json"));
                let damaged = "This was damaged since it was kept. It is saved as it is: look closely before you import it.";
                self.say_trouble(if is_whole { "" } else { damaged });
            }
            Event::ReadKept(_, Err(error)) => {
                self.say_trouble(&format!("This cannot be read: {error}."));
            }
            Event::Restore => self.work("Your notebook is restored.", Survey::restore),
            Event::Typed => self.anew.set_disabled(self.words.value().trim() != START_ANEW),
            Event::StartAnew if self.words.value().trim() == START_ANEW => {
                self.work(
                    "Your notebook begins anew. What was there is kept below.",
                    Survey::start_anew,
                );
            }
            Event::Done(words, Ok(())) => {
                dom::show_text(&dom::by_id("done"), words);
                self.look();
            }
            Event::Done(_, Err(error)) => {
                self.say_trouble(&format!(
                    "This did not succeed: {error}. Nothing that was there is lost; you can try again."
                ));
                self.look();
            }
            Event::BackUp => self.back_up(),
            Event::BackedUp(Ok(text)) => {
                save_backup(&text);
                self.read_history();
            }
            Event::BackedUp(Err(error)) => self.say_trouble(&format!("There is no backup: {error}.")),
            Event::Backup(Ok(state)) => show_backup(&state),
            Event::StartAnew | Event::Backup(Err(_)) => {}
            Event::Undo => self.undo(),
            Event::Undone(Ok(())) => {
                self.say_trouble("");
                self.read_history();
            }
            Event::Undone(Err(error)) => self.say_trouble(&format!("This could not be undone: {error}.")),
        }
    }

    /// Looks at all there is, anew.
    fn look(&mut self) {
        self.notebook = None;
        self.survey = None;
        self.restore.set_disabled(true);
        self.anew.set_disabled(true);
        let inbox = self.inbox.clone();
        spawn_local(async move {
            inbox.put(Event::Surveyed(Box::new(recovery::survey().await)));
            inbox.put(Event::Kept(recovery::kept_files().await.unwrap_or_default()));
        });
    }

    fn surveyed(&mut self, survey: Survey) {
        dom::by_id::<HtmlElement>("damage").set_hidden(survey.is_whole);
        for id in ["history", "backup"] {
            dom::by_id::<HtmlElement>(id).set_hidden(true);
        }
        let clients = |count: usize| wording::count(count, "client");
        if let Some(error) = survey.refusal() {
            dom::by_id::<HtmlElement>("damage").set_hidden(true);
            dom::set_text(&self.state, &format!("Your notebook cannot be opened: {error}."));
        } else if survey.is_whole {
            let words = format!("Your notebook is whole: {}.", clients(survey.found.len()));
            dom::set_text(&self.state, &words);
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Opened(Notebook::open().await)) });
        } else {
            recovery::say_damaged();
            dom::set_text(
                &self.state,
                "Your browser has lost a part of your notebook. Nothing is written to it until you decide.",
            );
            let held = survey.kept.map_or(
                "It is not known how much your notebook held.".to_owned(),
                |kept| format!("Your notebook held {}.", clients(kept.count as usize)),
            );
            let found = match &survey.trouble {
                Some(error) => format!("It cannot be read any more: {error}."),
                None => format!("{} can still be read in it.", clients(survey.found.len())),
            };
            let copied = match &survey.copied {
                Ok(copied) => format!("The second copy has {}.", clients(*copied)),
                Err(error) => format!("The second copy cannot be read: {error}."),
            };
            dom::list_texts(&dom::by_id("facts"), &[&held, &found, &copied]);
            dom::set_text(&dom::by_id::<HtmlElement>("outlook"), &outlook(&survey));
            let restorable = clients(survey.salvaged.records.len());
            dom::set_text(&self.restore, &format!("Restore {restorable}"));
        }
        self.survey = Some(Rc::new(survey));
    }

    /// Does some work on what was found; how it ends comes as an event.
    fn work(
        &mut self,
        words: &'static str,
        work: impl AsyncFnOnce(&Survey) -> Result<(), store::Error> + 'static,
    ) {
        let Some(survey) = self.survey.take() else { return };
        self.say_trouble("");
        self.restore.set_disabled(true);
        self.anew.set_disabled(true);
        let inbox = self.inbox.clone();
        spawn_local(async move { inbox.put(Event::Done(words, work(&survey).await)) });
    }

    fn read_history(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move {
                inbox.put(Event::History(notebook.history(MOST_CHANGES).await));
                inbox.put(Event::Backup(notebook.backup_state().await));
            });
        }
    }

    fn show_history(&mut self, History { past, next }: History) {
        self.last = next;
        dom::by_id::<HtmlElement>("history").set_hidden(past.is_empty());
        dom::by_id::<HtmlElement>("undo").set_hidden(self.last.is_none());
        let today = browser::local_time("");
        let lines: Vec<String> = past
            .iter()
            .map(|past| {
                let day = browser::day_of(&past.at);
                let ago = today.map_or(day.clone(), |today| wording::ago(&day, today));
                let taken_back = if past.undone { ", taken back" } else { "" };
                format!("{} {ago}{taken_back}", told(past))
            })
            .collect();
        dom::list_texts(
            &dom::by_id("changes"),
            &lines.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }

    fn undo(&mut self) {
        let (Some(notebook), Some(change)) = (self.notebook.clone(), self.last.take()) else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move { inbox.put(Event::Undone(notebook.undo(change).await.map(|_| ()))) });
    }

    fn back_up(&self) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let survey = recovery::survey().await;
            let backed_up = notebook.backed_up(survey.salvaged.newest).await;
            inbox.put(Event::BackedUp(backed_up.map(|()| survey.backup())));
        });
    }

    fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }
}

fn show_backup(state: &BackupState) {
    let last = files::last_backup(state);
    dom::by_id::<HtmlElement>("backup").set_hidden(last.is_empty());
    dom::set_text(&dom::by_id::<HtmlElement>("last-backup"), &format!("{last}."));
}

/// How much of it can be had back.
fn outlook(survey: &Survey) -> String {
    let restorable = survey.salvaged.records.len();
    match survey.kept {
        Some(kept) if survey.salvaged.is_all_of(&kept) => {
            "All of it can be restored, as it was written last.".to_owned()
        }
        Some(kept) if survey.salvaged.newest < kept.generation => format!(
            "{} can be restored. The last {} cannot.",
            wording::count(restorable, "client"),
            wording::count((kept.generation - survey.salvaged.newest) as usize, "change"),
        ),
        _ => format!(
            "{} can be restored. Some of them may not be as you wrote them last.",
            wording::count(restorable, "client")
        ),
    }
}

/// `Cathy Andre was changed`.
fn told(past: &Past) -> String {
    let name = if past.name.is_empty() {
        "A client"
    } else {
        &past.name
    };
    let whom = match past.records {
        1 => name.to_owned(),
        records => format!("{name} and {} more", records - 1),
    };
    let deed = match past.what {
        Deed::Add => "added",
        Deed::Edit => "changed",
        Deed::Delete => "deleted",
        Deed::Import => "imported",
        Deed::Undo => "put back as before",
        Deed::Restore => return "The notebook was restored".to_owned(),
    };
    format!("{whom}: {deed}")
}

fn show_kept(names: &[String]) {
    let list: HtmlElement = dom::by_id("kept");
    dom::by_id::<HtmlElement>("kept-section").set_hidden(names.is_empty());
    for (item, name) in dom::items(&list, "kept-file", names.len()).iter().zip(names) {
        let button: Element = dom::part(item, "save");
        dom::set_attribute(&button, "data-kept", name);
        dom::set_text(&button, &format!("Save {name}"));
    }
}

fn save_backup(text: &str) {
    files::save_text(text, &Format::Backup.file_name(&browser::today()));
}
