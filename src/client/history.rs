//! What went on with a client, and what is going on.

use serde::{Deserialize, Serialize};

use super::Other;

/// Something worth remembering about a client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Note {
    /// The day it was written, `2026-10-16`.
    pub date: String,
    /// The note itself.
    pub text: String,
    /// Whether it is to stay folded until somebody asks for it, since others may see the screen.
    pub sensitive: bool,
    /// The day on which they were last asked about it; empty when they never were.
    pub asked: String,
    /// Keys this version does not know.
    pub other: Other,
}

/// A conversation that took place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Contact {
    /// The day it took place, `2026-10-16`.
    pub date: String,
    /// `call`, `mail` or `meeting`.
    pub kind: String,
    /// What it was about.
    pub topic: String,
    /// Keys this version does not know.
    pub other: Other,
}

/// Something that the client was told they can count on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Promise {
    /// What was promised.
    pub text: String,
    /// The day on which it was promised, `2026-10-16`.
    pub made: String,
    /// The day by which it is due, `2026-10-22`; empty when no day was named.
    pub due: String,
    /// Whether it was kept; `None` while it is open.
    pub kept: Option<bool>,
    /// Keys this version does not know.
    pub other: Other,
}

/// Work that is done for the client.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Project {
    /// What it is called between the two of you.
    pub name: String,
    /// How it stands, in the writer's words: `waiting for their photographs`, `done`.
    pub state: String,
    /// Keys this version does not know.
    pub other: Other,
}

impl Project {
    /// Whether it is going on: it has a name, and its state tells of no end.
    ///
    /// ```
    /// use candor::client::Project;
    ///
    /// let project = |state: &str| Project { name: "the shop".into(), state: state.into(), ..Project::default() };
    /// assert!(project("").is_active() && project("waiting for their photographs").is_active());
    /// assert!(!project("Done, paid").is_active() && !Project::default().is_active());
    /// ```
    pub fn is_active(&self) -> bool {
        const ENDED: &[&str] = &[
            "abandoned",
            "archived",
            "cancelled",
            "canceled",
            "closed",
            "complete",
            "completed",
            "dead",
            "delivered",
            "done",
            "ended",
            "finished",
            "lost",
            "over",
            "stopped",
        ];
        let state = self.state.to_lowercase();
        let mut words = state.split(|char: char| !char.is_alphanumeric());
        let denied = state.starts_with("not ") || state.contains(" not ") || state.contains("almost");
        !self.name.trim().is_empty() && (denied || !words.any(|word| ENDED.contains(&word)))
    }
}
