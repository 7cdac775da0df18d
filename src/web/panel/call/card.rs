//! The region *Call instead*: why, which number, what time it is there, what to say, and what comes after.

use web_sys::{Element, HtmlAnchorElement, HtmlElement};

use crate::Client;
use crate::call::TalkingPoint;
use crate::report::CallAdvice;
use crate::web::call_time::CallTime;
use crate::web::qr::QrCode;
use crate::web::{dom, wording};

/// As many reasons as are read at a glance.
const MOST_REASONS: usize = 2;

/// How much light a code needs around it, in its squares.
const MARGIN: usize = 4;

/// Whom to call.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::web::panel) struct Callee<'a> {
    /// What to call them; empty when nobody is known.
    pub first_name: &'a str,
    /// Who they are, where the notebook knows them.
    pub client: Option<&'a Client>,
}

impl<'a> Callee<'a> {
    /// The number, empty when none is noted.
    fn phone(&self) -> &'a str {
        let phones = self.client.map(|client| &client.phones);
        phones
            .and_then(|phones| phones.first())
            .map_or("", String::as_str)
    }
}

/// How far the user has come with a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::web::panel) enum Progress {
    #[default]
    Advised,
    /// They said that they called.
    Called,
    /// The draft was turned into what confirms it.
    Confirmed,
}

/// What the card shows.
#[derive(Debug)]
pub(in crate::web::panel) struct Shown<'a> {
    pub advice: &'a CallAdvice,
    pub callee: Callee<'a>,
    pub time: CallTime,
    pub progress: Progress,
    /// Whether the draft can be turned into a follow-up.
    pub can_follow_up: bool,
}

/// What is pressed on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web::panel) enum Press {
    /// Open or close what to say.
    Talk,
    /// Copy the number.
    Copy,
    /// Open or close the code of the number.
    Code,
    /// The call took place.
    Called,
    /// Turn the draft into a follow-up.
    FollowUp,
}

#[derive(Debug)]
pub(in crate::web::panel) struct CallCard {
    region: HtmlElement,
    whom: HtmlElement,
    reasons: HtmlElement,
    dial: HtmlElement,
    number: HtmlAnchorElement,
    add_number: HtmlAnchorElement,
    no_number: HtmlElement,
    copy: HtmlElement,
    code_toggle: HtmlElement,
    code: HtmlElement,
    drawing: Element,
    squares: Element,
    time: HtmlElement,
    next: HtmlElement,
    doubt: HtmlElement,
    actions: HtmlElement,
    call: HtmlAnchorElement,
    talk_toggle: HtmlElement,
    talk: HtmlElement,
    points: HtmlElement,
    called: HtmlElement,
    follow_up: HtmlElement,
}

impl CallCard {
    pub(in crate::web::panel) fn new() -> Self {
        Self {
            region: dom::by_id("call"),
            whom: dom::by_id("call-whom"),
            reasons: dom::by_id("call-reasons"),
            dial: dom::by_id("call-dial"),
            number: dom::by_id("call-number"),
            add_number: dom::by_id("call-add-number"),
            no_number: dom::by_id("call-no-number"),
            copy: dom::by_id("call-copy"),
            code_toggle: dom::by_id("call-code-toggle"),
            code: dom::by_id("call-code"),
            drawing: dom::by_id("call-drawing"),
            squares: dom::by_id("call-squares"),
            time: dom::by_id("call-time"),
            next: dom::by_id("call-next"),
            doubt: dom::by_id("call-doubt"),
            actions: dom::by_id("call-actions"),
            call: dom::by_id("call-button"),
            talk_toggle: dom::by_id("talk-toggle"),
            talk: dom::by_id("talk"),
            points: dom::by_id("talk-points"),
            called: dom::by_id("called"),
            follow_up: dom::by_id("follow-up"),
        }
    }

    /// What is pressed to use it.
    pub(in crate::web::panel) fn target(&self) -> &HtmlElement {
        &self.region
    }

    /// What a press by the user means.
    pub(in crate::web::panel) fn pressed(event: &web_sys::Event) -> Option<Press> {
        let press = match dom::attribute_at(event, "data-call")?.as_str() {
            "talk" => Press::Talk,
            "copy" => Press::Copy,
            "code" => Press::Code,
            "called" => Press::Called,
            "follow-up" => Press::FollowUp,
            _ => return None,
        };
        event.is_trusted().then_some(press)
    }

    /// Dials, where a number is known, and shows what to say.
    pub(in crate::web::panel) fn begin(&self) {
        if self.talk.hidden() {
            self.turn_talk();
        }
        if self.call.hidden() {
            dom::focus(&self.talk_toggle);
        } else {
            dom::focus(&self.call);
            self.call.click();
        }
    }

    /// Opens what to say, or closes it.
    pub(in crate::web::panel) fn turn_talk(&self) {
        turn(&self.talk_toggle, &self.talk);
    }

    /// Opens the code of the number, or closes it.
    pub(in crate::web::panel) fn turn_code(&self) {
        turn(&self.code_toggle, &self.code);
    }

