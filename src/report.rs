//! What the checks say about one draft.

use std::ops::Range;

use serde::Serialize;

use crate::call::TalkingPoint;

/// Everything Candor has to say about one draft, findings in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Whether this should be a phone call, and why.
    pub call: CallAdvice,
    /// One entry per fault: subject first, then the body by position, then the draft as a whole.
    pub findings: Vec<Finding>,
}

/// One fault, where it stands, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check's name, as in `checks::ALL`.
    pub rule: &'static str,
    /// The words it is about.
    pub place: Place,
    /// What is wrong, one short sentence that quotes the words: `“small hiccup” shrinks the news.`
    pub headline: String,
    /// Why it matters to this client and what to write or do instead, one or two sentences.
    pub advice: String,
}

impl Finding {
    /// Headline and advice as one text: what the command line prints and assistive technology reads.
    pub fn message(&self) -> String {
        format!("{} {}", self.headline, self.advice)
    }
}

/// Where a finding stands. Offsets are UTF-8 bytes and lie on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A range of the subject.
    Subject(Range<usize>),
    /// A range of the body, always inside the writer's own text.
    Body(Range<usize>),
    /// The draft as a whole.
    Draft,
}

impl Place {
    /// Sorts places in reading order: subject, body, the draft as a whole.
    pub fn order(&self) -> (u8, usize, usize) {
        match self {
            Self::Subject(span) => (0, span.start, span.end),
            Self::Body(span) => (1, span.start, span.end),
            Self::Draft => (2, 0, 0),
        }
    }
}

/// Whether to call instead of sending, with what speaks for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CallAdvice {
    /// Whether the draft should be a phone call.
    pub advised: bool,
    /// Why, one sentence each, weightiest first; empty when no call is advised.
    pub reasons: Vec<String>,
    /// What to say on the call, in order, in the draft's own words where it has them.
    pub talking_points: Vec<TalkingPoint>,
    /// What the call is about, in the draft's own words: for the log of calls.
    #[serde(skip)]
    pub topic: String,
}
