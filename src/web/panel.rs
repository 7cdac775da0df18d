//! The panel beside the compose box: judges each revision of the draft and shows what there is to say.
//!
//! It speaks with the content script over one port that was handed in with a token, and answers
//! nothing before the background has confirmed that token.

mod about;
mod actions;
mod call;
mod choices;
mod findings;
mod holding;
mod notes;
mod promising;
mod suggesting;
mod verdict;

use std::collections::HashMap;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, MessageEvent, MessagePort, ResizeObserver};

use self::about::AboutRegion;
use self::actions::{Act, Deed, DoneLine};
use self::call::{CallCard, Calls, Press};
use self::choices::{Choices, Knower};
use self::findings::FindingList;
use self::holding::{Answer, HoldQuestion};
use self::notes::NotKept;
use self::promising::Promising;
use self::suggesting::{Suggesting, Wish};
use self::verdict::own_text;
use super::boundary::{Composed, Incoming, Outgoing, marks};
use super::careful::{Careful, Heard};
use super::correspondent::Correspondent;
use super::dismissals::Dismissals;
use super::effort::Efforts;
use super::finding_ids::FindingIds;
use super::folding::Folding;
use super::inbox::Inbox;
use super::let_through::LetThrough;
use super::offers::Offers;
use super::store::{self, Change, Notebook, Watch};
use super::{browser, dom, health};
use crate::call::FollowUp;
use crate::checks::{Context, check_with};
use crate::draft::LocalTime;
use crate::reading::Request;
use crate::{Client, Draft, Report, Settings};

/// Fewer words than this do not tell a language reliably.
const WORDS_TO_TELL_A_LANGUAGE: usize = 12;

/// How wide the unfolded panel is, in CSS pixels: as much as its style sheet allows at most.
const WIDTH: u32 = 320;

/// Shown while the careful reader has not read the draft as it stands.
const STILL_READING: &str = "Reading closely…";

/// For how many milliseconds a draft waits for the notebook.
const PATIENCE: u32 = 1000;

/// Runs the panel for as long as its page stands. A token that the background does not confirm leaves
/// the page as empty as it came.
pub(super) async fn run(port: MessagePort, token: String) {
    if !browser::redeem(&token).await {
        return;
    }
    let (inbox, mut events) = Inbox::new();
    let settings = browser::setting(browser::SETTINGS).await.unwrap_or_default();
    let folded = browser::setting("folded").await.unwrap_or_default();
    let mut panel = Panel::new(port, inbox, settings, folded);
    panel.post(&Outgoing::Ready);
    panel.show();
    while let Ok(event) = events.recv().await {
        panel.on(event);
    }
}

enum Event {
    Message(Incoming),
    /// The notebook was opened, or cannot be.
    Opened(Result<Notebook, store::Error>),
    /// The notebook has had time enough to open.
    Late,
    /// Somebody changed the notebook.
    Changed,
    Clients(Result<Vec<Client>, store::Error>),
    /// In which foreign language the writer's own text of a revision is written.
    Language {
        revision: u32,
        foreign: Option<String>,
    },
    Pressed(u32),
    /// The user pressed one of a finding's choices.
    Chosen(u32, Act),
    Undo,
    /// A term is noted as known, or is not.
    Noted(Result<(Knower, Option<Change>), store::Error>),
    /// That was taken back, or was not.
    NotedBack(Result<(), store::Error>),
    /// The user changed the settings, here or elsewhere.
    Settings(Settings),
    /// The careful reader has read, or something that concerns it has happened.
    Careful(Heard),
    Pointed(Option<u32>),
    /// The user answered what the panel asks when Send is held.
    Answered(Answer),
    /// The keyboard came to the panel.
    Focused,
    /// What the user wants of a suggestion.
    Suggested(Wish),
    Fold(bool),
    /// The user pressed something on the call card.
    Call(Press),
    /// The number is on the clipboard, or the browser refused.
    Copied(bool),
    /// A call about the mail with this number was noted, or was not.
    Logged(u32, Result<Option<Change>, store::Error>),
    /// Somebody's tab was chosen.
    Tab(String),
    Add,
    KeepNote,
    /// A client was added, under this key, or was not.
    Added(Result<String, store::Error>),
    NoteKept(Result<(), NotKept>),
    Minute,
    Resized,
}

/// What the panel knows of the mail beside it.
enum Mail {
    /// There is none.
    Closed,
    TooLong,
    Open(Composed),
}

