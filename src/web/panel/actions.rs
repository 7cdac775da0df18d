//! What the user does with a finding, and the one way back from it.
//!
//! Nothing here happens but by a press of the user's own: presses that a script makes are not heard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::call::Progress;
use super::choices::Knower;
use super::{Event, FindingList, Mail, Panel, not_saved};
use crate::checks;
use crate::web::boundary::{Outgoing, Replacement};
use crate::web::dismissals::Dismissal;
use crate::web::dom;
use crate::web::store::{self, Change, Errand};

/// What can be done with a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// Write plain words in the place of the term.
    Replace,
    /// Note that the client knows the term.
    Known,
    /// Hear no more of this finding.
    Here,
    /// Hear no more of its check in this mail.
    Mail,
}

/// Something done that can be undone.
#[derive(Debug)]
pub(super) enum Deed {
    /// Words were replaced at the finding with this number.
    Replaced { id: u32 },
    /// Something was silenced in the mail with this number.
    Dismissed { mail: u32, dismissal: Dismissal },
    /// The notebook was changed.
    Noted(Change),
    /// The user called about the mail with this number, which was noted where there is a client to note it of.
    Called { mail: u32, change: Option<Change> },
    /// The mail with this number was turned into a follow-up.
    FollowedUp { mail: u32 },
}

/// What was done last. It stays until something else is done, or another mail is written.
#[derive(Debug)]
pub(super) struct DoneLine {
    line: HtmlElement,
    words: Element,
    /// Says it to assistive technology.
    said: Element,
    undo: HtmlElement,
    deed: Option<Deed>,
}

impl Act {
    /// What a press by the user means, and for which finding.
    pub(super) fn pressed(event: &web_sys::Event) -> Option<(u32, Self)> {
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let button = target.closest("[data-act]").ok()??;
        let act = match button.get_attribute("data-act")?.as_str() {
            "replace" => Self::Replace,
            "known" => Self::Known,
            "here" => Self::Here,
            "mail" => Self::Mail,
            _ => return None,
        };
        event
            .is_trusted()
            .then_some((FindingList::finding_of(&target)?, act))
    }
}

impl DoneLine {
    pub(super) fn new() -> Self {
        Self {
            line: dom::by_id("done"),
            words: dom::by_id("done-words"),
            said: dom::by_id("done-said"),
            undo: dom::by_id("undo"),
            deed: None,
        }
    }

    /// The button that undoes it.
    pub(super) fn undo(&self) -> &HtmlElement {
        &self.undo
    }

    /// Says what was done, with a way back where there is one. No words take the line away.
    pub(super) fn show(&mut self, words: &str, deed: Option<Deed>) {
        let held_focus = dom::focused().is_some_and(|focused| self.line.contains(Some(&focused)));
        dom::set_text(&self.words, words);
        dom::set_text(&self.said, words);
        self.undo.set_hidden(deed.is_none());
        self.line.set_hidden(words.is_empty());
        self.deed = deed;
        if held_focus && self.deed.is_none() && dom::has_focus() {
            dom::focus(&dom::by_id("draft-heading"));
        }
    }
}

impl Panel {
    /// Does what the user chose for a finding.
    pub(super) fn act(&mut self, id: u32, act: Act) {
        let Some(at) = self
            .ids
            .number(&self.report.findings)
            .iter()
            .position(|one| *one == id)
        else {
            return;
        };
        let (rule, choices) = (self.report.findings[at].rule, &self.choices[at]);
        match act {
            Act::Replace => {
                if let Some(plain) = choices.plain.clone() {
                    let words = choices.words.clone();
                    self.replacing = Some(Deed::Replaced { id });
                    self.post(&Outgoing::Replace { id, words, by: plain });
                }
            }
            Act::Known => {
                if let Some(knower) = choices.knower.clone() {
                    self.note_known(knower);
                }
            }
            Act::Here => {
                if let Some(here) = choices.here.clone() {
                    self.dismiss("Not mentioned here any more.", here);
                }
            }
            Act::Mail => {
                let about = checks::by_name(rule).map_or(rule, |check| check.summary);
                let about = about.trim_end_matches('.');
                self.dismiss(
                    &format!("Not mentioned in this mail any more: {}.", lowered(about)),
                    Dismissal::InMail { rule },
                );
            }
        }
    }

