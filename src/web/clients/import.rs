//! Importing a file: what is read of it, what would change, and what its owner says to that.
//!
//! The Worker reads and compares; nothing is written before the button that says how many clients it
//! imports is pressed. To cancel ends the Worker, or the writing with nothing written.

mod preview;

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, File, HtmlElement, HtmlInputElement, HtmlProgressElement};

use self::preview::show_group;
use super::field;
use super::worker::{Answer, Exchange, Progress};
use crate::Client;
use crate::exchange::plan::{Candidate, Decision, Entry, Outcome, Plan};
use crate::web::import_choices::Choices;
use crate::web::inbox::Inbox;
use crate::web::store::{self, Step};
use crate::web::{browser, dom, wording};

/// As many entries of a group are listed at a time.
const STEP: usize = 100;

/// What happens to an import.
#[derive(Debug)]
pub(super) enum Event {
    /// Somebody wants to choose a file.
    Wanted,
    Chosen,
    Answered(Answer),
    /// A passphrase was typed for a backup.
    Unlock,
    Turned(Turn),
    More(Group),
    Agreed,
    Cancelled,
    /// So many records are on their way to the disk.
    Writing(usize),
}

/// A choice in the preview, of an entry by its number.
#[derive(Debug)]
pub(super) enum Turn {
    Take(usize, bool),
    Field(usize, String, bool),
    Decide(usize, String),
}

/// What the page is to do for an import.
#[derive(Debug)]
pub(super) enum Wish {
    /// To write these at once, going on as long as `goes_on` says so.
    Write {
        steps: Vec<Step>,
        goes_on: Rc<Cell<bool>>,
    },
    /// To show everything else again.
    Close,
}

/// A part of the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    New,
    Changed,
    Doubtful,
    Rejected,
}

const GROUPS: [Group; 4] = [Group::Doubtful, Group::Changed, Group::New, Group::Rejected];

#[derive(Debug)]
pub(super) struct Import {
    inbox: Inbox<super::Event>,
    main: HtmlElement,
    picker: HtmlInputElement,
    heading: HtmlElement,
    agree: HtmlElement,
    trouble: HtmlElement,
    under_way: Option<UnderWay>,
    _listeners: Vec<EventListener>,
}

/// An import from the choice of a file on.
#[derive(Debug)]
struct UnderWay {
    file: File,
    /// None where the browser gave none.
    exchange: Option<Exchange>,
    plan: Option<Plan>,
    choices: Choices,
    /// How many of each group are listed.
    listed: [usize; GROUPS.len()],
    /// Whether records are being written still; told no, the store stops with nothing written.
    goes_on: Rc<Cell<bool>>,
    /// How many are being written; 0 before that.
    writes: usize,
    /// The clients that the Worker was told of for the records: those the records were made of, whatever
    /// became of them since.
    told: Vec<Client>,
}

impl Group {
    fn id(self) -> &'static str {
        match self {
            Self::New => "import-new",
            Self::Changed => "import-changed",
            Self::Doubtful => "import-doubtful",
            Self::Rejected => "import-rejected",
        }
    }

    fn heading(self, count: usize) -> String {
        match self {
            Self::New => format!("New ({count})"),
            Self::Changed => format!("Changed ({count})"),
            Self::Doubtful => format!("Perhaps somebody you have ({count})"),
            Self::Rejected => format!("Not taken ({count})"),
        }
    }

    fn has(self, entry: &Entry) -> bool {
        matches!(
            (self, &entry.outcome),
            (Self::New, Outcome::New)
                | (Self::Changed, Outcome::Changed { .. })
                | (Self::Doubtful, Outcome::Doubtful { .. })
        )
    }
}

