//! The list *Did you promise this?*: what sent mails promised, to be kept in mind or not.
//!
//! It asks on whichever page is opened next, and asks again until it is answered. The pages share its markup: a
//! section `promised` with a list `offer-list`, and the template `offer`.

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::inbox::Inbox;
use super::store::{self, Notebook, Offered, Watch};
use super::{browser, day_words, dom, wording};

/// More than this many are shown a few at a time.
const MOST: usize = 3;

/// The list, for as long as its page stands.
pub(super) struct Offers {
    inbox: Inbox<Event>,
    _watch: Option<Watch>,
    _listener: EventListener,
}

enum Event {
    Changed,
    /// Only what was promised to this client is wanted; `None` for nobody.
    For(Option<String>),
    Read(Result<Vec<Offered>, store::Error>),
    /// The button of this number, of the offer of this number in the list.
    Pressed(usize, Answer),
    Answered(Result<(), store::Error>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It is due on the first of its days, or on none.
    First,
    Second,
    NotAPromise,
}

/// Whose promises are listed.
enum Whose {
    Everybodys,
    Clients(Option<String>),
}

impl Offers {
    /// Lists what was promised to anybody.
    pub(super) fn of_everybody(notebook: &Rc<Notebook>) -> Self {
        Self::begin(Rc::clone(notebook), Whose::Everybodys)
    }

    /// Lists what was promised to one client, for now to nobody.
    #[cfg(feature = "pages")]
    pub(super) fn of_one(notebook: &Rc<Notebook>) -> Self {
        Self::begin(Rc::clone(notebook), Whose::Clients(None))
    }

    /// Whose promises are to be listed.
    #[cfg(feature = "pages")]
    pub(super) fn show(&self, client: Option<&str>) {
        self.inbox.put(Event::For(client.map(str::to_owned)));
    }

    fn begin(notebook: Rc<Notebook>, whose: Whose) -> Self {
        let (inbox, mut events) = Inbox::new();
        let changes = inbox.clone();
        let watch = Notebook::watch(move || changes.put(Event::Changed)).ok();
        let list: HtmlElement = dom::by_id("offer-list");
        let listener = inbox.on(&list, "click", pressed);
        let putting = inbox.clone();
        spawn_local(async move {
            let mut asking = Asking {
                inbox: putting,
                notebook,
                whose,
                all: Vec::new(),
                shown: Vec::new(),
            };
            asking.read();
            while let Ok(event) = events.recv().await {
                asking.on(event);
            }
        });
        Self {
            inbox,
            _watch: watch,
            _listener: listener,
        }
    }
}

struct Asking {
    inbox: Inbox<Event>,
    notebook: Rc<Notebook>,
    whose: Whose,
    all: Vec<Offered>,
    shown: Vec<Offered>,
}

impl Asking {
    fn on(&mut self, event: Event) {
        match event {
            Event::Changed | Event::Answered(Ok(())) => self.read(),
            Event::For(client) => {
                if !matches!(&self.whose, Whose::Clients(before) if *before == client) {
                    self.whose = Whose::Clients(client);
                    self.show();
                }
            }
            Event::Read(Ok(all)) => {
                self.all = all;
                self.show();
            }
            // The page itself says that the notebook cannot be read.
            Event::Read(Err(_)) => {}
            Event::Pressed(at, answer) => self.answer(at, answer),
            Event::Answered(Err(why)) => say_trouble(&format!("This could not be saved: {why}.")),
        }
    }

    fn read(&self) {
        let (inbox, notebook) = (self.inbox.clone(), Rc::clone(&self.notebook));
        spawn_local(async move { inbox.put(Event::Read(notebook.offers().await)) });
    }