/// What it knows of the notebook.
enum Clients {
    /// Worth a moment's wait: a draft judged for nobody, and at once again for somebody, flickers.
    Opening,
    /// Not worth any more waiting.
    Late,
    Read(Vec<Client>),
    Unavailable(store::Error),
}

impl Clients {
    fn known(&self) -> &[Client] {
        if let Self::Read(clients) = self {
            clients
        } else {
            &[]
        }
    }
}

struct Panel {
    port: MessagePort,
    inbox: Inbox<Event>,
    settings: Settings,
    folding: Folding,

    mail: Mail,
    foreign: Option<String>,
    notebook: Option<Rc<Notebook>>,
    clients: Clients,
    ids: FindingIds,
    careful: Careful,
    report: Report,
    /// What there is to choose for each finding of the report.
    choices: Vec<Choices>,
    /// What was silenced in each mail of this page, by its number.
    dismissals: HashMap<u32, Dismissals>,
    /// The words that the page was asked to replace and has not answered for yet.
    replacing: Option<Deed>,
    let_through: LetThrough,
    calls: Calls,
    /// What the draft can be turned into after a call.
    follow_up: Option<FollowUp>,
    efforts: Efforts,
    promising: Promising,
    suggesting: Suggesting,
    offers: Option<Offers>,

    main: HtmlElement,
    pill: HtmlElement,
    fold: HtmlElement,
    verdict: HtmlElement,
    remarks: HtmlElement,
    reading: HtmlElement,
    announcer: HtmlElement,
    findings: FindingList,
    done: DoneLine,
    question: HoldQuestion,
    call: CallCard,
    about: AboutRegion,

    /// Whether the next reading of the notebook shows the client who was just added.
    just_added: bool,
    /// The size that the content script was told last.
    size: Option<Outgoing>,
    minute: Option<Timeout>,
    _patience: Timeout,
    watch: Option<Watch>,
    _settings_watch: browser::SettingWatch,
    resizes: ResizeObserver,
    _listeners: Vec<EventListener>,
    _on_resize: Closure<dyn FnMut()>,
}

impl Panel {
    fn new(port: MessagePort, inbox: Inbox<Event>, settings: Settings, folded: bool) -> Self {
        let main: HtmlElement = dom::by_id("panel");
        let pill: HtmlElement = dom::by_id("pill");
        let fold: HtmlElement = dom::by_id("fold");
        let findings = FindingList::new();
        let done = DoneLine::new();
        let question = HoldQuestion::new();
        let call = CallCard::new();
        let about = AboutRegion::new();
        let suggesting = Suggesting::new(&inbox);

        let listeners = vec![
            inbox.on(&port, "message", |event| {
                let event: &MessageEvent = event.unchecked_ref();
                browser::from_js(&event.data()).map(Event::Message)
            }),
            inbox.on(findings.target(), "click", pressed),
            inbox.on(done.undo(), "click", |event| {
                event.is_trusted().then_some(Event::Undo)
            }),
            inbox.on(findings.target(), "focusin", |event| {
                Some(Event::Pointed(finding_at(event)))
            }),
            inbox.on(findings.target(), "focusout", |_| Some(Event::Pointed(None))),
            inbox.on(findings.target(), "mouseover", |event| {
                Some(Event::Pointed(finding_at(event)))
            }),
            inbox.on(findings.target(), "mouseleave", |_| Some(Event::Pointed(None))),
            inbox.on(&fold, "click", |_| Some(Event::Fold(true))),
            inbox.on(&pill, "click", |_| Some(Event::Fold(false))),
            inbox.on(question.target(), "click", holding::answered),
            inbox.on(question.target(), "keydown", holding::answered),
            inbox.on(&dom::window(), "focus", |_| Some(Event::Focused)),
            inbox.on(call.target(), "click", |event| {
                CallCard::pressed(event).map(Event::Call)
            }),
            inbox.on(about.tabs(), "click", tab_turned),
            inbox.on(about.tabs(), "keydown", tab_turned),
            inbox.on(about.add_button(), "click", |_| Some(Event::Add)),
            inbox.on(about.note_form(), "submit", |event| {
                event.prevent_default();
                Some(Event::KeepNote)
            }),
        ];
        port.start();

        let (resizes, on_resize) = watch_size(&inbox, [&main, &pill]);

        let opening = inbox.clone();
        spawn_local(async move { opening.put(Event::Opened(Notebook::open().await)) });
        let late = inbox.clone();
        let patience = Timeout::new(PATIENCE, move || late.put(Event::Late));
        let changing = inbox.clone();
        let settings_watch = browser::watch_setting(browser::SETTINGS, move |settings: Option<Settings>| {
            changing.put(Event::Settings(settings.unwrap_or_default()));
        });

        let hearing = inbox.clone();
        let careful = Careful::new(move |heard| hearing.put(Event::Careful(heard)));

        Self {
            port,
            inbox,
            settings,
            folding: Folding::new(folded),
            mail: Mail::Closed,
            foreign: None,
            notebook: None,
            clients: Clients::Opening,
            ids: FindingIds::default(),
            careful,
            report: Report::default(),
            choices: Vec::new(),
            dismissals: HashMap::new(),
            replacing: None,
            let_through: LetThrough::default(),
            calls: Calls::default(),
            follow_up: None,
            efforts: Efforts::default(),
            promising: Promising::new(),
            suggesting,
            offers: None,
            main,
            pill,
            fold,
            verdict: dom::by_id("verdict"),
            remarks: dom::by_id("remarks"),
            reading: dom::by_id("reading"),
            announcer: dom::by_id("announcer"),
            findings,
            done,
            question,
            call,
            about,
            just_added: false,
            size: None,
            minute: None,
            _patience: patience,
            watch: None,
            _settings_watch: settings_watch,
            resizes,
            _listeners: listeners,
            _on_resize: on_resize,
        }
    }

