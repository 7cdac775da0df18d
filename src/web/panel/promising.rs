//! What a mail promises once Send is pressed: offered for the client's list, after the mail is on its way.
//!
//! Nothing here keeps the mail waiting. A webmail may refuse to send, so what is written on after all takes back
//! what was offered of it.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{Mail, Panel};
use crate::promise::{Offer, Sent};
use crate::web::boundary::Composed;
use crate::web::correspondent::Correspondent;
use crate::web::store::{Errand, Offered};
use crate::web::{browser, dom};

#[wasm_bindgen]
extern "C" {
    /// See `later.js`.
    #[wasm_bindgen(catch, js_name = promisesOf)]
    async fn promises_of(sent: JsValue) -> Result<JsValue, JsValue>;
}

/// The mail of which something was offered last.
#[derive(Debug, Default)]
pub(super) struct Promising {
    /// Tells this panel's mails from those of others.
    page: String,
    /// Its number, and its text.
    sent: Option<(u32, String)>,
}

impl Promising {
    pub(super) fn new() -> Self {
        let crypto = dom::window().crypto().ok();
        Self {
            page: crypto.map_or_else(String::new, |crypto| crypto.random_uuid()),
            sent: None,
        }
    }

    fn key(&self, mail: u32) -> String {
        format!("{}:{mail}", self.page)
    }
}

impl Panel {
    /// Send was pressed, and the press went through.
    pub(super) fn sending(&mut self) {
        let (Mail::Open(composed), Some(notebook)) = (&self.mail, self.notebook.clone()) else {
            return;
        };
        let Correspondent::Known(client) = Correspondent::of(composed, self.known()) else {
            return;
        };
        if self.foreign.is_some() {
            return;
        }
        let (client, name) = (client.id.clone(), client.name.clone());
        let mail = self.promising.key(composed.mail);
        let sent = sent(composed);
        let said = (composed.mail, composed.body.clone());
        spawn_local(async move {
            let Ok(offers) = promises_of(browser::to_js(&sent)).await else {
                return;
            };
            let offers: Vec<Offer> = browser::from_js(&offers).unwrap_or_default();
            let offered = offers.into_iter().map(|offer| Offered {
                client: client.clone(),
                name: name.clone(),
                mail: mail.clone(),
                offer,
            });
            // A notebook that takes nothing says so where it is written in; a sent mail is no place for it.
            let offers = offered.collect();
            notebook.run(&Errand::Offer { mail, offers }).await.ok();
        });
        self.promising.sent = Some(said);
        self.note_what_was_asked();
    }

    /// Takes back what was offered of a mail that is written on.
    pub(super) fn written_on(&mut self, composed: &Composed) {
        let is_sent = |(mail, body): &(u32, String)| *mail == composed.mail && *body != composed.body;
        if composed.body.trim().is_empty() || !self.promising.sent.as_ref().is_some_and(is_sent) {
            return;
        }
        self.promising.sent = None;
        if let Some(notebook) = self.notebook.clone() {
            let mail = self.promising.key(composed.mail);
            spawn_local(async move {
                notebook.run(&Errand::Withdraw { mail }).await.ok();
            });
        }
    }

    /// Lists what was promised to whom the mail goes to.
    pub(super) fn show_offers(&self) {
        let Some(offers) = &self.offers else { return };
        let client = match &self.mail {
            Mail::Open(composed) => match Correspondent::of(composed, self.known()) {
                Correspondent::Known(client) => Some(client.id.as_str()),
                _ => None,
            },
            _ => None,
        };
        offers.show(client);
    }
}

fn sent(composed: &Composed) -> Sent {
    let draft = composed.draft(None);
    Sent {
        context: draft
            .context
            .iter()
            .map(|range| (range.start, range.end))
            .collect(),
        subject: draft.subject,
        body: draft.body,
        at: browser::local_time(""),
    }
}