    /// Folds away what was opened.
    pub(in crate::web::panel) fn begin_anew(&self) {
        for (toggle, part) in [(&self.talk_toggle, &self.talk), (&self.code_toggle, &self.code)] {
            if !part.hidden() {
                turn(toggle, part);
            }
        }
    }

    /// What shows the number.
    pub(in crate::web::panel) fn number(&self) -> &HtmlElement {
        &self.number
    }

    /// Shows the advice, or hides the region when there is none.
    pub(in crate::web::panel) fn show(&self, shown: &Shown) {
        let Shown {
            advice,
            callee,
            time,
            progress,
            can_follow_up,
        } = shown;
        self.region.set_hidden(!advice.advised);
        if !advice.advised {
            return;
        }
        let is_open = *progress == Progress::Advised;
        dom::set_text(&self.whom, &heading(callee.first_name, *progress));
        dom::show_text(&self.reasons, &why(advice, *progress));
        self.dial.set_hidden(!is_open);
        self.show_number(callee, is_open);
        let said = |words: &str| if is_open { words.to_owned() } else { String::new() };
        dom::show_text(&self.time, &said(&time.now));
        dom::show_text(&self.next, &said(&time.next));
        dom::show_text(&self.doubt, &said(&time.doubt));

        self.show_points(&advice.talking_points);
        self.called.set_hidden(!is_open);
        let follows = *can_follow_up && *progress == Progress::Called;
        self.follow_up.set_hidden(!follows);
        if *progress == Progress::Confirmed {
            self.begin_anew();
        }
        self.actions.set_hidden(*progress == Progress::Confirmed);
    }

    fn show_number(&self, callee: &Callee, is_open: bool) {
        let phone = callee.phone();
        let is_known = !phone.is_empty();
        dom::set_text(&self.number, phone);
        for link in [&self.number, &self.call] {
            link.set_href(&dom::dial(phone));
        }
        self.call.set_hidden(!is_known || !is_open);
        self.number.set_hidden(!is_known);
        self.copy.set_hidden(!is_known);
        dom::set_attribute(&self.call, "aria-label", &format!("Call {phone}"));

        self.no_number.set_hidden(is_known);
        let id = callee.client.map_or("", |client| client.id.as_str());
        self.add_number.set_hidden(is_known || id.is_empty());
        self.add_number.set_href(&format!("clients.html#{id}"));

        let code = is_known.then(|| QrCode::of(&dom::dial(phone))).flatten();
        self.code_toggle.set_hidden(code.is_none());
        if code.is_none() || !is_open {
            self.code.set_hidden(true);
            dom::set_attribute(&self.code_toggle, "aria-expanded", "false");
        }
        if let Some(code) = code {
            let size = code.size() + 2 * MARGIN;
            dom::set_attribute(
                &self.drawing,
                "viewBox",
                &format!("-{MARGIN} -{MARGIN} {size} {size}"),
            );
            dom::set_attribute(&self.squares, "d", &code.path());
        }
    }

    /// The parts of the call, each with its sentences and gaps.
    fn show_points(&self, points: &[TalkingPoint]) {
        let parts: Vec<&[TalkingPoint]> = points.chunk_by(|one, other| one.part == other.part).collect();
        let items = dom::items(&self.points, "talk-part", parts.len());
        for (item, points) in items.iter().zip(parts) {
            dom::set_text(&dom::part::<Element>(item, "heading"), points[0].part.heading());
            let list: Element = dom::part(item, "points");
            for (line, point) in dom::items(&list, "item", points.len()).iter().zip(points) {
                dom::set_text(line, &said(point));
                line.set_class_name(if point.is_gap { "gap" } else { "" });
            }
        }
    }
}

/// A gap stands as a sentence of its own.
fn said(point: &TalkingPoint) -> String {
    if point.is_gap {
        wording::sentence_case(&point.words)
    } else {
        point.words.clone()
    }
}

fn heading(name: &str, progress: Progress) -> String {
    match (progress, name) {
        (Progress::Advised, "") => "Call instead".to_owned(),
        (Progress::Advised, name) => format!("Call {name} instead"),
        (_, "") => "You called".to_owned(),
        (_, name) => format!("You called {name}"),
    }
}

fn why(advice: &CallAdvice, progress: Progress) -> String {
    match progress {
        Progress::Advised => {
            let reasons = advice.reasons.iter().take(MOST_REASONS);
            let sentences: Vec<_> = reasons.map(|reason| wording::sentence_case(reason)).collect();
            sentences.join(" ")
        }
        Progress::Called => "Confirm in writing what you said, while it is fresh.".to_owned(),
        Progress::Confirmed => {
            "This draft confirms what you said. Read it once more before it goes.".to_owned()
        }
    }
}

fn turn(toggle: &HtmlElement, part: &HtmlElement) {
    let opens = part.hidden();
    part.set_hidden(!opens);
    dom::set_attribute(toggle, "aria-expanded", if opens { "true" } else { "false" });
}
