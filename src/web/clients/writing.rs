//! What the page writes into the notebook, and what it says of it once that is done.

use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use super::history::{Deed, Entry, History, Log, Request};
use super::turning::Shown;
use super::{Event, Page};
use crate::Client;
use crate::web::store::{self, Change, Notebook};
use crate::web::{dom, wording};

/// How far the saving of what is typed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saving {
    No,
    /// Until it is seen in the form: what is not seen yet would be written twice.
    UnderWay,
    /// And once more after that, for what is typed meanwhile.
    Again,
}

/// What was written, and what is to be seen of it.
#[derive(Debug)]
pub(super) enum Written {
    /// A new client, who is now to be shown.
    Added { id: String },
    /// What was changed in the form of a client; none where it was so already.
    Saved { change: Option<Change> },
    /// A client is as they were before, and to be shown.
    Undone { id: String },
    /// So many clients came from a file.
    Imported { count: usize, change: Change },
    /// Something that shows by itself.
    Shown,
    /// Something that can be undone right away, in words: `Cathy Andre was deleted.`
    Undoable { words: String, change: Change },
}

impl Page {
    /// Does some work on the notebook; how it ends comes as an event.
    pub(super) fn write(&self, work: impl AsyncFnOnce(&Notebook) -> Result<Written, store::Error> + 'static) {
        if let Some(notebook) = self.notebook.clone() {
            let inbox = self.inbox.clone();
            spawn_local(async move { inbox.put(Event::Written(work(&notebook).await)) });
        }
    }

    pub(super) fn not_written(&mut self, why: &store::Error) {
        self.next = None;
        self.say_done("");
        self.say_trouble(&format!("This could not be saved: {why}."));
    }

    /// Shows what was written once the clients have been read again.
    pub(super) fn written(&mut self, written: Written) {
        let is_new = !matches!(written, Written::Shown | Written::Saved { change: None });
        let is_heard_of = self.watch.is_some() && is_new;
        if is_heard_of {
            self.unseen.push(written);
        } else {
            self.show_written(written);
        }
    }

    pub(super) fn show_written(&mut self, written: Written) {
        self.say_trouble("");
        self.undo = None;
        let mut saving = Saving::No;
        if matches!(written, Written::Added { .. } | Written::Saved { .. }) {
            saving = std::mem::replace(&mut self.saving, Saving::No);
        }
        match written {
            Written::Saved { change } => {
                let words = if change.is_some() { "Saved." } else { "" };
                self.undo = change;
                self.say_done(words);
            }
            Written::Added { id } => {
                self.turn_to(Shown::Known(id));
                self.say_done("Saved.");
                dom::focus(&self.heading);
            }
            Written::Imported { count, change } => {
                self.import.written();
                self.undo = Some(change);
                self.say_done(&format!("{} imported.", wording::count(count, "client")));
                dom::focus(&self.heading);
            }
            Written::Undone { id } => {
                let undone = Shown::Known(id);
                // Somebody else may be shown by now, with something typed that is not saved.
                if self.shown != undone && !self.form.unsaved()() {
                    self.turn_to(undone);
                }
                self.say_done("");
                dom::focus(&self.heading);
            }
            Written::Shown => self.say_done(""),
            Written::Undoable { words, change } => {
                self.undo = Some(change);
                self.say_done(&words);
                if self.client().is_none() {
                    dom::focus(&dom::by_id("undo"));
                }
            }
        }
        if saving == Saving::Again && self.form.unsaved()() {
            self.save();
        } else if let Some(next) = self.next.take() {
            self.show_next(next);
        }
    }

