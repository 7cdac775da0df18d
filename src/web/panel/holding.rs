//! Send, held: what the panel asks when the user pressed Send although a call is advised, and for which
//! mails it asks no more.
//!
//! The content script stops a press only if the last verdict told it to, so everything that lets a mail
//! through is decided here, and before the press.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::call::{Callee, Progress};
use super::{Event, Mail, Panel};
use crate::report::CallAdvice;
use crate::web::boundary::Outgoing;
use crate::web::{dom, wording};

/// What the user answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// Call first; the mail waits.
    Call,
    /// Send it, now.
    Send,
    /// Go on writing.
    Write,
    /// Send it, and ask no more about this mail.
    Never,
}

/// The question.
#[derive(Debug)]
pub(super) struct HoldQuestion {
    region: HtmlElement,
    title: Element,
    why: HtmlElement,
}

impl HoldQuestion {
    pub(super) fn new() -> Self {
        Self {
            region: dom::by_id("held"),
            title: dom::by_id("held-title"),
            why: dom::by_id("held-why"),
        }
    }

    /// What is pressed to answer.
    pub(super) fn target(&self) -> &HtmlElement {
        &self.region
    }

    pub(super) fn is_open(&self) -> bool {
        !self.region.hidden()
    }

    fn ask(&self, advice: &CallAdvice, callee: Callee) {
        let title = match callee.first_name {
            "" => "Not sent yet. Call first?".to_owned(),
            name => format!("Not sent yet. Call {name} first?"),
        };
        dom::set_text(&self.title, &title);
        let why = advice
            .reasons
            .first()
            .map_or(String::new(), |reason| wording::sentence_case(reason));
        dom::show_text(&self.why, &why);
        self.region.set_hidden(false);
    }

    /// Takes the keyboard where nothing in the panel has it: a press of Enter too many must answer nothing,
    /// so no button gets it.
    pub(super) fn take_focus(&self) {
        let is_free =
            !dom::has_focus() || dom::focused().is_none_or(|focused| !self.region.contains(Some(&focused)));
        if self.is_open() && is_free {
            dom::focus(&self.region);
        }
    }

    fn close(&self) {
        self.region.set_hidden(true);
    }
}

/// What a press of the user's own answers; Escape goes on writing.
pub(super) fn answered(event: &web_sys::Event) -> Option<Event> {
    if !event.is_trusted() {
        return None;
    }
    if let Some(key) = event.dyn_ref::<KeyboardEvent>() {
        // The keys that pressed Send may still be down.
        if key.repeat() {
            event.prevent_default();
        }
        return (key.key() == "Escape").then_some(Event::Answered(Answer::Write));
    }
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let button = target.closest("[data-answer]").ok()??;
    let answer = match button.get_attribute("data-answer")?.as_str() {
        "call" => Answer::Call,
        "send" => Answer::Send,
        "write" => Answer::Write,
        "never" => Answer::Never,
        _ => return None,
    };
    Some(Event::Answered(answer))
}

impl Panel {
    /// Tells the content script whether to hold the next press of Send.
    pub(super) fn post_verdict(&self) {
        if let Mail::Open(composed) = &self.mail {
            let mail = composed.mail;
            let advice = &self.report.call;
            let is_called = self.calls.progress(mail) != Progress::Advised;
            let is_let_through = is_called || self.let_through.has(mail, advice);
            let hold = self.settings.hold && advice.advised && !is_let_through;
            self.post(&Outgoing::Verdict { mail, hold });
        }
    }

    /// A press of Send was stopped, the first or another while the question stands.
    pub(super) fn held(&mut self) {
        self.question.ask(&self.report.call, self.callee());
        self.show();
        self.question.take_focus();
        self.post(&Outgoing::Asking);
    }

    /// The question is answered, or is no more to be answered.
    pub(super) fn close_question(&mut self) {
        if self.question.is_open() {
            self.question.close();
            self.show();
        }
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        let Mail::Open(composed) = &self.mail else {
            return self.close_question();
        };
        if !self.question.is_open() {
            return;
        }
        let mail = composed.mail;
        match answer {
            Answer::Send | Answer::Never => {
                if answer == Answer::Never {
                    self.let_through.add_for_good(mail);
                } else {
                    self.let_through.add(mail, &self.report.call);
                }
                self.close_question();
                self.post_verdict();
                self.post(&Outgoing::Release { mail });
            }
            Answer::Write => {
                self.close_question();
                self.post(&Outgoing::Keep);
            }
            Answer::Call => {
                self.close_question();
                self.post(&Outgoing::LetGo);
                self.call.begin();
            }
        }
    }

    /// The held mail's button was pressed for the user, or there was none to press.
    pub(super) fn released(&mut self, pressed: bool) {
        let words = if pressed {
            "Send was pressed. Should the mail still be here, press it yourself."
        } else {
            "Candor could not press Send. Press it yourself: it is not held again."
        };
        self.done.show(words, None);
        self.show();
    }
}
