//! Why the notebook could not be read or written.

use std::fmt;

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

/// Why the notebook could not be read or written, in words for its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::web) enum Error {
    /// This page may not use storage.
    Denied,
    /// Another page keeps an older form of the notebook open.
    Blocked,
    /// A newer version of Candor wrote the notebook.
    Newer,
    /// This page let go of the notebook, for a newer version to open it or for it to be restored.
    LetGo,
    /// The disk, or the browser's share of it, is full.
    Full,
    /// The client is not in the notebook any more.
    Gone,
    /// What should be undone was changed again since.
    ChangedSince,
    /// The journal does not reach back to it.
    TooOld,
    /// The user stopped it, and none of it was written.
    Stopped,
    /// An address belongs to a client already.
    Taken {
        /// The address.
        address: String,
        /// Whose it is.
        name: String,
    },
    /// Something that was written is not there any more: nothing is written until its owner has seen
    /// what can be restored.
    Damaged,
    /// A record that this version cannot read.
    Unreadable,
    /// The browser failed, in its own words.
    Failed(String),
}

impl Error {
    /// Whether the recovery page can help.
    pub(in crate::web) fn wants_recovery(&self) -> bool {
        matches!(self, Self::Damaged | Self::Unreadable | Self::Failed(_))
    }
}

impl From<JsValue> for Error {
    fn from(thrown: JsValue) -> Self {
        let Some(exception) = thrown.dyn_ref::<DomException>() else {
            return Self::Failed(format!("{thrown:?}"));
        };
        match exception.name().as_str() {
            "SecurityError" | "NotAllowedError" => Self::Denied,
            "QuotaExceededError" => Self::Full,
            "VersionError" => Self::Newer,
            "InvalidStateError" => Self::LetGo,
            name => Self::Failed(format!("{name}: {}", exception.message())),
        }
    }
}

/// Reads after “Your notebook cannot be opened here:” and “This could not be saved:”.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Denied => f.write_str("the browser allows no storage on this page"),
            Self::Blocked => f.write_str("another tab still uses an older version of it; close that tab"),
            Self::Newer => f.write_str("a newer version of Candor wrote it; update Candor in this browser"),
            Self::LetGo => f.write_str("another page has updated or restored it; open this page again"),
            Self::Full => f.write_str("there is no room left on this disk"),
            Self::Gone => f.write_str("this client has been deleted meanwhile"),
            Self::ChangedSince => f.write_str("it has been changed again since"),
            Self::TooOld => f.write_str("the journal does not reach back that far"),
            Self::Stopped => f.write_str("it was stopped, and nothing of it is written"),
            Self::Taken { address, name } => {
                write!(f, "{address} is in the notebook already, as {name}")
            }
            Self::Damaged => f.write_str(
                "this browser has lost a part of it, and nothing is written to it until you have seen what \
                 can be restored",
            ),
            Self::Unreadable => f.write_str("a record in it cannot be read by this version"),
            Self::Failed(words) => write!(f, "the browser says “{words}”"),
        }
    }
}