impl Import {
    pub(super) fn new(inbox: &Inbox<super::Event>) -> Self {
        let by_id = |id: &str| dom::by_id::<Element>(id);
        let on = |id: &str, event: &'static str, read: fn(&web_sys::Event) -> Option<Event>| {
            inbox.on(&by_id(id), event, move |event| {
                read(event).map(super::Event::Import)
            })
        };
        let mut listeners = vec![
            on("import", "change", |_| Some(Event::Chosen)),
            on("first-import", "click", |_| Some(Event::Wanted)),
            on("import-unlock", "submit", |event| {
                event.prevent_default();
                Some(Event::Unlock)
            }),
            on("import-groups", "change", |event| {
                turned(event).map(Event::Turned)
            }),
            on("import-agree", "click", |_| Some(Event::Agreed)),
            on("import-cancel", "click", |_| Some(Event::Cancelled)),
        ];
        for group in GROUPS {
            let more: Element = dom::part(&by_id(group.id()), "more");
            let pressed = move |_: &web_sys::Event| Some(super::Event::Import(Event::More(group)));
            listeners.push(inbox.on(&more, "click", pressed));
        }
        Self {
            inbox: inbox.clone(),
            main: dom::by_id("notebook"),
            picker: dom::by_id("import"),
            heading: dom::by_id("import-heading"),
            agree: dom::by_id("import-agree"),
            trouble: dom::by_id("import-trouble"),
            under_way: None,
            _listeners: listeners,
        }
    }

    /// Takes what happened; `clients` are those of the notebook now.
    pub(super) fn on(&mut self, event: Event, clients: &[Client]) -> Option<Wish> {
        match event {
            Event::Wanted => self.picker.click(),
            Event::Chosen => self.begin(clients),
            Event::Answered(answer) => return self.answered(answer),
            Event::Unlock => {
                let passphrase = field::typed(&passphrase_field());
                self.ask_plan(clients, &passphrase);
            }
            Event::Turned(turn) => self.turn(turn),
            Event::More(group) => {
                if let Some(under_way) = &mut self.under_way {
                    under_way.listed[group as usize] += STEP;
                }
                self.show_plan();
            }
            Event::Agreed => self.agree(clients),
            Event::Cancelled => return self.cancel(),
            Event::Writing(done) => {
                let total = self.under_way.as_ref().map_or(0, |under_way| under_way.writes);
                show_progress("Writing", done as u32, total as u32);
            }
        }
        None
    }

    /// The records are in the notebook: the import is over.
    pub(super) fn written(&mut self) {
        self.under_way = None;
        self.close();
    }

    /// The records are not in the notebook, none of them; what was chosen stands.
    pub(super) fn not_written(&mut self, why: &store::Error) {
        if let Some(under_way) = &mut self.under_way {
            under_way.writes = 0;
            under_way.goes_on = Rc::new(Cell::new(true));
        }
        self.show_plan();
        self.say_trouble(&match why {
            store::Error::Stopped => "Nothing was imported.".to_owned(),
            why => format!("Nothing was imported: {why}."),
        });
        dom::focus(&self.agree);
    }

    fn begin(&mut self, clients: &[Client]) {
        let Some(file) = self.picker.files().and_then(|files| files.item(0)) else {
            return;
        };
        // The same file can be chosen again.
        self.picker.set_value("");
        let inbox = self.inbox.clone();
        let hear = move |answer| inbox.put(super::Event::Import(Event::Answered(answer)));
        dom::set_attribute(&self.main, "data-view", "import");
        dom::set_text(&self.heading, &format!("Import {}", file.name()));
        self.say_trouble("");
        let (exchange, trouble) = match Exchange::start(hear) {
            Ok(exchange) => (Some(exchange), None),
            Err(why) => (None, Some(format!("This browser cannot read files here: {why}."))),
        };
        self.under_way = Some(UnderWay {
            file,
            exchange,
            plan: None,
            choices: Choices::default(),
            listed: [STEP; GROUPS.len()],
            goes_on: Rc::new(Cell::new(true)),
            writes: 0,
            told: Vec::new(),
        });
        field::fill(&passphrase_field(), "");
        self.ask_plan(clients, "");
        if let Some(trouble) = trouble {
            show_part("");
            self.say_trouble(&trouble);
        }
        dom::focus(&self.heading);
    }

    fn ask_plan(&mut self, clients: &[Client], passphrase: &str) {
        let Some(under_way) = &self.under_way else { return };
        if let Some(exchange) = &under_way.exchange {
            exchange.plan(&under_way.file, clients, passphrase);
            show_progress("Reading", 0, 1);
        }
    }

    fn answered(&mut self, answer: Answer) -> Option<Wish> {
        let under_way = self.under_way.as_mut()?;
        match answer {
            Answer::Progress(Progress { what, done, total }) => {
                show_progress(&wording::sentence_case(&what), done, total);
            }
            Answer::Plan(plan) => {
                under_way.plan = Some(plan);
                self.show_plan();
            }
            Answer::Locked { wrong } => {
                show_part("unlock");
                self.say_trouble(if wrong {
                    "This is not its passphrase, or the file was changed since it was made."
                } else {
                    ""
                });
                dom::focus(&passphrase_field());
            }
            Answer::Refused(reason) => {
                show_part("");
                self.say_trouble(&format!("{reason}. Nothing was imported."));
            }
            Answer::Failed(reason) => {
                show_part("");
                self.say_trouble(&format!("The file could not be read to its end: {reason}."));
            }
            Answer::Records(records) => {
                under_way.writes = records.len();
                show_progress("Writing", 0, records.len() as u32);
                let goes_on = Rc::clone(&under_way.goes_on);
                let told = std::mem::take(&mut under_way.told);
                return Some(Wish::Write {
                    steps: steps(records, &told),
                    goes_on,
                });
            }
            Answer::File { .. } => {}
        }
        None
    }

    fn turn(&mut self, turn: Turn) {
        let Some(UnderWay {
            plan: Some(plan),
            choices,
            ..
        }) = &mut self.under_way
        else {
            return;
        };
        match turn {
            Turn::Take(entry, takes) => choices.take(entry, takes),
            Turn::Field(entry, field, takes) => choices.take_field(entry, &field, takes),
            Turn::Decide(entry, choice) => {
                let Some(Outcome::Doubtful { candidates, .. }) =
                    plan.entries.get(entry).map(|entry| &entry.outcome)
                else {
                    return;
                };
                choices.decide(entry, decision(&choice, candidates));
            }
        }
        self.show_plan();
    }

    fn agree(&mut self, clients: &[Client]) {
        let Some(under_way) = &mut self.under_way else {
            return;
        };
        let Some(exchange) = &under_way.exchange else {
            return;
        };
        let decisions: Vec<(usize, Decision)> = under_way.choices.decisions().into_iter().collect();
        exchange.records(&decisions, clients, &browser::today());
        clients.clone_into(&mut under_way.told);
        self.say_trouble("");
        show_progress("Preparing", 0, 0);
    }

    fn cancel(&mut self) -> Option<Wish> {
        let under_way = self.under_way.as_ref()?;
        if under_way.writes > 0 {
            // The store stops, and its answer brings the preview back.
            under_way.goes_on.set(false);
            return None;
        }
        self.under_way = None;
        self.close();
        Some(Wish::Close)
    }

    fn close(&self) {
        self.main.remove_attribute("data-view").ok();
        self.say_trouble("");
    }

    fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }

    fn show_plan(&self) {
        let Some(under_way) = &self.under_way else { return };
        let Some(plan) = &under_way.plan else { return };
        show_part("preview");
        let notices: Vec<&str> = plan.notices.iter().map(String::as_str).collect();
        dom::list_texts(&dom::by_id("import-notices"), &notices);
        for group in GROUPS {
            show_group(group, under_way, plan);
        }
        let same = plan
            .entries
            .iter()
            .filter(|entry| matches!(entry.outcome, Outcome::Same { .. }));
        let same = match same.count() {
            0 => String::new(),
            1 => "1 client is in your notebook just so.".to_owned(),
            count => format!("{count} clients are in your notebook just so."),
        };
        dom::show_text(&dom::by_id("import-same"), &same);
        let count = under_way.choices.count(plan);
        self.agree.set_hidden(count == 0);
        dom::set_text(
            &self.agree,
            &format!("Import {}", wording::count(count, "client")),
        );
        dom::by_id::<HtmlElement>("import-nothing").set_hidden(count > 0);
    }
}

