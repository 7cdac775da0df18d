//! Where the browser's words become Rust's, and back: the messages between the content script and
//! the panel, and the only place where UTF-16 offsets meet byte offsets.
//!
//! A page may be wrong about its own text, so nothing here trusts an offset: one past the end means
//! the end, one inside a character (a surrogate pair, for UTF-16) means the start of that character.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Draft;
use crate::checks;
use crate::draft::LocalTime;
use crate::order::sort_by_key;
use crate::report::{Finding, Place};

/// What the content script tells the panel.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Message")]
pub(super) enum Incoming {
    /// The draft as it stands now.
    Draft(Composed),
    /// No compose box is open any more.
    Nothing,
    /// There is more text than is judged.
    TooLong,
    /// Whether there is room for an open panel beside the mail.
    Room { beside: bool },
    /// What became of words that the user wanted replaced, or had back.
    Replaced { id: u32, outcome: Replacement },
    /// A press of Send was stopped.
    Held,
    /// The user did something else instead of answering: no press is held any more.
    LetGo,
    /// Send was pressed, and the press went through.
    Sending,
    /// Whether the button to send was there to be pressed, once the user wanted that.
    Released { pressed: bool },
}

/// How it ended to write words into a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Replacement {
    /// The words stand there.
    Done,
    /// Others stood there than were judged, so nothing was written.
    Changed,
    /// The editor did not take them.
    Refused,
}

/// A mail in the making, as the page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Composed {
    /// Counts up with each change; marks name the revision they were made for.
    pub revision: u32,
    /// Which of the page's mails this is.
    pub mail: u32,
    pub subject: String,
    pub body: String,
    /// Ranges of the body, in UTF-16 units, that the page's markup shows to be quote or signature.
    pub context: Vec<(u32, u32)>,
    pub recipients: Vec<Recipient>,
    /// Whether the page's recipient fields could be read at all.
    pub recipients_known: bool,
    /// Characters that the user typed in this mail so far, and those deleted again.
    pub typed: u32,
    pub deleted: u32,
    /// What cannot be read on this page, in plain words: `recipients`, `subject`, `send`.
    pub partly: Vec<String>,
}

/// Somebody the mail goes to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Recipient {
    /// The display name, empty when the page shows none.
    pub name: String,
    /// The mail address, empty when the page hides it.
    pub address: String,
}

/// A message as it travels: one object, of which each kind has its own keys. Read as an enumeration it would
/// first be gathered key by key into a tree, for twice the code.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    kind: Kind,
    revision: Option<u32>,
    #[serde(default)]
    mail: u32,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    context: Vec<(u32, u32)>,
    #[serde(default)]
    recipients: Vec<Recipient>,
    #[serde(default)]
    recipients_known: bool,
    #[serde(default)]
    typed: u32,
    #[serde(default)]
    deleted: u32,
    #[serde(default)]
    partly: Vec<String>,
    beside: Option<bool>,
    id: Option<u32>,
    outcome: Option<Replacement>,
    pressed: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Draft,
    Nothing,
    TooLong,
    Room,
    Replaced,
    Held,
    LetGo,
    Released,
    Sending,
}

impl TryFrom<Message> for Incoming {
    /// The key that is missing.
    type Error = &'static str;

    fn try_from(message: Message) -> Result<Self, Self::Error> {
        Ok(match message.kind {
            Kind::Draft => Self::Draft(Composed {
                revision: message.revision.ok_or("no revision")?,
                mail: message.mail,
                subject: message.subject,
                body: message.body,
                context: message.context,
                recipients: message.recipients,
                recipients_known: message.recipients_known,
                typed: message.typed,
                deleted: message.deleted,
                partly: message.partly,
            }),
            Kind::Nothing => Self::Nothing,
            Kind::TooLong => Self::TooLong,
            Kind::Room => Self::Room {
                beside: message.beside.ok_or("no beside")?,
            },
            Kind::Replaced => Self::Replaced {
                id: message.id.ok_or("no id")?,
                outcome: message.outcome.ok_or("no outcome")?,
            },
            Kind::Held => Self::Held,
            Kind::LetGo => Self::LetGo,
            Kind::Released => Self::Released {
                pressed: message.pressed.ok_or("no pressed")?,
            },
            Kind::Sending => Self::Sending,
        })
    }
}

