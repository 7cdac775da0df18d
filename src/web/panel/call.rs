//! The region *Call instead*: why, which number, what time it is there, and what to say.

use web_sys::{HtmlAnchorElement, HtmlElement};

use crate::draft::LocalTime;
use crate::report::CallAdvice;
use crate::web::{dom, wording};

/// Whom to call.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Callee<'a> {
    /// What to call them; empty when nobody is known.
    pub first_name: &'a str,
    /// The number, empty when none is noted.
    pub phone: &'a str,
    /// The time on their clock, where their time zone is known.
    pub at: Option<LocalTime>,
}

#[derive(Debug)]
pub(super) struct CallRegion {
    region: HtmlElement,
    whom: HtmlElement,
    reasons: HtmlElement,
    number: HtmlAnchorElement,
    no_number: HtmlElement,
    time: HtmlElement,
    call: HtmlAnchorElement,
    toggle: HtmlElement,
    talk: HtmlElement,
}

impl CallRegion {
    pub(super) fn new() -> Self {
        Self {
            region: dom::by_id("call"),
            whom: dom::by_id("call-whom"),
            reasons: dom::by_id("call-reasons"),
            number: dom::by_id("call-number"),
            no_number: dom::by_id("call-no-number"),
            time: dom::by_id("call-time"),
            call: dom::by_id("call-button"),
            toggle: dom::by_id("talk-toggle"),
            talk: dom::by_id("talk"),
        }
    }

    /// The button that opens and closes the talking points.
    pub(super) fn toggle(&self) -> &HtmlElement {
        &self.toggle
    }

    /// Dials, where a number is known, and shows what to say.
    pub(super) fn begin(&self) {
        if self.talk.hidden() {
            self.turn_talk();
        }
        if self.call.hidden() {
            dom::focus(&self.toggle);
        } else {
            dom::focus(&self.call);
            self.call.click();
        }
    }

    /// Opens the talking points, or closes them.
    pub(super) fn turn_talk(&self) {
        let opens = self.talk.hidden();
        self.talk.set_hidden(!opens);
        dom::set_attribute(
            &self.toggle,
            "aria-expanded",
            if opens { "true" } else { "false" },
        );
    }

    /// Shows the advice, or hides the region when there is none.
    pub(super) fn show(&self, advice: &CallAdvice, callee: Callee) {
        self.region.set_hidden(!advice.advised);
        if !advice.advised {
            return;
        }
        let whom = match callee.first_name {
            "" => "Call instead".to_owned(),
            name => format!("Call {name} instead"),
        };
        dom::set_text(&self.whom, &whom);
        let most_telling = advice.reasons.get(..2).unwrap_or(&advice.reasons);
        let sentences: Vec<_> = most_telling
            .iter()
            .map(|reason| wording::sentence_case(reason))
            .collect();
        dom::show_text(&self.reasons, &sentences.join(" "));

        let has_number = !callee.phone.is_empty();
        dom::set_text(&self.number, callee.phone);
        for link in [&self.number, &self.call] {
            link.set_hidden(!has_number);
            link.set_href(&dom::dial(callee.phone));
        }
        dom::set_attribute(&self.call, "aria-label", &format!("Call {}", callee.phone));
        self.no_number.set_hidden(has_number);
        let time = callee
            .at
            .map_or(String::new(), |at| format!(" · {} for them", wording::clock(at)));
        dom::set_text(&self.time, &time);

        self.toggle.set_hidden(advice.talking_points.is_empty());
        let points: Vec<&str> = advice.talking_points.iter().map(String::as_str).collect();
        dom::list_texts(&self.talk, &points);
    }
}
