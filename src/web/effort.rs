//! How much was written on each mail of a page, and for how long.

use std::collections::HashMap;

use super::boundary::Composed;
use crate::draft::Effort;

/// A pause longer than this, in milliseconds, is time spent elsewhere.
const PAUSE: f64 = 60_000.0;

/// What went into each mail of a page, by its number.
#[derive(Debug, Default)]
pub(super) struct Efforts(HashMap<u32, Spent>);

#[derive(Debug, Default)]
struct Spent {
    typed: u32,
    deleted: u32,
    /// Milliseconds.
    active: f64,
    /// When something was written last.
    last: Option<f64>,
}

impl Efforts {
    /// Takes in a revision of a mail at a time in milliseconds, by a clock that is never put back.
    pub(super) fn take(&mut self, composed: &Composed, now: f64) {
        let spent = self.0.entry(composed.mail).or_default();
        if (spent.typed, spent.deleted) == (composed.typed, composed.deleted) {
            return;
        }
        (spent.typed, spent.deleted) = (composed.typed, composed.deleted);
        let since = spent.last.replace(now).map_or(0.0, |last| now - last);
        if (0.0..=PAUSE).contains(&since) {
            spent.active += since;
        }
    }

    /// What went into the mail with this number.
    pub(super) fn of(&self, mail: u32) -> Effort {
        self.0.get(&mail).map_or_else(Effort::default, |spent| Effort {
            typed: spent.typed,
            deleted: spent.deleted,
            seconds: seconds(spent.active),
        })
    }
}

#[allow(clippy::cast_sign_loss, reason = "time spent is never negative")]
fn seconds(milliseconds: f64) -> u32 {
    (milliseconds / 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_counts_while_somebody_writes() {
        let mut efforts = Efforts::default();
        let mut write = |mail, typed, at| {
            let composed = Composed {
                mail,
                typed,
                ..Composed::default()
            };
            efforts.take(&composed, at);
            efforts.of(mail).seconds
        };
        assert_eq!(write(1, 10, 5_000.0), 0);
        assert_eq!(write(1, 20, 35_000.0), 30);
        // Nothing was typed: the recipients were filled in.
        assert_eq!(write(1, 20, 50_000.0), 30);
        assert_eq!(write(1, 30, 95_000.0), 90);
        // Lunch.
        assert_eq!(write(1, 40, 3_000_000.0), 90);
        assert_eq!(write(1, 50, 3_010_000.0), 100);
        // Another mail has its own, and a clock that runs backwards takes nothing away.
        assert_eq!(write(2, 5, 3_020_000.0), 0);
        assert_eq!(write(2, 6, 3_000_000.0), 0);
        assert_eq!(write(1, 60, 3_030_000.0), 120);
    }
}