impl Composed {
    /// The draft to judge, at the moment it would be sent.
    pub(super) fn draft(&self, at: Option<LocalTime>) -> Draft {
        let ends: Vec<usize> = self
            .context
            .iter()
            .flat_map(|&(start, end)| [start as usize, end as usize])
            .collect();
        let context = bytes_from_utf16(&self.body, &ends)
            .chunks_exact(2)
            .map(|ends| ends[0]..ends[1])
            .filter(|range| !range.is_empty())
            .collect();
        Draft {
            context,
            at,
            ..Draft::new(self.subject.as_str(), self.body.as_str())
        }
    }
}

impl Recipient {
    /// The name where there is one, else the address.
    pub(super) fn label(&self) -> &str {
        if self.name.trim().is_empty() {
            self.address.trim()
        } else {
            self.name.trim()
        }
    }
}

/// What the panel tells the content script. No note, no list of clients, no write to the notebook
/// ever stands in one of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(super) enum Outgoing {
    /// The panel is trusted and listens.
    Ready,
    /// The words to mark, in place of all marks before.
    Marks { revision: u32, marks: Vec<Mark> },
    /// Scroll the draft to these words; the focus stays in the panel.
    Reveal { id: u32 },
    /// Emphasise these words, or none.
    Point { id: Option<u32> },
    /// Write other words in the place of these, which must still be there. Only ever said because a
    /// person pressed a button.
    Replace { id: u32, words: String, by: String },
    /// Write other words in the place of these, from `start` to `end` of the body in UTF-16 units. Only ever
    /// said because a person pressed a button.
    Rewrite {
        id: u32,
        revision: u32,
        start: usize,
        end: usize,
        words: String,
        by: String,
    },
    /// Write back what stood there before; only ever said because a person pressed a button.
    TakeBack { id: u32 },
    /// Whether to hold the next press of Send in this mail.
    Verdict { mail: u32, hold: bool },
    /// The user is being asked about a press that was held.
    Asking,
    /// Press Send in this mail, which was held; only ever said because a person pressed a button.
    Release { mail: u32 },
    /// Hold the press no more, and let the user write on.
    Keep,
    /// Hold the press no more; the keyboard stays with the panel.
    LetGo,
    /// How much room the panel needs, in CSS pixels.
    Size { folded: bool, width: u32, height: u32 },
}

impl Outgoing {
    /// The number under which a rewriting can be taken back; no finding has it.
    pub(super) const REWRITING: u32 = 0;

    /// Writes other words in the place of some bytes of the body.
    pub(super) fn rewrite(composed: &Composed, span: &Range<usize>, by: String) -> Option<Self> {
        let words = composed.body.get(span.clone())?.to_owned();
        let ends = utf16_from_bytes(&composed.body, &[span.start, span.end]);
        Some(Self::Rewrite {
            id: Self::REWRITING,
            revision: composed.revision,
            start: ends[0],
            end: ends[1],
            words,
            by,
        })
    }
}

/// Words to mark in the draft, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Mark {
    id: u32,
    field: Field,
    start: usize,
    end: usize,
    tone: Tone,
}

/// The part of the mail that a mark's offsets count in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Field {
    Subject,
    Body,
}

/// How loudly a finding speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tone {
    /// The client would be hurt or misled.
    Warn,
    /// The client may be puzzled.
    Hint,
}

impl Tone {
    /// The tone in which a finding is shown.
    pub(super) fn of(finding: &Finding) -> Self {
        let is_hint = checks::by_name(finding.rule).is_some_and(|check| check.hint);
        if is_hint { Self::Hint } else { Self::Warn }
    }

    /// Its name in messages and markup.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Hint => "hint",
        }
    }
}

/// The marks for these findings; one about the draft as a whole marks no words.
pub(super) fn marks<'a>(
    composed: &Composed,
    findings: impl IntoIterator<Item = (u32, &'a Finding)>,
) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (id, finding) in findings {
        let (field, Range { start, end }) = match &finding.place {
            Place::Subject(range) => (Field::Subject, range.clone()),
            Place::Body(range) => (Field::Body, range.clone()),
            Place::Draft => continue,
        };
        marks.push(Mark {
            id,
            field,
            start,
            end,
            tone: Tone::of(finding),
        });
    }
    for (field, text) in [(Field::Subject, &composed.subject), (Field::Body, &composed.body)] {
        let mut ends: Vec<&mut usize> = marks
            .iter_mut()
            .filter(|mark| mark.field == field)
            .flat_map(|mark| [&mut mark.start, &mut mark.end])
            .collect();
        let bytes: Vec<usize> = ends.iter().map(|end| **end).collect();
        for (end, units) in ends.iter_mut().zip(utf16_from_bytes(text, &bytes)) {
            **end = units;
        }
    }
    marks
}

