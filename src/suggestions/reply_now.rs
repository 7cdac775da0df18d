//! The client's message has waited a day or more, and the draft holds no answer yet.
//!
//! How long it has waited is read from the line that webmails put above a quoted mail. Where that names no day,
//! nothing is suggested.

use super::words::{count, own_words};
use super::{Kind, Moment, Situation, Suggestion, moments};
use crate::draft::LocalTime;

pub(super) const KIND: Kind = Kind {
    name: "reply-now",
    summary: "A short acknowledgement where the client has waited for an answer.",
    why: "Reply now, answer later: who waits without a word wonders whether the message arrived.",
    source: "P, F",
    in_trouble: false,
    made: moments(&[
        Moment::body("Hi Cathy,")
            .history("On Wed, Oct 14, 2026 at 9:12 AM Cathy wrote:\n> When can we open the shop?"),
        Moment::body("")
            .history("On 13 October 2026 Cathy Andre wrote:\n> Please send me the new price list."),
    ]),
    not_made: moments(&[
        Moment::body("Hi Cathy,\n\nwe can open it on the second of November, a Monday.")
            .history("On Wed, Oct 14, 2026 at 9:12 AM Cathy wrote:\n> When can we open the shop?"),
        Moment::body("Hi Cathy,")
            .history("On Fri, Oct 16, 2026 at 9:12 AM Cathy wrote:\n> When can we open the shop?"),
        Moment::body("Hi Cathy,")
            .history("On Wed, Oct 14, 2026 at 9:12 AM Cathy wrote:\n> Thanks, all good here."),
        Moment::body("Hi Cathy,").history("> When can we open the shop?"),
    ]),
    find,
};

/// Drafts with more words than this answer something.
const WORDS: usize = 3;

fn find(situation: &Situation) -> Option<Suggestion> {
    if count(&own_words(situation.draft)) > WORDS {
        return None;
    }
    let earlier = situation
        .draft
        .earlier
        .iter()
        .find(|text| day_of(text).is_some())?;
    let lower = earlier.to_lowercase();
    let is_asked = lower.contains('?')
        || ["please ", "let me know", "can you", "could you", "waiting"]
            .iter()
            .any(|words| lower.contains(words));
    let days = situation.now.days_since_1970() - day_of(earlier)?;
    if !is_asked || days < 1 {
        return None;
    }
    let waited = if days == 1 {
        "since yesterday".to_owned()
    } else {
        format!("for {days} days")
    };
    let name = situation.client.first_name();
    Some(Suggestion {
        name: KIND.name,
        text: format!("{name} has waited {waited}. If the answer takes time, say so now."),
        words: "I have your message and will answer it properly by [day].".to_owned(),
        note: None,
    })
}

/// The day in the line above a quoted mail, in days from 1970.
fn day_of(text: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let line = text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())?
        .to_lowercase();
    let words: Vec<&str> = line
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let is_month = |word: &str| word.len() >= 3 && word.chars().all(char::is_alphabetic);
    let at = words
        .iter()
        .position(|word| is_month(word) && MONTHS.iter().any(|month| word.starts_with(month)))?;
    let month = 1 + MONTHS.iter().position(|month| words[at].starts_with(month))?;
    let near = &words[at.saturating_sub(1)..words.len().min(at + 3)];
    let number = |word: &&str| word.trim_end_matches(char::is_alphabetic).parse::<u32>().ok();
    let day = near
        .iter()
        .filter_map(number)
        .find(|day| (1..=31).contains(day))?;
    let year = near
        .iter()
        .filter_map(number)
        .find(|year| (1990..2200).contains(year))?;
    let moment: LocalTime = format!("{year:04}-{month:02}-{day:02}T00:00").parse().ok()?;
    Some(moment.days_since_1970())
}
