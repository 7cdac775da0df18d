//! What is written into the notebook beside a draft: a new client, a note about one.

use wasm_bindgen_futures::spawn_local;

use super::{Event, Mail, Panel, not_saved};
use crate::client::Note;
use crate::web::browser;
use crate::web::correspondent::Correspondent;
use crate::web::store::{self, Errand};

/// A note that is not in the notebook.
pub(super) struct NotKept {
    client: String,
    text: String,
    why: store::Error,
}

impl Panel {
    pub(super) fn add_client(&mut self) {
        let (Some(notebook), Mail::Open(composed)) = (self.notebook.clone(), &self.mail) else {
            return;
        };
        let all = Correspondent::all(composed, self.known());
        let Some(client) = self.about.whom(&all).and_then(Correspondent::newcomer) else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let done = notebook.run(&Errand::Add(Box::new(client))).await;
            inbox.put(Event::Added(done.map(|done| done.added.unwrap_or_default())));
        });
    }

    pub(super) fn keep_note(&mut self) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let Some((client, text)) = self.about.take_note() else {
            return;
        };
        let inbox = self.inbox.clone();
        let note = Note {
            date: browser::today(),
            text: text.clone(),
            ..Note::default()
        };
        spawn_local(async move {
            let errand = Errand::Note {
                client: client.clone(),
                note,
            };
            let kept = notebook.run(&errand).await.map(|_| ());
            let kept = kept.map_err(|why| NotKept { client, text, why });
            inbox.put(Event::NoteKept(kept));
        });
    }

    /// A client was added, under this key, or was not.
    pub(super) fn added(&mut self, added: Result<String, store::Error>) {
        match added {
            Ok(id) => {
                self.just_added = true;
                self.about.choose(id);
                self.about.show_trouble("");
                self.read_clients();
            }
            Err(why) => self.about.show_trouble(&not_saved(&why)),
        }
    }

    /// A note is in the notebook, or could not be kept.
    pub(super) fn note_kept(&mut self, kept: Result<(), NotKept>) {
        match kept {
            Ok(()) => self.about.show_trouble(""),
            Err(NotKept { client, text, why }) => {
                self.about.give_note_back(client, &text);
                self.about.show_trouble(&not_saved(&why));
            }
        }
    }
}
