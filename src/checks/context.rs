//! What every check sees: the draft cut into words and cues, and the client it goes to.

use std::cell::OnceCell;
use std::ops::Range;

use crate::draft::{Effort, LocalTime, Role, Sentence, Text, own_ranges};
use crate::lexicon::{Cue, CueMatch, Lexicon};
use crate::{Client, Draft, Finding, Place, Reading};

/// A draft as the checks see it. Made once for each run.
#[derive(Debug)]
pub struct Context<'d> {
    /// The subject line.
    pub subject: Text<'d>,
    /// The body; words and sentences exist for the writer's own text alone.
    pub body: Text<'d>,
    /// When it would be sent, on the client's clock where known.
    pub at: Option<LocalTime>,
    /// Whom it goes to, where known.
    pub client: Option<&'d Client>,
    /// Earlier mail of the thread: the history, and quotes in the body.
    pub earlier: Vec<&'d str>,
    /// How much was written to come to it.
    pub effort: Effort,
    /// What the careful reader says; its spans are ranges of the body.
    pub reading: Option<&'d Reading>,
    /// The earlier mail in small letters, once somebody has asked for it.
    earlier_lowered: OnceCell<Vec<String>>,
}

impl<'d> Context<'d> {
    /// Reads a draft. The lexicon is built on first use, which takes some milliseconds.
    pub fn new(draft: &'d Draft, client: Option<&'d Client>) -> Self {
        let lexicon = Lexicon::get();
        let own = own_ranges(&draft.body, &draft.context);
        let subject = 0..draft.subject.len();
        let mut earlier = gaps(&draft.body, &own);
        earlier.push(&draft.history);
        Self {
            subject: Text::new(&draft.subject, std::slice::from_ref(&subject), lexicon),
            body: Text::new(&draft.body, &own, lexicon),
            at: draft.at,
            client,
            earlier,
            effort: draft.effort,
            reading: None,
            earlier_lowered: OnceCell::new(),
        }
    }

    /// The same with what the careful reader says, unless that is about another body.
    #[must_use]
    pub fn with_reading(self, reading: Option<&'d Reading>) -> Self {
        let reading = reading.filter(|reading| reading.fits(self.body.source));
        Self { reading, ..self }
    }

    /// Whether the careful reader has read the sentence that a finding stands in, as it stands.
    pub fn is_read(&self, finding: &Finding) -> bool {
        let (Some(reading), Place::Body(span)) = (self.reading, &finding.place) else {
            return false;
        };
        let sentence = self.body.sentence_at(span.start);
        sentence.is_some_and(|at| reading.sentence(&self.body.sentences[at].span).is_some())
    }

    /// The earlier mail in small letters: made once, however many words are looked for in it.
    pub fn earlier_lowered(&self) -> &[String] {
        self.earlier_lowered
            .get_or_init(|| self.earlier.iter().map(|text| text.to_lowercase()).collect())
    }

    /// The sentences of the body that carry the message, with their indices.
    pub fn message(&self) -> impl Iterator<Item = (usize, &Sentence)> {
        self.body
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, sentence)| sentence.speaks())
    }

    /// How long the writer's own text is, in characters from its first sentence to its last, quotes left out.
    pub fn own_length(&self) -> usize {
        let sentences = self.body.sentences.iter();
        sentences
            .map(|sentence| self.body.source[sentence.span.clone()].chars().count())
            .sum()
    }

    /// The cues of a sentence of the body.
    pub fn cues(&self, sentence: &Sentence) -> &[CueMatch] {
        self.body.cues_of(sentence)
    }

    /// Whether a sentence of the body holds this cue.
    pub fn has(&self, sentence: &Sentence, cue: Cue) -> bool {
        self.cues(sentence).iter().any(|found| found.cue == cue)
    }

    /// How a message names the client: by first name, else "the client".
    pub fn client_name(&self) -> &str {
        self.client.map_or("the client", Client::first_name)
    }

    /// The clause around some of its words: up to the commas, dashes and conjunctions that set it off.
    pub fn clause(&self, sentence: &Sentence, around: &Range<usize>) -> Range<usize> {
        let words = sentence.words.clone();
        let breaks = |before: usize| {
            let gap =
                &self.body.source[self.body.words[before].span.end..self.body.words[before + 1].span.start];
            let mark = gap.contains([',', ';', ':', '(', ')', '–', '—']) || gap.contains(" - ");
            let joins = matches!(
                self.body.word(before + 1),
                "but" | "although" | "though" | "because" | "which" | "while"
            );
            mark || joins
        };
        let first = (words.start + 1..=around.start)
            .rev()
            .find(|&at| breaks(at - 1))
            .unwrap_or(words.start);
        let last = (around.end..words.end)
            .find(|&at| breaks(at - 1))
            .unwrap_or(words.end)
            - 1;
        let joined = first > words.start && matches!(self.body.word(first), "and" | "but" | "so" | "or");
        let first = if joined && first < around.start {
            first + 1
        } else {
            first
        };
        let is_whole = last + 1 == words.end;
        let end = self.body.words[last].span.end;
        let end = if is_whole { sentence.span.end.max(end) } else { end };
        let start = self.body.words[first].span.start;
        let start = self.leading_mark(sentence, first, start);
        start..trim_end(self.body.source, start..end)
    }

    /// Takes a currency sign that leans on the first word along with it.
    fn leading_mark(&self, sentence: &Sentence, first: usize, start: usize) -> usize {
        let from = if first == sentence.words.start {
            sentence.span.start
        } else {
            self.body.words[first - 1].span.end
        };
        let before = &self.body.source[from..start];
        let kept = before.trim_end_matches(['£', '$', '€', '¥', '₹']);
        start - (before.len() - kept.len())
    }
}

/// Drops closing punctuation from the end of a range.
fn trim_end(source: &str, range: Range<usize>) -> usize {
    range.start
        + source[range]
            .trim_end_matches(['.', '!', ',', ';', ':', '…', ' ', '\n', '\r'])
            .len()
}

/// What lies between the ranges.
fn gaps<'s>(source: &'s str, ranges: &[Range<usize>]) -> Vec<&'s str> {
    let starts = std::iter::once(0).chain(ranges.iter().map(|range| range.end));
    let ends = ranges
        .iter()
        .map(|range| range.start)
        .chain(std::iter::once(source.len()));
    starts
        .zip(ends)
        .filter_map(|(start, end)| source.get(start..end))
        .filter(|text| !text.trim().is_empty())
        .collect()
}

/// Whether a sentence opens the mail: the first two that speak.
pub(super) fn opens(context: &Context, sentence: usize) -> bool {
    context.body.sentences[..sentence]
        .iter()
        .filter(|earlier| earlier.role != Role::Greeting)
        .count()
        < 2
}