    fn answer(&self, at: usize, answer: Answer) {
        let Some(offered) = self.shown.get(at).cloned() else {
            return;
        };
        let day = |at: usize| offered.offer.days.get(at).cloned().unwrap_or_default();
        let due = match answer {
            Answer::First => Some(day(0)),
            Answer::Second => Some(day(1)),
            Answer::NotAPromise => None,
        };
        let (inbox, notebook) = (self.inbox.clone(), Rc::clone(&self.notebook));
        spawn_local(async move { inbox.put(Event::Answered(end(&notebook, offered, due).await)) });
    }

    fn show(&mut self) {
        let is_wanted = |offered: &&Offered| match &self.whose {
            Whose::Everybodys => true,
            Whose::Clients(client) => client.as_ref() == Some(&offered.client),
        };
        let wanted: Vec<&Offered> = self.all.iter().filter(is_wanted).collect();
        let more = wanted.len().saturating_sub(MOST);
        self.shown = wanted.into_iter().take(MOST).cloned().collect();
        say_trouble("");
        let list: Element = dom::by_id("offer-list");
        let items = dom::items(&list, "offer", self.shown.len());
        for (at, (item, offered)) in items.iter().zip(&self.shown).enumerate() {
            dom::set_attribute(item, "data-offer", &at.to_string());
            show_offer(item, offered);
        }
        let words = match more {
            0 => String::new(),
            more => format!("{more} more after these."),
        };
        dom::show_text(&dom::by_id("offer-more"), &words);
        dom::by_id::<HtmlElement>("promised").set_hidden(self.shown.is_empty());
    }
}

/// Ends an offer.
#[cfg(feature = "notebook")]
async fn end(notebook: &Notebook, offered: Offered, due: Option<String>) -> Result<(), store::Error> {
    notebook.answer(&offered, due).await
}

/// Has an offer ended, on a page that only reads the notebook.
#[cfg(not(feature = "notebook"))]
async fn end(notebook: &Notebook, offered: Offered, due: Option<String>) -> Result<(), store::Error> {
    let answer = store::Errand::Answer { offered, due };
    notebook.run(&answer).await.map(|_| ())
}

fn show_offer(item: &Element, offered: &Offered) {
    let offer = &offered.offer;
    dom::set_text(&dom::part::<Element>(item, "text"), &format!("“{}”", offer.text));
    let today = browser::local_time("");
    let sent = today.map_or_else(|| offer.made.clone(), |today| wording::ago(&offer.made, today));
    let mail = match offer.subject.as_str() {
        "" => "a mail without a subject".to_owned(),
        subject => format!("“{subject}”"),
    };
    let whom = wording::joined(", ", [format!("To {} in {mail}", offered.name).as_str(), &sent]);
    dom::set_text(&dom::part::<Element>(item, "whom"), &whom);
    let first = match &offer.days[..] {
        [] => "Keep, without a day".to_owned(),
        [day] => format!("Keep: due {}", day_words::written(day)),
        [day, ..] => format!("Keep: {}", day_words::written(day)),
    };
    dom::set_text(&dom::part::<Element>(item, "first"), &first);
    let second = offer
        .days
        .get(1)
        .map_or(String::new(), |day| format!("Keep: {}", day_words::written(day)));
    dom::show_text(&dom::part::<HtmlElement>(item, "second"), &second);
}

fn say_trouble(words: &str) {
    dom::show_text(&dom::by_id("offer-trouble"), words);
}

fn pressed(event: &web_sys::Event) -> Option<Event> {
    // In a frame of somebody else's page only what a person presses counts.
    if !event.is_trusted() {
        return None;
    }
    let button = event
        .target()?
        .dyn_into::<Element>()
        .ok()?
        .closest("button")
        .ok()??;
    let answer = match button.get_attribute("data-part")?.as_str() {
        "first" => Answer::First,
        "second" => Answer::Second,
        "not" => Answer::NotAPromise,
        _ => return None,
    };
    let at = dom::attribute_at(event, "data-offer")?.parse().ok()?;
    Some(Event::Pressed(at, answer))
}