fn passphrase_field() -> HtmlElement {
    dom::by_id("import-passphrase")
}

/// What was turned in the preview.
fn turned(event: &web_sys::Event) -> Option<Turn> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let entry = dom::attribute_at(event, "data-entry")?.parse().ok()?;
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        return Some(match input.get_attribute("data-field") {
            Some(field) => Turn::Field(entry, field, input.checked()),
            None => Turn::Take(entry, input.checked()),
        });
    }
    Some(Turn::Decide(entry, field::typed(target.dyn_ref()?)))
}

/// The decision that an option of a doubtful entry stands for.
fn decision(choice: &str, candidates: &[Candidate]) -> Decision {
    match choice {
        "new" => Decision::Take { except: Vec::new() },
        number => {
            let candidate = number.parse::<usize>().ok().and_then(|at| candidates.get(at));
            candidate.map_or(Decision::Leave, |candidate| {
                Decision::Merge(candidate.whom.clone())
            })
        }
    }
}

/// The changes that records make to the clients that they were made of.
fn steps(records: Vec<Client>, clients: &[Client]) -> Vec<Step> {
    let by_key: HashMap<&str, &Client> = clients
        .iter()
        .map(|client| (client.id.as_str(), client))
        .collect();
    let step = |record: Client| Step {
        before: by_key.get(record.id.as_str()).map(|&client| client.clone()),
        after: Some(record),
    };
    records.into_iter().map(step).collect()
}

/// Shows one part of the view: `work`, `unlock`, `preview`, or none.
fn show_part(part: &str) {
    for (id, name) in [
        ("import-work", "work"),
        ("import-unlock", "unlock"),
        ("import-preview", "preview"),
    ] {
        dom::by_id::<HtmlElement>(id).set_hidden(name != part);
    }
    dom::by_id::<HtmlElement>("import-agree").set_hidden(part != "preview");
}

fn show_progress(what: &str, done: u32, total: u32) {
    show_part("work");
    let bar: HtmlProgressElement = dom::by_id("import-progress");
    if total > 0 {
        bar.set_value(f64::from(done.min(total)) / f64::from(total));
    } else {
        // A bar without a value says that it goes on.
        bar.remove_attribute("value").ok();
    }
    dom::set_text(&dom::by_id::<Element>("import-doing"), &format!("{what}…"));
}
