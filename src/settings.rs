//! What the user switched off.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The user's choices that change what is reported. The default reports everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the options page"
)]
pub struct Settings {
    /// Names of checks that stay silent. Unknown names are kept: they may be a newer version's.
    pub silenced: BTreeSet<String>,
    /// Whether the careful reader reads, besides the quick one.
    pub careful: bool,
    /// Whether a press of Send is held once, for a question, where a call is advised.
    pub hold: bool,
    /// Whether the browser notifies of promises that fall due.
    pub notify_due: bool,
    /// Whether it tells once a week how many have heard nothing for too long.
    pub notify_silence: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            silenced: BTreeSet::new(),
            careful: true,
            hold: true,
            notify_due: false,
            notify_silence: false,
        }
    }
}

impl Settings {
    /// Whether findings of this check are wanted.
    pub fn wants(&self, rule: &str) -> bool {
        !self.silenced.contains(rule)
    }

    /// Wants findings of this check, or wants none.
    pub fn turn(&mut self, rule: &str, wanted: bool) {
        if wanted {
            self.silenced.remove(rule);
        } else {
            self.silenced.insert(rule.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_an_older_version_leave_the_rest_as_it_is_by_default() {
        let settings: Settings = serde_json::from_str(r#"{"silenced":["jargon","of-tomorrow"]}"#).unwrap();
        assert!(
            settings.careful && settings.hold && !settings.wants("jargon") && !settings.wants("of-tomorrow")
        );
        let settings: Settings = serde_json::from_str("{}").unwrap();
        assert_eq!(settings, Settings::default());
    }

    #[test]
    fn a_check_is_turned_off_and_on() {
        let mut settings = Settings::default();
        settings.turn("jargon", false);
        assert!(!settings.wants("jargon") && settings.wants("bad-news"));
        settings.turn("jargon", true);
        assert_eq!(settings, Settings::default());
    }
}
