//! What a mail promised when it was sent, as it is offered for the client's list of promises.

use serde::{Deserialize, Serialize};

use super::{Due, Promise, promises};
use crate::Draft;
use crate::draft::LocalTime;

/// A mail at the moment when its writer pressed Send.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// The subject line.
    pub subject: String,
    /// All text of the mail.
    pub body: String,
    /// Ranges of the body, in bytes, that are quote or signature.
    pub context: Vec<(usize, usize)>,
    /// The moment, on the writer's own clock.
    pub at: Option<LocalTime>,
}

/// Something that a sent mail promised, until its writer says whether it is to be kept in mind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// The promise in the mail's own words.
    pub text: String,
    /// The day on which it was sent, `2026-10-16`; empty when no clock told.
    pub made: String,
    /// The days by which it may be due, the earlier first: one, two where only the writer knows which is
    /// meant, none where no day can be told.
    pub days: Vec<String>,
    /// The mail's subject, which may be empty.
    pub subject: String,
}

impl Sent {
    /// What it promises, each only once.
    pub fn offers(self) -> Vec<Offer> {
        let draft = Draft {
            context: self.context.into_iter().map(|(start, end)| start..end).collect(),
            writers_at: self.at,
            ..Draft::new(self.subject, self.body)
        };
        let made = self
            .at
            .map_or_else(String::new, |at| super::Day::of(at).to_string());
        let mut offers: Vec<Offer> = Vec::new();
        for Promise { text, due, .. } in promises(&draft) {
            let days = match due {
                None => Vec::new(),
                Some(Due::On(day)) => vec![day.to_string()],
                Some(Due::Either(first, second)) => vec![first.to_string(), second.to_string()],
            };
            let offer = Offer {
                text,
                made: made.clone(),
                days,
                subject: draft.subject.trim().to_owned(),
            };
            if !offers.contains(&offer) {
                offers.push(offer);
            }
        }
        offers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(body: &str, at: &str) -> Vec<(String, Vec<String>)> {
        let sent = Sent {
            body: body.to_owned(),
            at: at.parse().ok(),
            ..Sent::default()
        };
        let plain = |offer: Offer| (offer.text, offer.days);
        sent.offers().into_iter().map(plain).collect()
    }

    #[test]
    fn what_two_days_may_be_meant_by_is_left_to_the_writer() {
        let found = offers(
            "I'll file it by 03/04. I'll file it by 03/04.",
            "2026-01-10T09:00",
        );
        let days = vec!["2026-03-04".to_owned(), "2026-04-03".to_owned()];
        assert_eq!(found, [("I'll file it by 03/04".to_owned(), days)]);
    }

    #[test]
    fn days_count_from_the_moment_of_sending_over_a_change_of_clocks() {
        // The clocks of Europe went back an hour that night, those of the United States a week later.
        for at in ["2026-10-24T23:50", "2026-10-31T23:50"] {
            let found = offers("I'll ring you tomorrow.", at);
            let next = if at.contains("24") {
                "2026-10-25"
            } else {
                "2026-11-01"
            };
            assert_eq!(found[0].1, [next], "{at}");
        }
    }

    #[test]
    fn without_a_clock_or_a_subject_it_is_still_offered() {
        let found = offers("Will send the figures by Friday.", "");
        assert_eq!(
            found,
            [("Will send the figures by Friday".to_owned(), Vec::new())]
        );
    }
}
