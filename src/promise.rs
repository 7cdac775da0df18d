//! Promises that a mail makes, and by which day each is to be kept.
//!
//! "I'll send the mock-ups by Thursday" is no fault but something to keep: such clauses are collected, and
//! their dates resolved against the moment of sending on the writer's clock. Cut off from any clock, a promise
//! keeps its words and has no day.

mod aside;
#[cfg(feature = "reader")]
pub(crate) mod by_rules;
mod calendar;
mod commitment;
pub mod learned;
mod names;
mod offer;
mod phrase;
mod pointing_back;
mod token;
mod when;
mod words;

use std::ops::Range;

pub use calendar::Day;
pub use offer::{Offer, Sent};

use crate::Draft;
use crate::draft::{LocalTime, Sentence, Text, own_ranges};
use crate::lexicon::Lexicon;
use phrase::Phrase;
use token::Token;

/// A clause of the writer's own text that promises something by a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Where the clause stands, in bytes of the body.
    pub span: Range<usize>,
    /// Its words on one line.
    pub text: String,
    /// By when; `None` where the date cannot be told, for want of a moment of sending or because it lies before
    /// it.
    pub due: Option<Due>,
}

/// The day by which a promise is to be kept: never before the day of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// This day.
    On(Day),
    /// One of these, the earlier first: the words can be read in both ways, and only the writer knows.
    Either(Day, Day),
}

/// What a mail promises in its writer's own text, in order.
///
/// It is no part of the report: a draft is judged at every pause, and what it promises counts once it is sent.
///
/// ```
/// use candor::Draft;
///
/// let draft = Draft {
///     at: "2026-10-16T17:15".parse().ok(),
///     ..Draft::new("Quick update", "I'll send the mock-ups by Thursday.")
/// };
/// let promises = candor::promises(&draft);
/// assert_eq!(promises[0].text, "I'll send the mock-ups by Thursday");
/// assert!(matches!(promises[0].due, Some(candor::promise::Due::On(day)) if day.to_string() == "2026-10-22"));
/// ```
pub fn promises(draft: &Draft) -> Vec<Promise> {
    let own = own_ranges(&draft.body, &draft.context);
    // No cue is asked for here, and the module that reads sent mails has no word data.
    let body = &Text::new(&draft.body, &own, Lexicon::none());
    let sent = draft.writers_at.or(draft.at);
    let mut all = Vec::new();
    let mut at = 0;
    while at < body.sentences.len() {
        let parts = 1 + usize::from(ends_in_abbreviation(body, at));
        let sentences = &body.sentences[at..at + parts];
        if sentences[0].speaks() && may_promise(body, sentences) {
            find(body, sentences, sent, &mut all);
        }
        at += parts;
    }
    all
}

/// The words and dates of each sentence that is worth reading.
fn dated_sentences<'b, 's>(body: &'b Text<'s>) -> impl Iterator<Item = (Vec<Token<'s>>, Vec<Phrase>)> + 'b {
    let sentences = body.sentences.chunks(1);
    let worth = sentences.filter(|one| one[0].speaks() && may_promise(body, one));
    worth.map(|one| read(body, one))
}

fn find(body: &Text, sentences: &[Sentence], sent: Option<LocalTime>, all: &mut Vec<Promise>) {
    let end = sentences[sentences.len() - 1].span.end;
    let (tokens, phrases) = read(body, sentences);
    for commitment in commitment::commitments(&tokens, &phrases) {
        let (Some(first), Some(last)) = (
            tokens.get(commitment.tokens.start),
            tokens[..commitment.tokens.end].last(),
        ) else {
            continue;
        };
        if is_quoted(body, &sentences[0], first.span.start) {
            continue;
        }
        let span = first.span.start
            ..with_closing_bracket(
                &body.source[first.span.start..end],
                last.span.end - first.span.start,
            ) + first.span.start;
        let phrase = &phrases[commitment.phrase];
        all.push(Promise {
            text: body.source[span.clone()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            span,
            due: phrase.when.due(phrase.lead, sent),
        });
    }
}

/// The words of these sentences, which belong together, and the dates among them.
fn read<'s>(body: &Text<'s>, sentences: &[Sentence]) -> (Vec<Token<'s>>, Vec<Phrase>) {
    let words = sentences[0].words.start..sentences[sentences.len() - 1].words.end;
    let mut before = sentences[0].span.start;
    let mut tokens: Vec<Token> = body.words[words]
        .iter()
        .map(|word| {
            let gap = body.source.get(before..word.span.start).unwrap_or_default();
            before = word.span.end;
            Token::new(body.source, word.span.clone(), gap)
        })
        .collect();
    let mut phrases = phrase::phrases(&tokens);
    if !phrases.is_empty() && aside::leave_out(&mut tokens, &phrases) {
        phrases = phrase::phrases(&tokens);
    }
    pointing_back::resolve(&tokens, &mut phrases);
    (tokens, phrases)
}

/// Whether these sentences, one or two that belong together, are worth reading: most hold no date.
fn may_promise(body: &Text, sentences: &[Sentence]) -> bool {
    let asks = sentences.iter().any(|sentence| sentence.question);
    let mut words = sentences.iter().flat_map(|sentence| body.words_of(sentence));
    !asks && words.any(|word| names::is_of_dates(&body.source[word.span.clone()]))
}

/// Whether the full stop that ends a sentence belongs to a month or an hour, and the next one goes on with the
/// date: "by Oct. 22", "at 5 p.m. Thursday".
fn ends_in_abbreviation(body: &Text, at: usize) -> bool {
    let [sentence, next] = &body.sentences[at..body.sentences.len().min(at + 2)] else {
        return false;
    };
    let shown = &body.source[sentence.span.clone()];
    let last = body.word(sentence.words.end - 1).to_ascii_lowercase();
    let follows = &body.source[next.span.clone()];
    let cut_short = names::MONTHS
        .iter()
        .any(|names| names[1..].contains(&last.as_str()));
    let goes_on = if cut_short {
        follows.starts_with(|c: char| c.is_ascii_digit())
    } else {
        let first = body.word(next.words.start);
        matches!(last.as_str(), "a.m" | "p.m")
            && next.words.len() <= 4
            && names::weekday(&first.to_ascii_lowercase(), first.starts_with(char::is_uppercase)).is_some()
    };
    goes_on && shown.ends_with('.') && sentence.paragraph == next.paragraph && next.speaks()
}

/// Whether this place is inside quotation marks that were opened in its paragraph.
fn is_quoted(body: &Text, sentence: &Sentence, at: usize) -> bool {
    let first = body
        .sentences
        .iter()
        .find(|other| other.paragraph == sentence.paragraph);
    let start = first.map_or(sentence.span.start, |first| first.span.start);
    let before = &body.source[start..at];
    let typographic = before.matches('“').count() > before.matches('”').count();
    let plain = before.matches('"').count() % 2 == 1;
    let guillemets = before.matches('«').count() > before.matches('»').count();
    typographic || plain || guillemets
}

/// Takes a bracket along that closes one opened in the clause.
fn with_closing_bracket(source: &str, end: usize) -> usize {
    let opened = source[..end].matches('(').count() > source[..end].matches(')').count();
    if opened && source[end..].starts_with(')') {
        end + 1
    } else {
        end
    }
}
