//! A piece of the mail cut into words and sentences, once, for every check to share.

use std::ops::Range;

use super::words::each_word;
use crate::lexicon::{CueMatch, Lexicon, TokenId};

/// A subject or a body with its words, sentences and cues.
///
/// All offsets are bytes into [`source`](Self::source). Words and sentences exist for the writer's own
/// text alone.
#[derive(Debug, Clone)]
pub struct Text<'s> {
    /// The text as given.
    pub source: &'s str,
    /// Its own words, in order.
    pub words: Vec<Word>,
    /// Its own sentences, in order; every word is in exactly one.
    pub sentences: Vec<Sentence>,
    /// What the lexicon found, ordered by start.
    pub cues: Vec<CueMatch>,
}

/// One word or number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub span: Range<usize>,
    /// How the lexicon knows it.
    pub token: TokenId,
}

/// One sentence, list item or line that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// From its first visible character to its closing punctuation.
    pub span: Range<usize>,
    /// Its words, as indices into [`Text::words`].
    pub words: Range<usize>,
    /// Its cues, as indices into [`Text::cues`].
    pub cues: Range<usize>,
    /// Counts from 0; blank lines and quotes begin a new one.
    pub paragraph: usize,
    /// What it does in the mail.
    pub role: Role,
    /// Whether it ends in a question mark.
    pub question: bool,
}

/// What a sentence does in a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// "Hi Cathy,"
    Greeting,
    /// The message itself.
    Prose,
    /// A line with a bullet or number before it.
    Item,
    /// "Kind regards," and the names below it.
    Closing,
}

impl Sentence {
    /// Whether it carries part of the message, not only a greeting or a name.
    pub fn speaks(&self) -> bool {
        matches!(self.role, Role::Prose | Role::Item)
    }
}