    /// Undoes what was done last.
    pub(super) fn undo(&mut self) {
        match self.done.deed.take() {
            Some(Deed::Replaced { id }) => self.post(&Outgoing::TakeBack { id }),
            Some(Deed::Dismissed { mail, dismissal }) => {
                if let Some(dismissals) = self.dismissals.get_mut(&mail) {
                    dismissals.take_back(&dismissal);
                }
                self.done.show("", None);
                self.judge();
            }
            Some(Deed::Noted(change)) => self.take_note_back(change),
            Some(Deed::Called { mail, change }) => {
                self.take_call_back(mail);
                match change {
                    Some(change) => self.take_note_back(change),
                    None => self.done.show("", None),
                }
            }
            Some(Deed::FollowedUp { mail }) => {
                self.calls.set(mail, Progress::Called);
                self.post(&Outgoing::TakeBack {
                    id: Outgoing::REWRITING,
                });
            }
            None => {}
        }
    }

    fn take_note_back(&self, change: Change) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move {
                inbox.put(Event::NotedBack(
                    notebook.run(&Errand::Undo(change)).await.map(|_| ()),
                ));
            });
        }
    }

    /// The page says what became of the words that it was to write.
    pub(super) fn replaced(&mut self, outcome: Replacement) {
        let (words, deed) = match (outcome, self.replacing.take()) {
            (Replacement::Done, Some(Deed::FollowedUp { mail })) => {
                self.calls.set(mail, Progress::Confirmed);
                let words = "Turned into a follow-up. Fill in what stands in brackets.";
                (String::from(words), Some(Deed::FollowedUp { mail }))
            }
            (Replacement::Done, Some(deed)) => (String::from("Replaced."), Some(deed)),
            (Replacement::Done, None) => (String::new(), None),
            (Replacement::Changed, _) => (
                String::from("These words were changed meanwhile, so they stay as they are."),
                None,
            ),
            (Replacement::Refused, _) => (
                String::from("This editor takes no words from Candor, so yours stay as they are."),
                None,
            ),
        };
        self.done.show(&words, deed);
        self.show();
    }

    /// The notebook says what became of a term noted as known.
    pub(super) fn noted(&mut self, noted: Result<(Knower, Option<Change>), store::Error>) {
        match noted {
            Ok((Knower { name, term, .. }, change)) => {
                let words = format!("Noted that {name} knows “{term}”.");
                self.done.show(&words, change.map(Deed::Noted));
            }
            Err(why) => self.done.show(&not_saved(&why), None),
        }
    }

    /// The notebook says what became of taking that back.
    pub(super) fn noted_back(&mut self, undone: Result<(), store::Error>) {
        match undone {
            Ok(()) => self.done.show("", None),
            Err(why) => self.done.show(&format!("This could not be undone: {why}."), None),
        }
    }

    fn dismiss(&mut self, words: &str, dismissal: Dismissal) {
        let Mail::Open(composed) = &self.mail else { return };
        let mail = composed.mail;
        self.dismissals.entry(mail).or_default().add(dismissal.clone());
        self.done.show(words, Some(Deed::Dismissed { mail, dismissal }));
        self.judge();
    }

    fn note_known(&self, knower: Knower) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let known = Errand::Known {
                client: knower.id.clone(),
                term: knower.term.clone(),
            };
            let done = notebook.run(&known).await;
            inbox.put(Event::Noted(done.map(|done| (knower, done.change))));
        });
    }
}

/// The text with its first letter in lower case.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
