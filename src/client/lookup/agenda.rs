//! Whom to think of when nothing is typed: what is due, whom one was in touch with, who has heard
//! nothing for long.

use super::Lookup;
use super::shelf::Head;
use crate::client::PartialDate;
use crate::draft::LocalTime;
use crate::order::least;

/// How many days ahead something is due.
const AHEAD: i64 = 7;

/// After how many days of silence somebody is no client any more, unless they are waited for.
pub(super) const GONE: i64 = 730;

/// As many of each list as are read.
const MOST: usize = 5;

/// Somebody to think of, by the number of their row, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The number of the client in the lookup.
    pub client: usize,
    /// Why.
    pub why: Why,
}

/// Why somebody should be thought of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A promise is due on a day, perhaps one that has passed.
    Promise {
        /// What was promised.
        text: String,
        /// The day, `2026-10-22`.
        due: String,
    },
    /// A day of theirs comes in some days, 0 for today.
    Occasion {
        /// What it is: `birthday`.
        what: String,
        /// How many days it is until then.
        days: i64,
    },
    /// The newest conversation was on a day.
    InTouch {
        /// `call`, `mail` or `meeting`.
        kind: String,
        /// The day, `2026-10-16`.
        day: String,
    },
    /// The newest conversation is long ago.
    Silence {
        /// Its day, `2026-05-16`.
        day: String,
    },
}

/// Whom to think of today, each list in the order of its urgency; nobody is in two of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Promises that are due and days that come.
    pub due: Vec<Reminder>,
    /// Who was written to or spoken with last.
    pub in_touch: Vec<Reminder>,
    /// Who has heard nothing for long.
    pub silent: Vec<Reminder>,
}

impl Agenda {
    /// As far as the records tell.
    pub fn of(lookup: &Lookup, today: LocalTime) -> Self {
        let now = today.days_since_1970();
        let mut due = Vec::new();
        let mut in_touch = Vec::new();
        let mut silent = Vec::new();
        for client in 0..lookup.len() {
            let row = &lookup.rows[client];
            if row.has_days {
                let next = next_due(lookup.head(client), today);
                due.extend(next.map(|(day, why)| (day, client, why)));
            }
            let Some(last) = row.last_contact else {
                continue;
            };
            let days = now - last;
            if days <= row.patience {
                in_touch.push((-last, client));
            } else if row.is_awaited || days < GONE {
                // Those who are waited for come first.
                silent.push((!row.is_awaited, last, client));
            }
        }
        // Nobody is listed twice, so those who stand on two lists make room for as many more.
        let due = least(due, MOST, |one, other| (one.0, one.1).cmp(&(other.0, other.1)));
        let in_touch = least(in_touch, 2 * MOST, Ord::cmp);
        let silent = least(silent, 3 * MOST, Ord::cmp);
        let mut taken = Vec::new();
        let mut take = |reminders: &mut dyn Iterator<Item = Reminder>| -> Vec<Reminder> {
            let free: Vec<Reminder> = reminders
                .filter(|reminder| !taken.contains(&reminder.client))
                .take(MOST)
                .collect();
            taken.extend(free.iter().map(|reminder| reminder.client));
            free
        };
        let contact = |client| {
            let (day, kind, _) = lookup.head(client).last_contact().unwrap_or_default();
            (day.to_owned(), kind.to_owned())
        };
        Self {
            due: take(&mut due.into_iter().map(|(_, client, why)| Reminder { client, why })),
            in_touch: take(&mut in_touch.into_iter().map(|(_, client)| {
                let (day, kind) = contact(client);
                let why = Why::InTouch { kind, day };
                Reminder { client, why }
            })),
            silent: take(&mut silent.into_iter().map(|(_, _, client)| {
                let (day, _) = contact(client);
                let why = Why::Silence { day };
                Reminder { client, why }
            })),
        }
    }
}

/// What of a client is due first, with the days until then, negative once they have passed.
fn next_due(head: Head<'_>, today: LocalTime) -> Option<(i64, Why)> {
    let promises = head.promises().filter_map(|(due, text)| {
        let days = day(due)? - today.days_since_1970();
        let why = Why::Promise {
            text: text.to_owned(),
            due: due.to_owned(),
        };
        Some((days, why))
    });
    let occasions = head.occasions().filter_map(|(what, day)| {
        let days = day.parse::<PartialDate>().ok()?.days_until(today)?;
        let why = Why::Occasion {
            what: what.to_owned(),
            days,
        };
        Some((days, why))
    });
    promises
        .chain(occasions)
        .filter(|(days, _)| *days <= AHEAD)
        .min_by_key(|(days, _)| *days)
}

/// The days from 1970 to a day like `2026-10-16`.
pub(super) fn day(text: &str) -> Option<i64> {
    let at: LocalTime = format!("{}T00:00", text.trim()).parse().ok()?;
    Some(at.days_since_1970())
}