impl<'s> Text<'s> {
    /// Cuts the ranges `own` of `source` into words and sentences and finds their cues.
    pub fn new(source: &'s str, own: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let mut text = Self {
            source,
            words: Vec::new(),
            sentences: Vec::new(),
            cues: Vec::new(),
        };
        for range in own {
            text.read(range.clone(), lexicon);
        }
        text.mark_greeting();
        text.mark_closing();
        for at in 0..text.sentences.len() {
            let words = text.sentences[at].words.clone();
            let first = text.cues.len();
            lexicon.find(source, &text.words, words, &mut text.cues);
            text.sentences[at].cues = first..text.cues.len();
        }
        text
    }

    /// The words of one sentence.
    pub fn words_of(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.clone()]
    }

    /// The cues of one sentence, ordered by start.
    pub fn cues_of(&self, sentence: &Sentence) -> &[CueMatch] {
        &self.cues[sentence.cues.clone()]
    }

    /// The text of a word.
    pub fn word(&self, index: usize) -> &'s str {
        &self.source[self.words[index].span.clone()]
    }

    /// Whether a word is this one, which is given in lower case with straight apostrophes.
    pub fn is_word(&self, index: usize, wanted: &str) -> bool {
        let word = self.word(index);
        word.eq_ignore_ascii_case(wanted)
            || !word.is_ascii() && word.to_lowercase().replace('’', "'") == wanted
    }

    /// Index of the sentence that holds a byte offset, if one does.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let after = self
            .sentences
            .partition_point(|sentence| sentence.span.start <= offset);
        let index = after.checked_sub(1)?;
        (offset < self.sentences[index].span.end).then_some(index)
    }

    fn read(&mut self, range: Range<usize>, lexicon: &Lexicon) {
        let source = self.source;
        let piece = &source[range.clone()];
        let first_word = self.words.len();
        let mut paragraph = self.sentences.last().map_or(0, |sentence| sentence.paragraph + 1);
        let mut spans: Vec<Range<usize>> = Vec::with_capacity(piece.len() / 5);
        each_word(piece, |word| {
            spans.push(range.start + word.start..range.start + word.end);
        });
        let tokens = lexicon.tokens(spans.iter().map(|span| &source[span.clone()]));
        let words = spans.into_iter().zip(tokens);
        self.words.extend(words.map(|(span, token)| Word { span, token }));
        let mut words_from = first_word;
        let mut start = range.start;
        for next in first_word..self.words.len() {
            if next == words_from {
                continue;
            }
            let gap = self.words[next - 1].span.end..self.words[next].span.start;
            if let Some(end) = self.sentence_end(gap.clone(), start, next) {
                self.push_sentence(start..end, words_from..next, paragraph);
                paragraph += usize::from(has_blank_line(&source[gap]));
                (start, words_from) = (end, next);
            }
        }
        if words_from < self.words.len() {
            let words = words_from..self.words.len();
            let last = self.words[words.end - 1].span.end;
            let tail = &source[last..range.end];
            let end = last + tail.find('\n').unwrap_or(tail.len());
            self.push_sentence(start..end, words, paragraph);
        }
    }

    /// Where a sentence that began at `start` ends inside the gap before word `next`, if it does.
    fn sentence_end(&self, gap: Range<usize>, start: usize, next: usize) -> Option<usize> {
        let between = &self.source[gap.clone()];
        // All of these marks begin with one of these bytes.
        if !between
            .bytes()
            .any(|byte| matches!(byte, b'\n' | b'.' | b'!' | b'?') || !byte.is_ascii())
        {
            return None;
        }
        let line_break = between.find('\n').filter(|_| !self.is_soft_wrap(&gap, next));
        let stop = between.find(['.', '!', '?', '…']).and_then(|at| {
            let marks = between[at..]
                .find(|c: char| !matches!(c, '.' | '!' | '?' | '…'))
                .unwrap_or(between.len() - at);
            let end = at + marks;
            let closers = between[end..]
                .find(|c: char| !matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»'))
                .unwrap_or(0);
            let end = end + closers;
            let spaced = between[end..].starts_with(char::is_whitespace);
            let full_stop = &between[at..at + marks] == ".";
            (spaced && !(full_stop && self.goes_on(start, next))).then_some(end)
        });
        match (stop, line_break) {
            (Some(stop), Some(line)) => Some(gap.start + stop.min(line)),
            (stop, line) => stop.or(line).map(|end| gap.start + end),
        }
    }

    /// Whether the full stop before word `next` only ends an abbreviation.
    fn goes_on(&self, start: usize, next: usize) -> bool {
        const TITLES: &[&str] = &[
            "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos", "vs", "e.g", "i.e", "approx", "fig", "art",
            "sec", "ref", "tel", "ext", "incl", "excl", "dept", "est", "cf", "al", "messrs", "fr", "frau",
            "sr", "sra", "rs",
        ];
        let word = self.word(next - 1);
        let next_is_lower = self.word(next).starts_with(char::is_lowercase);
        if TITLES.iter().any(|title| title.eq_ignore_ascii_case(word)) {
            // "No." before a number is an abbreviation, before anything else a whole answer.
            let number = self.word(next).starts_with(|c: char| c.is_ascii_digit());
            return !word.eq_ignore_ascii_case("no") || number;
        }
        let is_initial = word.len() == 1 && word.starts_with(|c: char| c.is_ascii_uppercase()) && word != "I";
        if is_initial {
            return true;
        }
        let opening = self.source[start..].trim_start();
        let is_list_number =
            word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit()) && opening.starts_with(word);
        // Writers who never use capitals still end sentences.
        let writes_lower = opening.starts_with(char::is_lowercase);
        is_list_number || next_is_lower && !writes_lower
    }

    /// Whether the line break in `gap` was put there by a mail program to keep lines short.
    fn is_soft_wrap(&self, gap: &Range<usize>, next: usize) -> bool {
        let between = &self.source[gap.clone()];
        if between.trim() != "" && between.trim() != "," || has_blank_line(between) {
            return false;
        }
        let Some(at) = between.find('\n') else {
            return false;
        };
        let line_end = gap.start + at;
        let line_start = self.source[..line_end].rfind('\n').map_or(0, |at| at + 1);
        let line = self.source[line_start..line_end].trim_end();
        // Wrapped lines are nearly full: the next word would not have fitted in 78 columns.
        line.chars().count() + 1 + self.word(next).chars().count() > 64
    }

    fn push_sentence(&mut self, span: Range<usize>, words: Range<usize>, paragraph: usize) {
        let raw = &self.source[span.clone()];
        let start = span.start + (raw.len() - raw.trim_start().len());
        let end = span.start + raw.trim_end().len();
        let shown = &self.source[start..end];
        let first = self.words[words.start].span.start;
        let item = is_bullet(&self.source[start..first.max(start)]) || starts_with_number_bullet(shown);
        self.sentences.push(Sentence {
            span: start..end,
            words,
            cues: 0..0,
            paragraph,
            role: if item { Role::Item } else { Role::Prose },
            question: shown.trim_end_matches(['"', '\'', ')', '”', '’']).ends_with('?'),
        });
    }

    fn mark_greeting(&mut self) {
        const HELLOS: &[&str] = &[
            "hi",
            "hello",
            "dear",
            "hey",
            "good",
            "morning",
            "afternoon",
            "evening",
            "greetings",
            "hiya",
        ];
        let Some(first) = self.sentences.first() else {
            return;
        };
        let alone = self
            .sentences
            .get(1)
            .is_none_or(|second| self.source[first.span.end..second.span.start].contains('\n'));
        let shown = &self.source[first.span.clone()];
        let hello = HELLOS
            .iter()
            .any(|hello| hello.eq_ignore_ascii_case(self.word(first.words.start)));
        let calls = shown.ends_with([',', '!', ':', '-', '–', '—']) || !shown.ends_with(['.', '?']);
        let words = first.words.len();
        let names = self
            .words_of(first)
            .iter()
            .all(|word| self.source[word.span.clone()].starts_with(char::is_uppercase));
        let is_greeting =
            alone && (hello && words <= 8 && !shown.ends_with('?') || calls && words <= 4 && names);
        if is_greeting && self.sentences.len() > 1 {
            self.sentences[0].role = Role::Greeting;
        }
    }

    /// Everything from the valediction on, or else a last line that is only a name.
    fn mark_closing(&mut self) {
        const VALEDICTIONS: &[&str] = &[
            "best",
            "kind",
            "kindest",
            "warm",
            "warmest",
            "regards",
            "cheers",
            "sincerely",
            "yours",
            "cordially",
            "respectfully",
            "love",
            "ta",
            "mit",
            "bien",
            "saludos",
            "cordialement",
            "grüße",
            "gruß",
        ];
        let count = self.sentences.len();
        let from = (count.saturating_sub(6)..count).find(|&at| {
            let sentence = &self.sentences[at];
            let shown = &self.source[sentence.span.clone()];
            let line_start =
                at == 0 || self.source[self.sentences[at - 1].span.end..sentence.span.start].contains('\n');
            let short = sentence.words.len() <= 5 && !shown.ends_with(['.', '?', ':']);
            let first = self.word(sentence.words.start).to_lowercase();
            let known = VALEDICTIONS.contains(&first.as_str());
            let thanks = matches!(first.as_str(), "thanks" | "thank" | "many") && shown.ends_with(',');
            let last_lines = at + 3 >= count && at > 0;
            let letter_end = last_lines && shown.ends_with(',') && sentence.words.len() <= 4;
            let name = at > 0
                && at + 1 == count
                && sentence.words.len() <= 4
                && self
                    .words_of(sentence)
                    .iter()
                    .all(|word| self.source[word.span.clone()].starts_with(char::is_uppercase));
            line_start && at > 0 && short && (known || thanks || letter_end || name)
        });
        if let Some(from) = from {
            for sentence in &mut self.sentences[from..] {
                sentence.role = Role::Closing;
            }
        }
    }
}

