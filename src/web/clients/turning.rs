//! Which client the page shows, and what becomes of what is typed before another one is shown.

use web_sys::{Element, HtmlElement};

use super::Page;
use crate::web::dom;

/// What to do with what is typed and not saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    Save,
    Drop,
    Stay,
}

/// Which client the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Nobody,
    /// One who is not in the notebook yet.
    New,
    /// The one with this key.
    Known(String),
}

impl Shown {
    /// The key of the client.
    pub(super) fn id(&self) -> Option<&str> {
        match self {
            Self::Known(id) => Some(id),
            Self::Nobody | Self::New => None,
        }
    }
}

impl Page {
    /// Shows somebody else, or asks first where that would drop what is typed.
    pub(super) fn ask_to_turn_to(&mut self, next: Shown) {
        if next == self.shown && next != Shown::New {
            dom::focus(&self.heading);
        } else if self.form.unsaved()() {
            let words = match self.client() {
                Some(client) => format!("What you changed about {} is not saved.", client.name),
                None => "The new client is not saved.".to_owned(),
            };
            dom::set_text(&dom::by_id::<Element>("leave-text"), &words);
            self.next = Some(next);
            // Refused only when it is open already.
            self.leave.show_modal().ok();
        } else {
            self.show_next(next);
        }
    }

    pub(super) fn leave(&mut self, leave: Leave) {
        self.leave.close();
        match leave {
            Leave::Save => self.save(),
            Leave::Drop => {
                if let Some(next) = self.next.take() {
                    self.show_next(next);
                }
            }
            Leave::Stay => self.next = None,
        }
    }

    pub(super) fn show_next(&mut self, next: Shown) {
        let is_new = next == Shown::New;
        self.turn_to(next);
        if is_new {
            self.form.focus();
        } else {
            dom::focus(&self.heading);
        }
    }

    pub(super) fn turn_to(&mut self, shown: Shown) {
        self.history.turn(self.shown.id(), shown.id());
        self.shown = shown;
        self.form.forget();
        self.say_trouble("");
        self.show();
    }

    pub(super) fn show(&mut self) {
        dom::by_id::<HtmlElement>("notebook").set_hidden(false);
        let is_empty = self.clients.is_empty() && self.shown != Shown::New;
        dom::by_id::<HtmlElement>("empty").set_hidden(!is_empty);
        for id in ["back-up", "export"] {
            dom::by_id::<HtmlElement>(id).set_hidden(self.clients.is_empty());
        }
        self.show_list();
        self.show_client();
    }

    pub(super) fn show_list(&self) {
        self.list.show(&self.clients, self.shown.id().unwrap_or_default());
    }

    fn show_client(&mut self) {
        let client = self.client().cloned();
        let is_hidden = client.is_none() && self.shown != Shown::New;
        dom::by_id::<HtmlElement>("page").set_hidden(is_hidden);
        dom::by_id::<HtmlElement>("delete").set_hidden(client.is_none());
        let name = client
            .as_ref()
            .map_or("New client", |client| client.name.as_str());
        dom::set_text(&self.heading, name);
        self.history.show(client.as_ref());
        if is_hidden {
            self.form.forget();
        } else {
            self.form.show(&client.unwrap_or_default());
        }
    }
}