/// Byte offsets into `text` for UTF-16 offsets, in the order given.
fn bytes_from_utf16(text: &str, offsets: &[usize]) -> Vec<usize> {
    convert(text, offsets, char::len_utf16, char::len_utf8)
}

/// UTF-16 offsets into `text` for byte offsets, in the order given.
fn utf16_from_bytes(text: &str, offsets: &[usize]) -> Vec<usize> {
    convert(text, offsets, char::len_utf8, char::len_utf16)
}

/// One pass over the text, whatever the number of offsets and their order.
fn convert(text: &str, offsets: &[usize], from: fn(char) -> usize, to: fn(char) -> usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    sort_by_key(&mut order, |&index| offsets[index]);

    let mut converted = vec![0; offsets.len()];
    let mut rest = text.chars().peekable();
    let (mut passed, mut written) = (0, 0);
    for index in order {
        while let Some(char) = rest.next_if(|&char| passed + from(char) <= offsets[index]) {
            passed += from(char);
            written += to(char);
        }
        converted[index] = written;
    }
    converted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An accent of its own, an emoji outside the first plane, a family joined from three.
    const TEXT: &str = "Cafe\u{301} 🙂 is late 👩‍👩‍👧.";

    #[test]
    fn offsets_survive_the_way_there_and_back() {
        let bytes: Vec<usize> = TEXT
            .char_indices()
            .map(|(at, _)| at)
            .chain([TEXT.len()])
            .collect();
        let units = utf16_from_bytes(TEXT, &bytes);
        assert_eq!(bytes_from_utf16(TEXT, &units), bytes);
        assert_eq!(units.last(), Some(&TEXT.encode_utf16().count()));
    }

    #[test]
    fn the_words_after_an_emoji_are_the_words() {
        let units: Vec<u16> = TEXT.encode_utf16().collect();
        let late = TEXT.find("late").unwrap();
        let ends = utf16_from_bytes(TEXT, &[late, late + 4]);
        assert_eq!(String::from_utf16(&units[ends[0]..ends[1]]).unwrap(), "late");
    }

    #[test]
    fn offsets_inside_a_character_fall_to_its_start() {
        let smile = TEXT.find('🙂').unwrap();
        let start = utf16_from_bytes(TEXT, &[smile])[0];
        assert_eq!(bytes_from_utf16(TEXT, &[start + 1]), [smile]);
        assert_eq!(utf16_from_bytes(TEXT, &[smile + 1, smile + 3]), [start, start]);
    }

    #[test]
    fn offsets_past_the_end_mean_the_end() {
        assert_eq!(bytes_from_utf16(TEXT, &[usize::MAX, 0]), [TEXT.len(), 0]);
        assert_eq!(utf16_from_bytes("", &[7]), [0]);
    }

    #[test]
    fn the_order_of_offsets_is_kept() {
        assert_eq!(bytes_from_utf16("🙂🙂🙂", &[6, 0, 4, 2, 4]), [12, 0, 8, 4, 8]);
    }

    #[test]
    fn a_draft_keeps_the_context_that_stands_in_its_body() {
        let composed = Composed {
            body: "🙂 Hi\nquoted".into(),
            context: vec![(6, 12), (12, 6), (40, 50)],
            ..Composed::default()
        };
        let draft = composed.draft(None);
        assert_eq!(draft.context.first(), Some(&(8..14)));
        assert_eq!(draft.context.len(), 1);
        assert_eq!(&draft.body[8..14], "quoted");
    }

    #[test]
    fn marks_count_in_the_field_they_stand_in() {
        let composed = Composed {
            subject: "🙂 late".into(),
            body: "🙂🙂 late".into(),
            ..Composed::default()
        };
        let finding = |rule, place| Finding {
            rule,
            place,
            headline: String::new(),
            advice: String::new(),
        };
        let findings = [
            finding("bad-news", Place::Subject(5..9)),
            finding("jargon", Place::Body(9..13)),
            finding("bad-hour", Place::Draft),
        ];
        let marks = marks(&composed, (7..).zip(&findings));
        assert_eq!(
            marks,
            [
                Mark {
                    id: 7,
                    field: Field::Subject,
                    start: 3,
                    end: 7,
                    tone: Tone::Warn
                },
                Mark {
                    id: 8,
                    field: Field::Body,
                    start: 5,
                    end: 9,
                    tone: Tone::Hint
                },
            ]
        );
    }

    #[test]
    fn a_rewriting_counts_in_utf16() {
        let composed = Composed {
            revision: 9,
            body: "🙂 Late.".into(),
            ..Composed::default()
        };
        let rewriting = Outgoing::rewrite(&composed, &(5..10), "Soon.".into());
        let written = serde_json::to_string(&rewriting.unwrap()).unwrap();
        assert_eq!(
            written,
            r#"{"kind":"rewrite","id":0,"revision":9,"start":3,"end":8,"words":"Late.","by":"Soon."}"#
        );
        assert_eq!(Outgoing::rewrite(&composed, &(1..10), String::new()), None);
    }

    #[test]
    fn messages_read_as_the_contract_writes_them() {
        let draft = r#"{"kind":"draft","revision":3,"subject":"Hi","body":"All well.","context":[[0,3]],
            "recipients":[{"name":"Cathy Andre","address":"cathy@andrelighting.example"},{"address":"x@y.example"}],
            "recipientsKnown":true,"typed":12,"deleted":3,"adapter":"roundcube","partly":["subject"]}"#;
        let Ok(Incoming::Draft(composed)) = serde_json::from_str(draft) else {
            panic!("not a draft")
        };
        assert_eq!((composed.revision, composed.recipients.len()), (3, 2));
        assert_eq!((composed.typed, composed.deleted), (12, 3));
        assert!(composed.recipients_known);
        assert_eq!(composed.recipients[1].label(), "x@y.example");
        assert_eq!(
            serde_json::from_str(r#"{"kind":"nothing"}"#).ok(),
            Some(Incoming::Nothing)
        );
        assert_eq!(
            serde_json::from_str(r#"{"kind":"too-long","revision":9,"length":1000001}"#).ok(),
            Some(Incoming::TooLong)
        );
        let replaced = Incoming::Replaced {
            id: 4,
            outcome: Replacement::Changed,
        };
        assert_eq!(
            serde_json::from_str(r#"{"kind":"replaced","id":4,"outcome":"changed"}"#).ok(),
            Some(replaced)
        );
        assert_eq!(
            serde_json::from_str(r#"{"kind":"held"}"#).ok(),
            Some(Incoming::Held)
        );
        assert_eq!(
            serde_json::from_str(r#"{"kind":"let-go"}"#).ok(),
            Some(Incoming::LetGo)
        );
        assert_eq!(
            serde_json::from_str(r#"{"kind":"released","pressed":true}"#).ok(),
            Some(Incoming::Released { pressed: true })
        );
        assert!(serde_json::from_str::<Incoming>(r#"{"kind":"sell"}"#).is_err());
    }

    #[test]
    fn answers_are_written_as_the_contract_has_them() {
        let written = |message| serde_json::to_string(&message).unwrap();
        assert_eq!(written(Outgoing::Ready), r#"{"kind":"ready"}"#);
        assert_eq!(
            written(Outgoing::Replace {
                id: 4,
                words: "ROAS".into(),
                by: "return".into()
            }),
            r#"{"kind":"replace","id":4,"words":"ROAS","by":"return"}"#
        );
        assert_eq!(
            written(Outgoing::TakeBack { id: 4 }),
            r#"{"kind":"take-back","id":4}"#
        );
        assert_eq!(
            written(Outgoing::Verdict { mail: 2, hold: true }),
            r#"{"kind":"verdict","mail":2,"hold":true}"#
        );
        assert_eq!(
            written(Outgoing::Release { mail: 2 }),
            r#"{"kind":"release","mail":2}"#
        );
        assert_eq!(
            written(Outgoing::Point { id: None }),
            r#"{"kind":"point","id":null}"#
        );
        let mark = Mark {
            id: 1,
            field: Field::Body,
            start: 2,
            end: 4,
            tone: Tone::Warn,
        };
        assert_eq!(
            written(Outgoing::Marks {
                revision: 5,
                marks: vec![mark]
            }),
            r#"{"kind":"marks","revision":5,"marks":[{"id":1,"field":"body","start":2,"end":4,"tone":"warn"}]}"#
        );
    }
}