    pub(super) fn save(&mut self) {
        if self.saving != Saving::No {
            self.saving = Saving::Again;
            return;
        }
        let edits = match self.form.edits() {
            Ok(edits) => edits,
            Err(refusal) => {
                self.next = None;
                self.form.refuse(&refusal);
                return;
            }
        };
        self.form.say_trouble("");
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        self.saving = Saving::UnderWay;
        let (inbox, shown) = (self.inbox.clone(), self.shown.clone());
        spawn_local(async move {
            let saved = if let Shown::Known(id) = shown {
                let change = notebook.edit(&id, |client| edits.apply(client)).await;
                change.map(|change| Written::Saved { change })
            } else {
                let mut client = Client::default();
                edits.apply(&mut client);
                let added = notebook.add(vec![client]).await;
                added.map(|added| match added.into_iter().next() {
                    Some(client) => Written::Added { id: client.id },
                    None => Written::Saved { change: None },
                })
            };
            inbox.put(Event::Saved(saved));
        });
    }

    pub(super) fn ask_delete(&self) {
        let Some(client) = self.client() else { return };
        let words = format!("Delete {} and all that is noted about them?", client.name);
        dom::set_text(&dom::by_id::<Element>("confirm-text"), &words);
        // Refused only when it is open already.
        self.confirm.show_modal().ok();
    }

    pub(super) fn delete(&self) {
        self.confirm.close();
        let Some(client) = self.client().cloned() else {
            return;
        };
        self.write(async move |notebook| {
            let change = notebook.delete(&client.id).await?;
            Ok(Written::Undoable {
                words: format!("{} was deleted.", client.name),
                change,
            })
        });
    }

    /// Adds something to the history of the client shown. Its field is empty already, for the next one to
    /// be typed, so it is given back should it not be kept.
    pub(super) fn add(&self, log: Log) {
        let (Some(client), Some(notebook)) = (self.client(), self.notebook.clone()) else {
            return;
        };
        let Some(entry) = History::take(log) else { return };
        let (client, inbox) = (client.id.clone(), self.inbox.clone());
        spawn_local(async move {
            let added = entry.clone();
            if let Err(why) = notebook.edit(&client, |client| added.insert(client)).await {
                inbox.put(Event::NotKept { client, entry, why });
            }
        });
    }

    /// Does to an entry of the history what is asked for: to the one that was seen there, wherever in its
    /// list it stands by now.
    pub(super) fn asked(&mut self, request: &Request) {
        let Some(client) = self.client().cloned() else {
            return;
        };
        let entry = match request.deed {
            Deed::Reword => {
                self.history.reword(&client, request);
                None
            }
            Deed::Leave | Deed::Say(_) => self.history.end_rewording(&client, request),
            _ => History::entry(&client, request),
        };
        let Some(entry) = entry else { return };
        let (after, words) = entry.after(&request.deed);
        if after.as_ref() == Some(&entry) {
            return;
        }
        if let (Deed::Say(_), Some(after)) = (&request.deed, &after) {
            self.reword(client.id, entry, after.clone());
            return;
        }
        self.write(async move |notebook| {
            let change = notebook
                .edit(&client.id, |client| entry.replace(after, client))
                .await?;
            Ok(change.map_or(Written::Shown, |change| Written::Undoable {
                words: words.to_owned(),
                change,
            }))
        });
    }

    /// Changes the words of an entry. Its field is closed already, so what was typed is given back should it
    /// not be kept.
    fn reword(&self, client: String, before: Entry, after: Entry) {
        let Some(notebook) = self.notebook.clone() else {
            return;
        };
        let inbox = self.inbox.clone();
        spawn_local(async move {
            let change = notebook
                .edit(&client, |client| before.replace(Some(after.clone()), client))
                .await;
            inbox.put(
                match change.and_then(|change| change.ok_or(store::Error::ChangedSince)) {
                    Ok(change) => Event::Written(Ok(Written::Undoable {
                        words: "Saved.".to_owned(),
                        change,
                    })),
                    Err(why) => Event::NotReworded {
                        client,
                        before,
                        after,
                        why,
                    },
                },
            );
        });
    }

    pub(super) fn undo(&mut self) {
        let Some(change) = self.undo.take() else { return };
        // An import of thousands takes a while.
        self.say_done("Taking it back…");
        self.write(async move |notebook| {
            let id = notebook.undo(change).await?;
            Ok(Written::Undone { id })
        });
    }
}