    fn on(&mut self, event: Event) {
        match event {
            Event::Message(message) => self.receive(message),
            Event::Opened(Ok(notebook)) => self.opened(notebook),
            Event::Opened(Err(error)) | Event::Clients(Err(error)) => {
                self.clients = Clients::Unavailable(error);
                self.judge();
            }
            Event::Late => {
                if matches!(self.clients, Clients::Opening) {
                    self.clients = Clients::Late;
                    self.judge();
                }
            }
            Event::Changed => self.read_clients(),
            Event::Clients(Ok(clients)) => {
                self.clients = Clients::Read(clients);
                self.judge();
                if std::mem::take(&mut self.just_added) {
                    self.about.focus_note();
                }
            }
            Event::Language { revision, foreign } => {
                if matches!(&self.mail, Mail::Open(mail) if mail.revision == revision)
                    && self.foreign != foreign
                {
                    self.foreign = foreign;
                    self.judge();
                }
            }
            Event::Pressed(id) => {
                self.findings.turn(id);
                self.post(&Outgoing::Reveal { id });
            }
            Event::Chosen(id, act) => self.act(id, act),
            Event::Undo => self.undo(),
            Event::Noted(noted) => self.noted(noted),
            Event::NotedBack(undone) => self.noted_back(undone),
            Event::Settings(settings) => {
                self.settings = settings;
                self.judge();
            }
            Event::Careful(heard) => {
                if self.careful.hear(heard) {
                    self.judge();
                }
            }
            Event::Pointed(id) => self.post(&Outgoing::Point { id }),
            Event::Answered(answer) => self.answer(answer),
            Event::Suggested(wish) => self.suggested(wish),
            Event::Focused => self.question.take_focus(),
            Event::Fold(folded) => self.turn(folded),
            Event::Call(press) => self.press(press),
            Event::Copied(done) => self.copied(done),
            Event::Logged(mail, logged) => self.logged(mail, logged),
            Event::Tab(tab) => {
                self.about.choose(tab);
                self.show_about();
            }
            Event::Add => self.add_client(),
            Event::KeepNote => self.keep_note(),
            Event::Added(added) => self.added(added),
            Event::NoteKept(kept) => self.note_kept(kept),
            Event::Minute => self.judge(),
            Event::Resized => self.post_size(),
        }
    }

    fn receive(&mut self, message: Incoming) {
        match message {
            Incoming::Room { beside } => {
                self.folding.room(beside);
                self.show();
                return;
            }
            Incoming::Replaced { outcome, .. } => {
                self.replaced(outcome);
                return;
            }
            Incoming::Held => return self.held(),
            Incoming::LetGo => return self.close_question(),
            Incoming::Released { pressed } => return self.released(pressed),
            Incoming::Sending => return self.sending(),
            Incoming::Draft(composed) => {
                self.ask_language(&composed);
                self.written_on(&composed);
                if !matches!(&self.mail, Mail::Open(before) if before.mail == composed.mail) {
                    self.done.show("", None);
                    self.findings.begin_anew();
                    self.about.begin_anew();
                    self.call.begin_anew();
                    self.careful.stop();
                }
                self.efforts.take(&composed, dom::uptime());
                self.mail = Mail::Open(composed);
            }
            Incoming::TooLong => self.mail = Mail::TooLong,
            Incoming::Nothing => {
                self.mail = Mail::Closed;
                self.foreign = None;
                self.ids = FindingIds::default();
            }
        }
        self.judge();
    }

