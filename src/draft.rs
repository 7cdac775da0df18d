//! The mail as typed: what the writer wrote, apart from what they quote.

mod effort;
mod local_time;
mod mail_marks;
mod own_text;
#[cfg(feature = "reader")]
mod quoted;
mod text;
mod words;

use std::ops::Range;

pub use effort::Effort;
pub use local_time::{LocalTime, NotALocalTime, Weekday};
pub use own_text::own_ranges;
#[cfg(feature = "reader")]
pub(crate) use quoted::newest_quoted;
pub use text::{Role, Sentence, Text, Word};

/// One email to a client as it stands now. Any text is a draft, so making one cannot fail.
///
/// Ranges are byte offsets into [`body`](Self::body); the browser's UTF-16 offsets exist only at the
/// boundary of the web pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The subject line, empty when there is none.
    pub subject: String,
    /// Everything in the editor: own text, and any quote or signature that stands with it.
    pub body: String,
    /// Parts of the body that the page knows to be quoted or the signature: read as context, never
    /// judged. Quotes and signatures in plain text are found without it.
    pub context: Vec<Range<usize>>,
    /// Earlier mail of this thread that is not in the body.
    pub history: String,
    /// When the mail would be sent, on the client's clock where their time zone is known and else on
    /// the writer's; `None` when nobody knows.
    pub at: Option<LocalTime>,
    /// The same moment on the writer's clock, from which their "tomorrow" counts; `None` when it is not known
    /// apart from [`at`](Self::at).
    pub writers_at: Option<LocalTime>,
    /// How much was written to come to it; nothing where nobody counted.
    pub effort: Effort,
}

impl Draft {
    /// A draft with a subject and a body and nothing else known.
    ///
    /// ```
    /// let draft = candor::Draft::new("Hello", "All is well.");
    /// assert!(draft.at.is_none());
    /// ```
    pub fn new(subject: impl Into<String>, body: impl Into<String>) -> Self {
        Self {
            subject: subject.into(),
            body: body.into(),
            ..Self::default()
        }
    }
}
