//! The one suggestion beside a draft: what to do, a sentence for it, and a way to be rid of it.

use std::collections::HashSet;

use gloo::events::EventListener;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlAnchorElement, HtmlElement};

use super::{Event, Mail, Panel};
use crate::checks::Context;
use crate::suggestions::{self, Situation, Suggestion};
use crate::web::inbox::Inbox;
use crate::web::store::Errand;
use crate::web::{browser, dom};
use crate::{Client, Settings};

/// What the user wants of the suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Copy,
    NotNow,
    /// The sentence is on the clipboard, or is not.
    Copied(bool),
}

/// The suggestion, and what was said of others.
pub(super) struct Suggesting {
    region: HtmlElement,
    text: HtmlElement,
    words: HtmlElement,
    copy: HtmlElement,
    copied: HtmlElement,
    settings: HtmlAnchorElement,
    /// What is suggested now.
    made: Option<Suggestion>,
    /// What was suggested before the draft was judged anew.
    before: Option<Suggestion>,
    /// Kinds that are not wanted in a mail, by its number.
    not_now: HashSet<(u32, &'static str)>,
    /// The client and the note that were suggested to be asked about in this mail.
    note: Option<(u32, String, String)>,
    _listeners: [EventListener; 2],
}

impl Suggesting {
    pub(super) fn new(inbox: &Inbox<Event>) -> Self {
        let copy: HtmlElement = dom::by_id("suggestion-copy");
        let not_now: HtmlElement = dom::by_id("suggestion-not-now");
        let press = |button: &HtmlElement, wish: Wish| {
            inbox.on(button, "click", move |event| {
                event.is_trusted().then_some(Event::Suggested(wish))
            })
        };
        Self {
            region: dom::by_id("suggestion"),
            text: dom::by_id("suggestion-text"),
            words: dom::by_id("suggestion-words"),
            copied: dom::by_id("suggestion-copied"),
            settings: dom::by_id("suggestion-settings"),
            made: None,
            before: None,
            not_now: HashSet::new(),
            note: None,
            _listeners: [press(&copy, Wish::Copy), press(&not_now, Wish::NotNow)],
            copy,
        }
    }

    /// Thinks of something for a draft of this number.
    pub(super) fn think(
        &mut self,
        mail: u32,
        draft: &Context,
        client: Option<&Client>,
        in_trouble: bool,
        settings: &Settings,
    ) {
        let before = self.before.take();
        let (Some(client), Some(now)) = (client, browser::local_time("")) else {
            return;
        };
        let situation = Situation {
            draft,
            client,
            now,
            in_trouble,
        };
        self.made = suggestions::suggest(&situation, settings, |suggestion| {
            self.not_now.contains(&(mail, suggestion.name))
        });
        if self.made != before {
            dom::show_text(&self.copied, "");
        }
        let note = self.made.as_ref().and_then(|made| client.notes.get(made.note?));
        if let Some(note) = note {
            self.note = Some((mail, client.id.clone(), note.text.clone()));
        }
    }

    /// Shows what was thought of.
    pub(super) fn show(&self) {
        self.region.set_hidden(self.made.is_none());
        let Some(made) = &self.made else { return };
        dom::set_text(&self.text, &made.text);
        dom::show_text(&self.words, &made.words);
        self.copy.set_hidden(made.words.is_empty());
        self.settings.set_href(&format!("options.html#{}", made.name));
    }

    /// The draft is judged anew, and may not call for anything.
    pub(super) fn forget(&mut self) {
        self.before = self.made.take();
    }
}

impl Panel {
    pub(super) fn suggested(&mut self, wish: Wish) {
        let Some(made) = &self.suggesting.made else { return };
        match wish {
            Wish::Copy => {
                let (words, inbox) = (self.suggesting.words.clone(), self.inbox.clone());
                spawn_local(async move {
                    let copied = browser::copy_shown(&words).await;
                    inbox.put(Event::Suggested(Wish::Copied(copied)));
                });
            }
            Wish::Copied(copied) => {
                let words = if copied {
                    "Copied."
                } else {
                    "The browser does not let Candor copy. The sentence is selected: copy it yourself."
                };
                dom::show_text(&self.suggesting.copied, words);
            }
            Wish::NotNow => {
                if let Mail::Open(composed) = &self.mail {
                    self.suggesting.not_now.insert((composed.mail, made.name));
                }
                if made.note.is_some() {
                    self.note_as_asked();
                }
                self.judge();
            }
        }
    }

    /// Remembers that the note was asked about, when the mail goes out and speaks of it.
    pub(super) fn note_what_was_asked(&mut self) {
        let Mail::Open(composed) = &self.mail else { return };
        let draft = composed.draft(None);
        let is_asked = |(mail, _, note): &(u32, String, String)| {
            *mail == composed.mail && suggestions::speaks_of(&Context::new(&draft, None), note)
        };
        if self.suggesting.note.as_ref().is_some_and(is_asked) {
            self.note_as_asked();
        }
    }

    fn note_as_asked(&mut self) {
        let (Some(notebook), Some((_, client, text))) = (self.notebook.clone(), self.suggesting.note.take())
        else {
            return;
        };
        spawn_local(async move {
            let day = browser::today();
            // One that is not kept is suggested again: no harm.
            notebook.run(&Errand::Asked { client, text, day }).await.ok();
        });
    }
}