    /// Asks the browser which language this is. The answer comes as an event; until then the last one
    /// stands, so that no draft waits for it.
    fn ask_language(&mut self, composed: &Composed) {
        let text = own_text(composed);
        if text.split_whitespace().count() < WORDS_TO_TELL_A_LANGUAGE {
            self.foreign = None;
            return;
        }
        let (inbox, revision) = (self.inbox.clone(), composed.revision);
        spawn_local(async move {
            let foreign = browser::foreign_language(&text).await;
            inbox.put(Event::Language { revision, foreign });
        });
    }

    fn opened(&mut self, notebook: Notebook) {
        let inbox = self.inbox.clone();
        match Notebook::watch(move || inbox.put(Event::Changed)) {
            Ok(watch) => {
                self.watch = Some(watch);
                let notebook = Rc::new(notebook);
                self.offers = Some(Offers::of_one(&notebook));
                self.notebook = Some(notebook);
                self.read_clients();
            }
            Err(error) => self.inbox.put(Event::Clients(Err(error))),
        }
    }

    fn read_clients(&self) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Clients(notebook.clients().await)) });
        }
    }

    /// Judges the draft as it stands, for whom it goes to, at this minute.
    fn judge(&mut self) {
        if matches!(self.clients, Clients::Opening) {
            return;
        }
        self.report = Report::default();
        self.choices.clear();
        self.follow_up = None;
        self.suggesting.forget();
        self.minute = None;
        let is_judged = matches!(self.mail, Mail::Open(_)) && self.foreign.is_none();
        if !is_judged || !self.settings.careful {
            self.careful.stop();
        }
        if let Mail::Open(composed) = &self.mail {
            if self.foreign.is_none() {
                let to = Correspondent::of(composed, self.clients.known());
                let client = if let Correspondent::Known(client) = to {
                    Some(client)
                } else {
                    None
                };
                let draft = Draft {
                    effort: self.efforts.of(composed.mail),
                    ..composed.draft(sent_at(client))
                };
                let context = Context::new(&draft, client);
                let reading = if self.settings.careful {
                    self.careful.read(&context, Request::new(&draft, client))
                } else {
                    None
                };
                let mut report = check_with(&draft, client, &self.settings, reading.as_ref());
                self.careful.show(&context, &report.findings);
                if let Some(dismissals) = self.dismissals.get(&composed.mail) {
                    report
                        .findings
                        .retain(|finding| !dismissals.silence(&context, finding));
                }
                let findings = report.findings.iter();
                self.choices = findings.map(|finding| Choices::of(&context, finding)).collect();
                self.follow_up = call::follow_up(&draft, &context, &report.call);
                let in_trouble = report.call.advised;
                self.suggesting
                    .think(composed.mail, &context, client, in_trouble, &self.settings);
                self.report = report;
            }
            let ids = self.ids.number(&self.report.findings);
            let marks = marks(composed, ids.into_iter().zip(&self.report.findings));
            self.post(&Outgoing::Marks {
                revision: composed.revision,
                marks,
            });
            self.post_verdict();
            // What is a bad hour, and what time it is for them, changes while one writes.
            let inbox = self.inbox.clone();
            let seconds = js_sys::Date::new_0().get_seconds();
            self.minute = Some(Timeout::new((60 - seconds) * 1000, move || {
                inbox.put(Event::Minute);
            }));
        }
        self.show();
    }

    fn turn(&mut self, folded: bool) {
        let to_keep = self.folding.turn(folded);
        self.show();
        dom::focus(if folded { &self.pill } else { &self.fold });
        if let Some(folded) = to_keep {
            // A comfort only: a browser that refuses is not worth a word.
            spawn_local(async move {
                browser::keep_setting("folded", folded).await;
            });
        }
    }
}

