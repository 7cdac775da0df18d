//! What a page wants done to the notebook, as data.
//!
//! The popup and the panel are to stand at once, so they carry only what reads the notebook. What writes it is in a
//! module of its own, which `later.js` loads with the first errand and hands all of them to. Other pages write by
//! themselves.

use std::cell::RefCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::{Change, Error, Notebook, Offered};
use crate::Client;
use crate::client::{Contact, Note};
use crate::web::browser::{from_js, to_js};

/// Something to be done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::web) enum Errand {
    /// Open the notebook and look after what a page that only reads cannot: one that is new or of an older
    /// version, a second copy or a plan of reminders that is behind.
    LookAfter,
    /// Make the lookup's rows anew.
    FillShelves,
    /// Add a client, and give them a key.
    Add(Box<Client>),
    /// Note something about the client with this key.
    Note { client: String, note: Note },
    /// Log a conversation with them.
    Log { client: String, contact: Contact },
    /// Note that they know a term.
    Known { client: String, term: String },
    /// Note on which day they were asked about what this note says.
    Asked {
        client: String,
        text: String,
        day: String,
    },
    /// Undo a change.
    Undo(Change),
    /// Offer what a mail promises, in place of what was offered of the same mail before.
    Offer { mail: String, offers: Vec<Offered> },
    /// Take back what was offered of a mail that was not sent after all.
    Withdraw { mail: String },
    /// End an offer: see [`Notebook::answer`].
    Answer { offered: Offered, due: Option<String> },
}

/// What has been done.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::web) struct Done {
    /// The change of the notebook, where it is one that can be undone.
    pub(in crate::web) change: Option<Change>,
    /// The key of the client who was added.
    pub(in crate::web) added: Option<String>,
}

#[wasm_bindgen]
extern "C" {
    /// See `later.js`.
    #[wasm_bindgen(catch, js_name = runErrand)]
    async fn run_errand(errand: JsValue) -> Result<JsValue, JsValue>;
}

impl Notebook {
    /// Has an errand done.
    ///
    /// # Errors
    ///
    /// `Damaged` where this page or another has found something missing, and what it fails by.
    pub(in crate::web) async fn run(&self, errand: &Errand) -> Result<Done, Error> {
        if self.damaged.get() {
            return Err(Error::Damaged);
        }
        run(errand).await
    }
}

/// Has an errand done for a page that has not opened the notebook yet.
pub(super) async fn run(errand: &Errand) -> Result<Done, Error> {
    let done = run_errand(to_js(errand)).await?;
    from_js(&done).unwrap_or(Err(Error::Unreadable))
}

thread_local! {
    /// The notebook as errands found it, kept open: what follows a change takes longer than the errand.
    static NOTEBOOK: RefCell<Option<Rc<Notebook>>> = const { RefCell::new(None) };
}

/// Does an errand that a page hands on, in the module that writes. Gives back what [`run`] reads.
#[cfg(feature = "promises")]
pub(crate) async fn do_errand(errand: &JsValue) -> JsValue {
    let done: Result<Done, Error> = match from_js::<Errand>(errand) {
        Some(errand) => errand.be_done().await,
        None => Err(Error::Unreadable),
    };
    to_js(&done)
}

#[cfg(feature = "promises")]
impl Errand {
    async fn be_done(self) -> Result<Done, Error> {
        let kept = NOTEBOOK.with_borrow(Clone::clone);
        let notebook = match kept {
            Some(kept) if !matches!(self, Self::LookAfter) => kept,
            _ => {
                let opened = Rc::new(Notebook::open().await?);
                NOTEBOOK.set(Some(Rc::clone(&opened)));
                opened
            }
        };
        let changed = match self {
            Self::LookAfter => None,
            Self::FillShelves => {
                notebook.fill_shelves().await?;
                None
            }
            Self::Add(client) => {
                let added = notebook.add(vec![*client]).await?;
                return Ok(Done {
                    change: None,
                    added: added.into_iter().map(|client| client.id).next(),
                });
            }
            Self::Note { client, note } => {
                notebook
                    .edit(&client, |client| client.notes.insert(0, note))
                    .await?
            }
            Self::Log { client, contact } => {
                notebook
                    .edit(&client, |client| client.contacts.insert(0, contact))
                    .await?
            }
            Self::Known { client, term } => {
                notebook
                    .edit(&client, |client| {
                        if !client.known_terms.contains(&term) {
                            client.known_terms.push(term);
                        }
                    })
                    .await?
            }
            Self::Asked { client, text, day } => {
                notebook
                    .edit(&client, |client| {
                        for note in client.notes.iter_mut().filter(|note| note.text == text) {
                            note.asked.clone_from(&day);
                        }
                    })
                    .await?
            }
            Self::Undo(change) => {
                notebook.undo(change).await?;
                None
            }
            Self::Offer { mail, offers } => {
                notebook.offer(&mail, offers).await?;
                None
            }
            Self::Withdraw { mail } => {
                notebook.withdraw(&mail).await?;
                None
            }
            Self::Answer { offered, due } => {
                notebook.answer(&offered, due).await?;
                None
            }
        };
        Ok(Done {
            change: changed,
            added: None,
        })
    }
}
