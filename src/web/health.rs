//! How well Candor reads the mails of a site: what its adapter found of the compose box that was open last,
//! and nothing of what stood in it.

use serde::Deserialize;

/// Begins the keys under which the background keeps one entry for each site.
pub(super) const KEY: &str = "health:";

/// The entry of one site, as the background keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Health {
    /// Which adapter read the mail.
    pub adapter: String,
    /// What people call the webmail; empty where the adapter does not know it.
    pub title: String,
    /// What it could not find: `recipients`, `subject`, `send`, `message`; or `panel`, where the page lets none be.
    pub missing: Vec<String>,
    /// When: `2026-11-22T10:31:41.000Z`.
    pub at: String,
    /// The version of Candor that read.
    pub version: String,
}

impl Health {
    /// What a person wants to know of a site.
    pub(super) fn state(&self) -> String {
        let webmail = if self.title.is_empty() {
            "a webmail that Candor does not know"
        } else {
            self.title.as_str()
        };
        format!("{}, as {webmail}", reading(&self.missing))
    }

    /// One line of a report to the makers of Candor.
    pub(super) fn line(&self, site: &str) -> String {
        let missing = if self.missing.is_empty() {
            "nothing".to_owned()
        } else {
            self.missing.join(", ")
        };
        let day = self.at.split('T').next().unwrap_or_default();
        format!(
            "{site}: adapter {}, missing {missing}, {day}, Candor {}",
            self.adapter, self.version
        )
    }
}

/// `Reading`, or what Candor cannot see: `Partly: cannot see recipients and subject`.
pub(super) fn reading(missing: &[String]) -> String {
    if missing.iter().any(|part| part == "panel") {
        return "Not shown: the page keeps Candor’s panel out".to_owned();
    }
    let seen = |part: &&str| missing.iter().any(|one| one == *part);
    let parts: Vec<&str> = ["message", "recipients", "subject", "send"]
        .into_iter()
        .filter(seen)
        .map(|part| {
            if part == "send" {
                "the button to send"
            } else {
                part
            }
        })
        .collect();
    match parts.split_last() {
        None => "Reading".to_owned(),
        Some((only, [])) => format!("Partly: cannot see {only}"),
        Some((last, others)) => format!("Partly: cannot see {} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|&part| part.to_owned()).collect()
    }

    #[test]
    fn what_cannot_be_seen_is_said_in_words() {
        assert_eq!(reading(&[]), "Reading");
        assert_eq!(
            reading(&missing(&["recipients"])),
            "Partly: cannot see recipients"
        );
        assert_eq!(
            reading(&missing(&["send", "recipients", "subject"])),
            "Partly: cannot see recipients, subject and the button to send"
        );
        assert_eq!(
            reading(&missing(&["send", "panel"])),
            "Not shown: the page keeps Candor’s panel out"
        );
        assert_eq!(reading(&missing(&["of-tomorrow"])), "Reading");
    }

    #[test]
    fn a_report_names_site_and_parts_and_no_more() {
        let entry = r#"{"adapter":"gmail","title":"Gmail","missing":["send"],"at":"2026-11-22T10:31:41.000Z","version":"0.1.0"}"#;
        let health: Health = serde_json::from_str(entry).unwrap();
        assert_eq!(
            health.line("mail.google.com"),
            "mail.google.com: adapter gmail, missing send, 2026-11-22, Candor 0.1.0"
        );
        assert_eq!(health.state(), "Partly: cannot see the button to send, as Gmail");
    }

    #[test]
    fn an_entry_of_another_version_is_read_as_far_as_it_goes() {
        let health: Health = serde_json::from_str(r#"{"adapter":"tutanota"}"#).unwrap();
        assert_eq!(health.state(), "Reading, as a webmail that Candor does not know");
    }
}
