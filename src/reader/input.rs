//! What the model reads: windows of tokens with marks on them.
//!
//! A window is `[CLS] subject [SEP] earlier mail [SEP] sentences [SEP]`. The part of the earlier mail is
//! left out where there is none. Training and inference both come through here, so that they cannot differ.

use std::ops::Range;

use super::marks::{self, Mark};
use super::tokens::{Token, Vocabulary};
use crate::checks::{self, Context};
use crate::draft::{Text, newest_quoted};

/// The longest window, in tokens.
pub const WINDOW: usize = 384;
/// How much of the subject is read, in tokens.
const SUBJECT: usize = 22;
/// How much of the newest earlier mail is read, in tokens.
const EARLIER: usize = 64;
/// How many sentences two windows share: the outer half of them have less context than they could have.
const SHARED: usize = 4;

/// One run of the model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Window {
    /// Rows of the vocabulary, at most [`WINDOW`].
    pub tokens: Vec<u32>,
    /// For each token 1 in the earlier mail and the separator after it, else 0.
    pub types: Vec<u8>,
    /// Tokens and marks that stand on them, ordered, each once.
    pub marks: Vec<(usize, Mark)>,
    /// Its sentences, in order.
    pub sentences: Vec<SentenceTokens>,
    /// The words of its sentences, in order.
    pub words: Vec<WordTokens>,
}

/// Where a sentence of the body stands in a window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SentenceTokens {
    /// Its index in the body.
    pub index: usize,
    /// Its tokens, at least one.
    pub tokens: Range<usize>,
    /// Its bytes in the body.
    pub span: Range<usize>,
    /// Whether no other window has more of the draft around it: its result is taken from here.
    pub taken: bool,
}

/// Where a word of the body stands in a window.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WordTokens {
    /// Its tokens, at least one; an unknown token may belong to two words.
    pub tokens: Range<usize>,
    /// Its bytes in the body.
    pub span: Range<usize>,
}

/// Tokens of one piece of text and the marks on them, by position in the piece.
#[derive(Debug, Default)]
struct Piece {
    tokens: Vec<Token>,
    marks: Vec<(usize, Mark)>,
}

/// The windows of a draft; none when the writer has written nothing yet.
pub fn windows(context: &Context, vocabulary: &Vocabulary) -> Vec<Window> {
    let findings = checks::of_words(context);
    let subject_marks = marks::marks_of(&context.subject, &findings, false);
    let body_marks = marks::marks_of(&context.body, &findings, true);
    let head = head(context, vocabulary, &subject_marks);
    let room = WINDOW - head.tokens.len() - 1;
    let sentences: Vec<Piece> = context
        .body
        .sentences
        .iter()
        .map(|sentence| Piece::new(&context.body, sentence.span.clone(), &body_marks, vocabulary).cut(room))
        .collect();
    let ranges = ranges(&sentences, room);
    let taken_from = |at: usize| {
        let context_in = |range: &Range<usize>| {
            let before = if range.start == 0 {
                usize::MAX
            } else {
                at - range.start
            };
            let after = if range.end == sentences.len() {
                usize::MAX
            } else {
                range.end - 1 - at
            };
            before.min(after)
        };
        let holding = ranges.iter().enumerate().filter(|(_, range)| range.contains(&at));
        // Of equals the first: `max_by_key` gives the last.
        holding
            .rev()
            .max_by_key(|(_, range)| context_in(range))
            .map(|(window, _)| window)
    };
    let takers: Vec<Option<usize>> = (0..sentences.len()).map(taken_from).collect();
    let fill = |(at, range): (usize, &Range<usize>)| {
        let mut window = head.clone();
        for index in range.clone() {
            window.push_sentence(context, index, &sentences[index], takers[index] == Some(at));
        }
        window.push(vocabulary.separator, 0);
        window
    };
    ranges
        .iter()
        .enumerate()
        .map(fill)
        .filter(|window| !window.sentences.is_empty())
        .collect()
}

