//! Days told by pointing back: "I'm in on Monday and will reply then", "the report comes on Friday and I'll ring
//! at eleven".
//!
//! They mean the day that the sentence named last. A day on which something took place is none: "we spoke on
//! Monday, I'll ring at three" is today's three.

use super::phrase::Phrase;
use super::token::{Joint, Token};
use super::when::{Lead, When};
use super::words::PAST;

/// Gives hours without a day the day that the sentence named before them, and adds a phrase for each "then",
/// "that evening" and "the same week".
pub(super) fn resolve(tokens: &[Token], phrases: &mut Vec<Phrase>) {
    for at in 1..phrases.len() {
        if matches!(phrases[at].when, When::Clock(..))
            && let Some(day) = day_before(tokens, &phrases[..at])
        {
            phrases[at].when = day;
        }
        if let Some(days) = days_after_the_one_before(tokens, phrases, at)
            && let Some(day) = day_before(tokens, &phrases[..at])
        {
            phrases[at].when = When::Shifted(Box::new(day), days);
        }
    }
    let mut at = 0;
    while at < tokens.len() {
        let next = phrases.partition_point(|phrase| phrase.tokens.end <= at);
        let is_free = phrases.get(next).is_none_or(|phrase| at < phrase.tokens.start);
        let pointing = if is_free { pointing(tokens, at) } else { None };
        if let Some(Pointing { length, lead, to }) = pointing
            && phrases
                .get(next)
                .is_none_or(|phrase| at + length <= phrase.tokens.start)
            && let Some(when) = to.when(day_before(tokens, &phrases[..next]))
        {
            phrases.insert(
                next,
                Phrase {
                    tokens: at..at + length,
                    lead,
                    when,
                    possessive: false,
                },
            );
            at += length;
        } else {
            at += 1;
        }
    }
}

/// How many days after the weekday before it "the Friday" is: that of the same week, or of the next.
fn days_after_the_one_before(tokens: &[Token], phrases: &[Phrase], at: usize) -> Option<i64> {
    let told = &phrases[at];
    let [.., article, _] = &tokens[told.tokens.clone()] else {
        return None;
    };
    let day = |when: &When| match *when {
        When::Weekday(day, _) => Some(day),
        _ => None,
    };
    let before = phrases[..at].iter().rev().find_map(|phrase| day(&phrase.when))?;
    let days = (day(&told.when)? - before).rem_euclid(7);
    (article.word == "the" && days > 0).then_some(days)
}

/// Words that point back to a time.
struct Pointing {
    /// How many words.
    length: usize,
    lead: Lead,
    to: To,
}

/// What is pointed back to.
enum To {
    /// So many days after the one before, which nobody needs to have named: "the same day".
    Day(i64),
    /// The day before, if one was named: "then".
    NamedDay,
    /// The week of the day before.
    Week,
    /// A longer time.
    Period,
}

impl To {
    fn when(&self, day_before: Option<When>) -> Option<When> {
        match (self, day_before) {
            (Self::Day(0) | Self::NamedDay, Some(day)) => Some(day),
            (Self::NamedDay, None) => None,
            (Self::Day(later), Some(day)) => Some(When::Shifted(Box::new(day), *later)),
            (Self::Week, Some(day)) => Some(When::WeekOf(Box::new(day))),
            // The mail told it in another sentence, or its reader knows it.
            (Self::Period, _) | (_, None) => Some(When::Untold),
        }
    }
}

fn pointing(tokens: &[Token], at: usize) -> Option<Pointing> {
    const PARTS: &[&str] = &["day", "morning", "afternoon", "evening", "night", "lunchtime"];
    const PERIODS: &[&str] = &["weekend", "month", "quarter", "year"];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let (mut before, lead) = match word(at) {
        "by" => (1, Lead::By),
        "before" => (1, Lead::Before),
        "on" | "at" | "in" | "during" | "later" => (1, Lead::On),
        _ => (0, Lead::On),
    };
    // "By the end of that week."
    let ends = [
        "the end of",
        "end of",
        "the close of",
        "the start of",
        "the beginning of",
    ]
    .iter()
    .map(|words| words.split(' '))
    .find(|words| {
        words
            .clone()
            .enumerate()
            .all(|(ahead, one)| word(at + before + ahead) == one)
    });
    before += ends.map_or(0, Iterator::count);
    let start = at + before;
    let (pointer, to) = match (word(start), word(start + 1), word(start + 2)) {
        ("that", part, _) if PARTS.contains(&part) => (2, To::Day(0)),
        ("same", part, _) if PARTS.contains(&part) => (2, To::Day(0)),
        ("that" | "the", "same" | "very", part) if PARTS.contains(&part) => (3, To::Day(0)),
        ("the", "next" | "following", part) if PARTS.contains(&part) => (3, To::Day(1)),
        ("that" | "same", "week", _) => (2, To::Week),
        ("that" | "the", "same" | "very", "week") => (3, To::Week),
        ("that", period, _) if PERIODS.contains(&period) => (2, To::Period),
        ("the", "same", period) if PERIODS.contains(&period) => (3, To::Period),
        ("then", ..) if ends_clause(tokens, start + 1) && !is_sequence(word(start.wrapping_sub(1))) => {
            (1, To::NamedDay)
        }
        _ => return None,
    };
    // "The same day rate", "that week's figures".
    let last = &tokens[start + pointer - 1];
    let noun_follows = matches!(to, To::Day(_) | To::Week | To::Period)
        && (last.possessive || tokens.get(start + pointer).is_some_and(|next| next.follows("-")));
    (!noun_follows).then_some(Pointing {
        length: before + pointer,
        lead,
        to,
    })
}

/// Whether "then" after this word goes on telling and names no time.
fn is_sequence(before: &str) -> bool {
    matches!(
        before,
        "and" | "but" | "since" | "until" | "till" | "just" | "from" | "right" | "back" | "so"
    )
}

fn ends_clause(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_none_or(|token| {
        token.joint() != Joint::Close || matches!(token.word.as_str(), "and" | "with" | "to")
    })
}

/// The day that was named last, unless that is of the past.
fn day_before(tokens: &[Token], phrases: &[Phrase]) -> Option<When> {
    let phrase = phrases
        .iter()
        .rev()
        .find(|phrase| phrase.when.is_fine() && !matches!(phrase.when, When::Clock(..) | When::Minutes(_)))?;
    let is_past = (0..phrase.tokens.start).any(|at| {
        let word = tokens[at].word.as_str();
        let before = at.checked_sub(1).map_or("", |at| tokens[at].word.as_str());
        let is_told = matches!(
            before,
            "i" | "we" | "you" | "he" | "she" | "it" | "they" | "who" | "that" | "which" | "and"
        );
        PAST.contains(&word) || word.ends_with("ed") && is_told
    });
    (!is_past).then(|| phrase.when.clone())
}
