//! What the user switched off.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The user's choices that change what is reported. The default reports everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Names of checks that stay silent. Unknown names are kept: they may be a newer version's.
    pub silenced: BTreeSet<String>,
}

impl Settings {
    /// Whether findings of this check are wanted.
    pub fn wants(&self, rule: &str) -> bool {
        !self.silenced.contains(rule)
    }
}