fn has_blank_line(gap: &str) -> bool {
    gap.chars().filter(|&c| c == '\n').count() > 1
}

fn is_bullet(before: &str) -> bool {
    let mark = before.trim();
    matches!(mark, "-" | "*" | "•" | "–" | "—" | "·" | "◦" | "‣" | "+")
}

/// `1.`, `2)` or `b)` before a word.
fn starts_with_number_bullet(shown: &str) -> bool {
    let Some(at) = shown.find(['.', ')']) else {
        return false;
    };
    let mark = &shown[..at];
    let numbered = !mark.is_empty() && mark.len() <= 2 && mark.chars().all(|c| c.is_ascii_digit());
    let lettered = mark.len() == 1 && shown[at..].starts_with(')') && mark.chars().all(char::is_alphabetic);
    (numbered || lettered) && shown[at + 1..].starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::own_ranges;

    #[track_caller]
    fn check(body: &str, sentences: &[&str]) {
        let text = Text::new(body, &own_ranges(body, &[]), Lexicon::get());
        let found: Vec<&str> = text
            .sentences
            .iter()
            .map(|sentence| &body[sentence.span.clone()])
            .collect();
        assert_eq!(found, sentences);
    }

    #[track_caller]
    fn check_roles(body: &str, roles: &[Role]) {
        let text = Text::new(body, &own_ranges(body, &[]), Lexicon::get());
        let found: Vec<Role> = text.sentences.iter().map(|sentence| sentence.role).collect();
        assert_eq!(found, roles, "{body}");
    }

    #[test]
    fn sentences_end_at_their_punctuation() {
        check(
            "One. Two! Three? Four… Five",
            &["One.", "Two!", "Three?", "Four…", "Five"],
        );
        check("He said \"no.\" We left.", &["He said \"no.\"", "We left."]);
        check(
            "It costs £1,900.50 more. Fine.",
            &["It costs £1,900.50 more.", "Fine."],
        );
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        check(
            "Dr. Lee came at 3 p.m. on Monday.",
            &["Dr. Lee came at 3 p.m. on Monday."],
        );
        check(
            "We use e.g. Rust. No. We do not.",
            &["We use e.g. Rust.", "No.", "We do not."],
        );
        check("Lot No. 4 and J. Smith.", &["Lot No. 4 and J. Smith."]);
        check("all lower here. still two", &["all lower here.", "still two"]);
    }

    #[test]
    fn lines_end_sentences_unless_they_were_wrapped() {
        check(
            "Hi Bob,\nall is well\n- one\n- two",
            &["Hi Bob,", "all is well", "- one", "- two"],
        );
        let wrapped = "The supplier has told us this morning that the parts will arrive one\nweek late.";
        check(wrapped, &[wrapped]);
    }

    #[test]
    fn emoji_and_marks_stay_whole() {
        check(
            "👩‍👩‍👧 Cafe\u{301} is open. 🎉 Yes.",
            &["👩‍👩‍👧 Cafe\u{301} is open.", "🎉 Yes."],
        );
        check("🎉🎉", &[]);
    }

    #[test]
    fn greeting_and_closing_are_told_from_the_message() {
        use Role::{Closing, Greeting, Item, Prose};
        check_roles(
            "Hi Cathy,\n\nAll is well.\n\nBest,\nJo",
            &[Greeting, Prose, Closing, Closing],
        );
        check_roles(
            "Cathy,\nThe launch moves.\n1. One\n2. Two\nJo",
            &[Greeting, Prose, Item, Item, Closing],
        );
        check_roles("Hello. We missed it.", &[Prose, Prose]);
        check_roles("The launch moves", &[Prose]);
    }
}
