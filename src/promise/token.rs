//! Words of one sentence as date phrases and promises are read from them.

use std::ops::Range;

/// One word in lower case, with what stands before it.
#[derive(Debug)]
pub(super) struct Token<'s> {
    /// In lower case, with straight apostrophes and without the `'s` of a possessive.
    pub(super) word: String,
    /// As it stands in the mail.
    pub(super) raw: &'s str,
    /// Where it stands in the body.
    pub(super) span: Range<usize>,
    /// What is between the word before it and this one.
    pub(super) gap: &'s str,
    /// Whether a possessive `'s` was cut off: "Monday's".
    pub(super) possessive: bool,
}

/// How firmly a word is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// By white space, a hyphen, or the full stop of an abbreviation.
    Close,
    /// By a comma or a bracket.
    Loose,
    /// By a mark that ends a thought: a dash, a semicolon, a colon.
    Apart,
}

impl<'s> Token<'s> {
    pub(super) fn new(source: &'s str, span: Range<usize>, gap: &'s str) -> Self {
        let raw = &source[span.clone()];
        let mut word = raw.replace('’', "'");
        word.make_ascii_lowercase();
        // "It's" and "let's" are no possessives, but neither is a date.
        let possessive = word.ends_with("'s");
        if possessive {
            word.truncate(word.len() - 2);
        }
        Self {
            word,
            raw,
            span,
            gap,
            possessive,
        }
    }

    pub(super) fn joint(&self) -> Joint {
        let gap = self.gap.trim();
        if gap.is_empty() {
            Joint::Close
        } else if gap.contains([';', ':', '–', '—', '!', '?', '"', '“', '”']) || self.gap.contains(" -")
        {
            Joint::Apart
        } else if gap.contains([',', '(', ')']) {
            Joint::Loose
        } else {
            match gap {
                "-" | "." | "'" | "’" | "‑" => Joint::Close,
                _ => Joint::Loose,
            }
        }
    }

    /// Whether a colon or a dash is before it, as in a list: "v2 – Fri 23rd".
    pub(super) fn follows_colon_or_dash(&self) -> bool {
        self.gap.contains([':', '–', '—']) || self.gap.contains(" -")
    }

    /// Whether nothing but this mark is before it.
    pub(super) fn follows(&self, mark: &str) -> bool {
        self.gap == mark
    }
}