/// What every window of a draft begins with.
fn head(context: &Context, vocabulary: &Vocabulary, marks: &[(Range<usize>, Mark)]) -> Window {
    let mut window = Window::default();
    window.push(vocabulary.start, 0);
    let whole = 0..context.subject.source.len();
    window.push_piece(
        &Piece::new(&context.subject, whole, marks, vocabulary).cut(SUBJECT),
        0,
    );
    window.push(vocabulary.separator, 0);
    let earlier = earlier(context);
    let tokens = vocabulary.tokens(&earlier, 0..earlier.len());
    if !tokens.is_empty() {
        let piece = Piece {
            tokens,
            marks: Vec::new(),
        };
        window.push_piece(&piece.cut(EARLIER), 1);
        window.push(vocabulary.separator, 1);
    }
    window
}

/// The newest mail that this one answers: the first quote in the body, else the thread's history.
fn earlier(context: &Context) -> String {
    let (history, body) = match context.earlier.split_last() {
        Some((history, body)) => (*history, body),
        None => ("", &[][..]),
    };
    let in_body = body
        .iter()
        .map(|part| newest_quoted(part))
        .find(|words| !words.is_empty());
    in_body.unwrap_or_else(|| match newest_quoted(history) {
        words if words.is_empty() => history.to_owned(),
        words => words,
    })
}

/// Cuts a draft into runs of sentences that fit, of which neighbours share some.
fn ranges(sentences: &[Piece], room: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    while start < sentences.len() {
        let mut used = 0;
        let fits = |piece: &&Piece| {
            used += piece.tokens.len();
            used <= room
        };
        // No sentence is longer than the room.
        let end = start + sentences[start..].iter().take_while(fits).count();
        ranges.push(start..end);
        if end == sentences.len() {
            break;
        }
        start = end.saturating_sub(SHARED).max(start + 1);
    }
    ranges
}

impl Piece {
    fn new(text: &Text, span: Range<usize>, marks: &[(Range<usize>, Mark)], vocabulary: &Vocabulary) -> Self {
        let tokens = vocabulary.tokens(text.source, span.clone());
        let near: Vec<&(Range<usize>, Mark)> = marks
            .iter()
            .filter(|(place, _)| place.start < span.end && span.start < place.end)
            .collect();
        let on = |token: &Token| {
            let mut on: Vec<Mark> = near
                .iter()
                .filter(|(place, _)| place.start < token.span.end && token.span.start < place.end)
                .map(|(_, mark)| *mark)
                .collect();
            on.sort_unstable();
            on.dedup();
            on
        };
        let marks = tokens
            .iter()
            .enumerate()
            .flat_map(|(at, token)| on(token).into_iter().map(move |mark| (at, mark)));
        Self {
            marks: marks.collect(),
            tokens,
        }
    }

    /// Its first tokens.
    fn cut(mut self, length: usize) -> Self {
        self.tokens.truncate(length);
        self.marks.retain(|&(at, _)| at < length);
        self
    }
}

impl Window {
    fn push(&mut self, token: u32, kind: u8) {
        self.tokens.push(token);
        self.types.push(kind);
    }

    fn push_piece(&mut self, piece: &Piece, kind: u8) {
        let first = self.tokens.len();
        self.marks
            .extend(piece.marks.iter().map(|&(at, mark)| (first + at, mark)));
        for token in &piece.tokens {
            self.push(token.id, kind);
        }
    }

    fn push_sentence(&mut self, context: &Context, index: usize, piece: &Piece, taken: bool) {
        if piece.tokens.is_empty() {
            return;
        }
        let first = self.tokens.len();
        self.push_piece(piece, 0);
        let sentence = &context.body.sentences[index];
        self.sentences.push(SentenceTokens {
            index,
            tokens: first..self.tokens.len(),
            span: sentence.span.clone(),
            taken,
        });
        for word in context.body.words_of(sentence) {
            let from = piece
                .tokens
                .partition_point(|token| token.span.end <= word.span.start);
            let to = piece
                .tokens
                .partition_point(|token| token.span.start < word.span.end);
            if from < to {
                self.words.push(WordTokens {
                    tokens: first + from..first + to,
                    span: word.span.clone(),
                });
            }
        }
    }
}
