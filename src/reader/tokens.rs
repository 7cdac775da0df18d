//! `WordPiece`: text cut into the pieces of words that the model knows, the way uncased BERT models are
//! trained on.
//!
//! Accents and case are dropped; punctuation stands by itself; a word becomes the longest piece of the
//! vocabulary it begins with, then the longest that continues it, and so on. Punctuation of scripts other
//! than Latin, Greek, Cyrillic and the CJK ones is knowingly taken for letters.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A piece of a word as the model knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its row in the vocabulary.
    pub id: u32,
    /// The bytes of the source it stands for.
    pub span: Range<usize>,
}

/// The pieces that the model knows, by row.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    rows: usize,
    unknown: u32,
    /// The row of `[CLS]`, which every window begins with.
    pub start: u32,
    /// The row of `[SEP]`, which every part of a window ends with.
    pub separator: u32,
}

/// Why a text is no vocabulary: one of the rows every window needs is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAVocabulary(&'static str);

impl fmt::Display for NotAVocabulary {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "the vocabulary has no row `{}`", self.0)
    }
}

impl std::error::Error for NotAVocabulary {}

/// Longer words are unknown, whatever pieces they might be made of.
const LONGEST_WORD: usize = 100;

impl Vocabulary {
    /// Reads a vocabulary, one piece a line; pieces that continue a word begin with `##`.
    ///
    /// # Errors
    /// When `[UNK]`, `[CLS]` or `[SEP]` is missing.
    pub fn parse(text: &str) -> Result<Self, NotAVocabulary> {
        let ids: HashMap<Box<str>, u32> = (0..)
            .zip(text.lines())
            .map(|(id, piece)| (piece.into(), id))
            .collect();
        let row = |name| ids.get(name).copied().ok_or(NotAVocabulary(name));
        Ok(Self {
            unknown: row("[UNK]")?,
            start: row("[CLS]")?,
            separator: row("[SEP]")?,
            rows: text.lines().count(),
            ids,
        })
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The tokens of `source[range]`, in order.
    pub fn tokens(&self, source: &str, range: Range<usize>) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut word = Word::default();
        for (at, c) in source[range.clone()].char_indices() {
            let at = range.start + at;
            let span = at..at + c.len_utf8();
            if c == '\0' || c == '\u{fffd}' || is_control(c) {
                continue;
            }
            if c.is_whitespace() {
                self.end_word(&mut word, &mut tokens);
                continue;
            }
            let alone = is_ideograph(c);
            if alone {
                self.end_word(&mut word, &mut tokens);
            }
            decompose_canonical(c, |part| {
                if is_combining_mark(part) {
                    return;
                }
                for lower in part.to_lowercase() {
                    let punctuation = is_punctuation(lower);
                    if punctuation {
                        self.end_word(&mut word, &mut tokens);
                    }
                    word.push(lower, span.clone());
                    if punctuation {
                        self.end_word(&mut word, &mut tokens);
                    }
                }
            });
            if alone {
                self.end_word(&mut word, &mut tokens);
            }
        }
        self.end_word(&mut word, &mut tokens);
        tokens
    }

    /// Cuts a word into its pieces; a word with a part that no piece fits is unknown as a whole.
    fn end_word(&self, word: &mut Word, tokens: &mut Vec<Token>) {
        let count = word.places.len();
        if count == 0 {
            return;
        }
        let first = tokens.len();
        let whole = word.places[0].1.start..word.places[count - 1].1.end;
        let mut from = 0;
        while from < count {
            let Some((id, to)) = self.longest(word, from).filter(|_| count <= LONGEST_WORD) else {
                tokens.truncate(first);
                tokens.push(Token {
                    id: self.unknown,
                    span: whole,
                });
                break;
            };
            let span = word.places[from].1.start..word.places[to - 1].1.end;
            tokens.push(Token { id, span });
            from = to;
        }
        word.text.clear();
        word.places.clear();
    }

