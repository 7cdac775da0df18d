//! The notebook's model: one client, and what the writer knows of them.

pub mod lookup;

use serde::{Deserialize, Serialize};

/// One client as the notebook keeps them. Every field may be empty; keys this version does not know
/// are kept in [`other`](Self::other), so that an older version never drops what a newer one wrote.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Client {
    /// The notebook's key, made once when the client is added; empty outside the notebook.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Full name, as the client writes it.
    pub name: String,
    /// What they like to be called; empty: the first word of the name.
    pub call_me: String,
    /// Company or organisation.
    pub company: String,
    /// Their part in it.
    pub role: String,
    /// Mail addresses, the one to write to first.
    pub emails: Vec<String>,
    /// Phone numbers as dialled, the one to call first.
    pub phones: Vec<String>,
    /// When they like to be called, in the writer's words: `mornings`.
    pub call_hours: String,
    /// IANA name of their time zone: `America/New_York`; empty when unknown.
    pub timezone: String,
    /// What they are trained or work in: words of these fields are not jargon to them.
    pub expertise: Vec<String>,
    /// Terms they are known to understand.
    pub known_terms: Vec<String>,
    /// One line on who they are.
    pub about: String,
    /// What is worth remembering about the person, newest first.
    pub notes: Vec<Note>,
    /// Past conversations, newest first.
    pub contacts: Vec<Contact>,
    /// What a newer version of Candor wrote here.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

/// Something worth remembering about a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Note {
    /// The day it was written, `2026-10-16`.
    pub date: String,
    /// The note itself.
    pub text: String,
}

/// A conversation that took place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The day it took place, `2026-10-16`.
    pub date: String,
    /// `call`, `mail` or `meeting`.
    pub kind: String,
    /// What it was about.
    pub topic: String,
}

impl Client {
    /// What to call them in a sentence: their own wish, else the first word of the name, else `the client`.
    pub fn first_name(&self) -> &str {
        if self.call_me.is_empty() {
            self.name.split_whitespace().next().unwrap_or("the client")
        } else {
            &self.call_me
        }
    }
}