impl Panel {
    fn show(&mut self) {
        let ids = self.ids.number(&self.report.findings);
        let findings = ids.into_iter().zip(&self.report.findings).zip(&self.choices);
        self.findings
            .show(findings.map(|((id, finding), choices)| (id, finding, choices)));
        dom::show_text(&self.verdict, &self.verdict());
        let remarks = self.remarks();
        dom::list_texts(
            &self.remarks,
            &remarks.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        self.show_call();
        self.show_about();
        self.show_offers();
        self.suggesting.show();
        self.show_pill();
        dom::set_text(&self.announcer, &self.announcement());
        let reading = if self.careful.is_reading() {
            STILL_READING
        } else {
            ""
        };
        dom::set_text(&self.reading, reading);
        let folded = self.is_folded();
        self.main.set_hidden(folded);
        self.pill.set_hidden(!folded);
        // Browsers let a frame out of sight wait for its observers, and without a size it stays there.
        self.post_size();
    }

    /// A question is asked openly, even where the panel has no room of its own.
    fn is_folded(&self) -> bool {
        self.folding.is_folded() && !self.question.is_open()
    }

    fn show_about(&mut self) {
        let (Mail::Open(composed), Clients::Read(clients), Some(today)) =
            (&self.mail, &self.clients, browser::local_time(""))
        else {
            self.about.hide();
            return;
        };
        self.about.show(&Correspondent::all(composed, clients), today);
    }

    fn show_pill(&self) {
        let count = self.report.findings.len();
        dom::set_text(&dom::by_id::<Element>("pill-count"), &count.to_string());
        let phone: Element = dom::by_id("pill-phone");
        phone
            .toggle_attribute_with_force("hidden", !self.report.call.advised)
            .ok();
        let missing = if let Mail::Open(composed) = &self.mail {
            &composed.partly[..]
        } else {
            &[]
        };
        let reading = health::reading(missing);
        dom::by_id::<HtmlElement>("pill-partly").set_hidden(missing.is_empty());
        dom::set_attribute(&self.pill, "title", &reading);
        let mut name = format!("Candor: {}", self.announcement());
        if !missing.is_empty() {
            name = format!("{name} {reading}.");
        }
        dom::set_attribute(&self.pill, "aria-label", &name);
    }

    fn known(&self) -> &[Client] {
        self.clients.known()
    }

    fn post(&self, message: &Outgoing) {
        // A port whose other side is gone takes messages and drops them; ours can all be cloned.
        self.port.post_message(&browser::to_js(message)).ok();
    }

    fn post_size(&mut self) {
        let folded = self.is_folded();
        let shown = if folded { &self.pill } else { &self.main };
        let room = shown.get_bounding_client_rect();
        let width = if folded { whole(room.width()) } else { WIDTH };
        let size = Outgoing::Size {
            folded,
            width,
            height: whole(room.height()),
        };
        // Nothing to see means that the page has stopped, which then tells its own size.
        if room.height() > 0.0 && self.size.as_ref() != Some(&size) {
            self.post(&size);
            self.size = Some(size);
        }
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        self.resizes.disconnect();
    }
}

/// Hears when one of these takes more room or less. The callback lives as long as the observer.
fn watch_size(inbox: &Inbox<Event>, elements: [&HtmlElement; 2]) -> (ResizeObserver, Closure<dyn FnMut()>) {
    let inbox = inbox.clone();
    let resized = Closure::<dyn FnMut()>::new(move || inbox.put(Event::Resized));
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref())
        .expect_throw("unreachable: the callback is a function");
    for element in elements {
        observer.observe(element);
    }
    (observer, resized)
}

/// What a press among the findings means.
fn pressed(event: &web_sys::Event) -> Option<Event> {
    if let Some((id, act)) = Act::pressed(event) {
        return Some(Event::Chosen(id, act));
    }
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(".finding").ok()??;
    finding_at(event).map(Event::Pressed)
}

fn tab_turned(event: &web_sys::Event) -> Option<Event> {
    AboutRegion::turned(event).map(Event::Tab)
}

fn finding_at(event: &web_sys::Event) -> Option<u32> {
    FindingList::finding_of(event.target()?.dyn_ref()?)
}

fn not_saved(why: &store::Error) -> String {
    format!("This could not be saved: {why}.")
}

/// The time on a client's clock; `None` when their time zone is not known.
fn clock_of(client: &Client) -> Option<LocalTime> {
    if client.timezone.trim().is_empty() {
        None
    } else {
        browser::local_time(&client.timezone)
    }
}

/// When the mail would be sent: now, on the client's clock where it is known and else on the writer's.
fn sent_at(client: Option<&Client>) -> Option<LocalTime> {
    client.and_then(clock_of).or_else(|| browser::local_time(""))
}

/// A length on the screen as whole pixels that it fits into.
#[allow(
    clippy::cast_sign_loss,
    reason = "no element is less than nothing wide or high"
)]
fn whole(pixels: f64) -> u32 {
    pixels.ceil() as u32
}