    /// The longest piece that stands at character `from` of the word, and the character after it.
    fn longest(&self, word: &Word, from: usize) -> Option<(u32, usize)> {
        let mut piece = String::from(if from == 0 { "" } else { "##" });
        let mark = piece.len();
        piece.push_str(&word.text[word.places[from].0..]);
        (from + 1..=word.places.len()).rev().find_map(|to| {
            let end = word.places.get(to).map_or(word.text.len(), |place| place.0);
            piece.truncate(mark + end - word.places[from].0);
            Some((*self.ids.get(piece.as_str())?, to))
        })
    }
}

/// A word as the vocabulary spells it.
#[derive(Default)]
struct Word {
    text: String,
    /// For each character: where it begins in `text`, and the bytes of the source it stands for.
    places: Vec<(usize, Range<usize>)>,
}

impl Word {
    fn push(&mut self, c: char, span: Range<usize>) {
        self.places.push((self.text.len(), span));
        self.text.push(c);
    }
}

/// Characters that show nothing: controls, marks of direction and joining, private ones.
fn is_control(c: char) -> bool {
    let format = matches!(c,
        '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0001}'
        | '\u{e0020}'..='\u{e007f}');
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
    !matches!(c, '\t' | '\n' | '\r') && (c.is_control() || format || private)
}

fn is_ideograph(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{37e}' | '\u{387}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}'
            | '\u{2053}'..='\u{205e}' | '\u{207d}' | '\u{207e}' | '\u{208d}' | '\u{208e}'
            | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}' | '\u{2768}'..='\u{2775}'
            | '\u{27c5}' | '\u{27c6}' | '\u{27e6}'..='\u{27ef}' | '\u{2983}'..='\u{2998}'
            | '\u{29d8}'..='\u{29db}' | '\u{29fc}' | '\u{29fd}' | '\u{2e00}'..='\u{2e2e}'
            | '\u{2e30}'..='\u{2e4f}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301f}' | '\u{3030}' | '\u{303d}' | '\u{30a0}' | '\u{30fb}'
            | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe52}' | '\u{fe54}'..='\u{fe61}' | '\u{fe63}'
            | '\u{fe68}' | '\u{fe6a}' | '\u{fe6b}' | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}'
            | '\u{ff0c}'..='\u{ff0f}' | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}'
            | '\u{ff3b}'..='\u{ff3d}' | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, pieces: &[&str]) {
        const ROWS: &str = "[UNK]\n[CLS]\n[SEP]\ncafe\nstag\n##ing\n##in\nwe\n,\n.\n'\nll\n£\n1\n##9\n##0";
        let vocabulary = Vocabulary::parse(ROWS).unwrap();
        let rows: Vec<&str> = ROWS.lines().collect();
        let found: Vec<(&str, &str)> = vocabulary
            .tokens(source, 0..source.len())
            .into_iter()
            .map(|token| (rows[token.id as usize], &source[token.span]))
            .collect();
        let expected: Vec<(&str, &str)> = pieces.iter().map(|pair| pair.split_once('=').unwrap()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces_known() {
        check("Staging", &["stag=Stag", "##ing=ing"]);
        check("we'll", &["we=we", "'='", "ll=ll"]);
        check("£190.", &["[UNK]=£190", ".=."]);
        check("190,", &["1=1", "##9=9", "##0=0", ",=,"]);
    }

    #[test]
    fn accents_case_and_what_shows_nothing_make_no_difference() {
        check("CAFÉ", &["cafe=CAFÉ"]);
        check("cafe\u{301}", &["cafe=cafe"]);
        check("we\u{200b}\u{a0}we", &["we=we", "we=we"]);
    }

    #[test]
    fn an_unknown_word_is_one_token() {
        check("stagedoor we", &["[UNK]=stagedoor", "we=we"]);
        check(&"we".repeat(60), &[&format!("[UNK]={}", "we".repeat(60))]);
        check(" \t\u{fffd}", &[]);
    }

    #[test]
    fn what_is_missing_is_named() {
        let missing = Vocabulary::parse("[UNK]\n[CLS]").unwrap_err();
        assert_eq!(missing.to_string(), "the vocabulary has no row `[SEP]`");
    }
}
