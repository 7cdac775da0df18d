//! Which letters of a text match what is typed, and the part of a long text that shows them.

use std::ops::Range;

use super::letters::{each_word, letters_in};
use super::wanted::{LetterSet, Wanted};
use super::{Field, cost};
use crate::order::sort_by_key;

/// As much of a text as a line of the popup shows, in letters.
const LINE: usize = 72;

/// What stands before the first match of a text that is cut, in letters.
const BEFORE: usize = 18;

/// A text with the ranges of its letters that match what is typed, in bytes, ascending and apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Its letters that match.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// A text of a field with what matches of it; what each of the wanted words costs there.
    pub(super) fn new(text: &str, field: Field, wanted: &[&Wanted]) -> (Self, Vec<Option<u32>>) {
        let mut best: Vec<Option<(u32, Range<usize>)>> = vec![None; wanted.len()];
        each_word(text, |word, span| {
            let letters = LetterSet::of(word);
            for (wanted, best) in wanted.iter().zip(&mut best) {
                let Some(likeness) = wanted.likeness(word, letters, is_read_within(field)) else {
                    continue;
                };
                let cost = cost(likeness, field);
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    let own = &text[span.clone()];
                    let letters = letters_in(own, likeness.skip, likeness.count);
                    *best = Some((cost, span.start + letters.start..span.start + letters.end));
                }
            }
        });
        let costs = best.iter().map(|best| Some(best.as_ref()?.0)).collect();
        let mut marks: Vec<_> = best.into_iter().filter_map(|best| Some(best?.1)).collect();
        sort_by_key(&mut marks, |mark| (mark.start, mark.end));
        marks.dedup_by(|next, before| {
            let meet = next.start <= before.end;
            before.end = if meet {
                before.end.max(next.end)
            } else {
                before.end
            };
            meet
        });
        let text = text.to_owned();
        (Self { text, marks }, costs)
    }

    /// A text of a phone number with those of its characters marked whose digits match.
    pub(super) fn number(text: &str, digits: &str) -> Option<Self> {
        let places: Vec<(usize, u8)> = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_digit())
            .collect();
        let at = (0..places.len()).find(|&at| {
            let rest = places[at..].iter().map(|&(_, byte)| byte);
            rest.take(digits.len()).eq(digits.bytes())
        })?;
        let last = places[at + digits.len().checked_sub(1)?].0;
        Some(Self {
            text: text.to_owned(),
            marks: std::iter::once(places[at].0..last + 1).collect(),
        })
    }

    /// As much of it as fits a line, with the first match in it.
    pub(super) fn cut(self) -> Self {
        if self.text.chars().count() <= LINE {
            return self;
        }
        let first = self.marks.first().map_or(0, |mark| mark.start);
        let before = self.text[..first].char_indices().rev().take(BEFORE).last();
        let mut start = before.map_or(first, |(at, _)| at);
        // A word is not cut where another begins soon.
        if start > 0
            && let Some(space) = self.text[start..first].find(' ')
        {
            start += space + 1;
        }
        let rest = &self.text[start..];
        let end = match rest.char_indices().nth(LINE) {
            Some((end, _)) => {
                start
                    + rest[..end]
                        .rfind(' ')
                        .filter(|&space| start + space > first)
                        .unwrap_or(end)
            }
            None => self.text.len(),
        };
        let before = if start > 0 { "… " } else { "" };
        let after = if end < self.text.len() { " …" } else { "" };
        let moved = |at: usize| at.clamp(start, end) - start + before.len();
        let marks = self.marks.iter().map(|mark| moved(mark.start)..moved(mark.end));
        Self {
            marks: marks.filter(|mark| !mark.is_empty()).collect(),
            text: format!("{before}{}{after}", &self.text[start..end]),
        }
    }
}

/// Whether what stands within the words of a field counts. In a note, `art` is not to find `start`.
pub(super) fn is_read_within(field: Field) -> bool {
    matches!(
        field,
        Field::Name | Field::CallMe | Field::OtherName | Field::Company | Field::Role | Field::Email
    )
}
