//! Days told by pointing back: "I'm in on Monday and will reply then", "the report comes on Friday and I'll ring
//! at eleven".
//!
//! They mean the day that the sentence named last. A day on which something took place is none: "we spoke on
//! Monday, I'll ring at three" is today's three.

use super::phrase::Phrase;
use super::token::{Joint, Token};
use super::when::{Lead, When};
use super::words::PAST;

/// Gives hours without a day the day that the sentence named before them, and adds a phrase for each "then" and
/// "that evening".
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
        if let Some((length, lead, days)) = pointing
            && phrases
                .get(next)
                .is_none_or(|phrase| at + length <= phrase.tokens.start)
            && let Some(when) = day_before(tokens, &phrases[..next])
        {
            let when = match days {
                0 => when,
                days => When::Shifted(Box::new(when), days),
            };
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

/// How many words here point back to a day, how they lead to it, and how many days later they mean.
fn pointing(tokens: &[Token], at: usize) -> Option<(usize, Lead, i64)> {
    const PARTS: &[&str] = &["day", "morning", "afternoon", "evening", "night"];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.word.as_str());
    let (before, lead) = match word(at) {
        "by" => (1, Lead::By),
        "before" => (1, Lead::Before),
        "on" | "at" => (1, Lead::On),
        _ => (0, Lead::On),
    };
    let start = at + before;
    let mut later = 0;
    let pointer = match (word(start), word(start + 1), word(start + 2)) {
        ("that", part, _) if PARTS.contains(&part) => 2,
        ("that" | "the", "same" | "very", part) if PARTS.contains(&part) => 3,
        ("the", "next" | "following", part) if PARTS.contains(&part) => {
            later = 1;
            3
        }
        ("then", ..) if ends_clause(tokens, start + 1) && !is_sequence(word(start.wrapping_sub(1))) => 1,
        _ => return None,
    };
    Some((before + pointer, lead, later))
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
