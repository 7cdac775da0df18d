//! What would do the relationship good: suggestions beside a draft, never warnings, and one at a time.
//!
//! A suggestion needs a client who is known and a moment that calls for it. Where a draft carries trouble that
//! should be a call, only a promise that was passed over is worth another word.

mod ask_a_real_question;
mod overdue_promise;
mod reply_now;
mod say_thanks;
mod share_the_impact;
mod their_day;
mod words;
mod wrap_up_talk;

use crate::checks::Context;
use crate::draft::LocalTime;
use crate::{Client, Settings};

/// All of them, the most urgent first: the first that fits is made.
pub const ALL: &[Kind] = &[
    overdue_promise::KIND,
    reply_now::KIND,
    share_the_impact::KIND,
    wrap_up_talk::KIND,
    say_thanks::KIND,
    their_day::KIND,
    ask_a_real_question::KIND,
];

/// One kind of suggestion: what it offers, why, and when.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Names what it offers; its file is named after it.
    pub name: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// Why it matters to the client, one sentence.
    pub why: &'static str,
    /// The essays the advice comes from, by the letters of the README's list.
    pub source: &'static str,
    /// Whether it is made although the draft should be a call.
    pub in_trouble: bool,
    /// Moments in which it must be made.
    pub made: &'static [Moment],
    /// Near misses in which it must not.
    pub not_made: &'static [Moment],
    /// The suggestion, where the moment calls for it.
    pub find: fn(&Situation) -> Option<Suggestion>,
}

/// A draft in its moment, for a client who is known.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The draft.
    pub draft: &'a Context<'a>,
    /// Whom it goes to.
    pub client: &'a Client,
    /// Now, on the writer's clock.
    pub now: LocalTime,
    /// Whether the draft should rather be a call.
    pub in_trouble: bool,
}

/// What is suggested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestion {
    /// The name of its kind.
    pub name: &'static str,
    /// What to do, and on which occasion, in a sentence or two.
    pub text: String,
    /// A sentence for the draft with its gaps in square brackets; empty where nobody can word it for the writer.
    pub words: String,
    /// The note it is taken from, by its place among the client's notes.
    pub note: Option<usize>,
}

/// A draft and its client that show what a suggestion does: its documentation and its test.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The own text.
    pub body: &'static str,
    /// Quoted earlier mail.
    pub history: &'static str,
    /// The client's record, as JSON.
    pub client: &'static str,
    /// Now.
    pub now: &'static str,
}

impl Moment {
    /// A draft on Friday 16 October 2026 to a client of whom nothing but the name is known.
    pub const fn body(body: &'static str) -> Self {
        Self {
            body,
            history: "",
            client: r#"{"name":"Cathy Andre"}"#,
            now: "2026-10-16T10:00",
        }
    }

    /// The same in answer to an earlier mail.
    #[must_use]
    pub const fn history(self, history: &'static str) -> Self {
        Self { history, ..self }
    }

    /// The same to a client with this record.
    #[must_use]
    pub const fn client(self, client: &'static str) -> Self {
        Self { client, ..self }
    }
}

/// What a kind is shown by. The extension's modules are built without, as with checks.
const fn moments(all: &'static [Moment]) -> &'static [Moment] {
    if cfg!(target_arch = "wasm32") { &[] } else { all }
}

/// The one suggestion that is worth making, leaving out kinds that are switched off and those that `is_left_out`
/// names.
pub fn suggest(
    situation: &Situation,
    settings: &Settings,
    is_left_out: impl Fn(&Suggestion) -> bool,
) -> Option<Suggestion> {
    ALL.iter()
        .filter(|kind| settings.wants(kind.name) && (kind.in_trouble || !situation.in_trouble))
        .filter_map(|kind| (kind.find)(situation))
        .find(|suggestion| !is_left_out(suggestion))
}

/// Whether the writer's own text speaks of what this note is about.
pub fn speaks_of(draft: &Context, note: &str) -> bool {
    words::share_a_topic(note, &words::own_words(draft))
}

/// The kind of this name.
pub fn by_name(name: &str) -> Option<&'static Kind> {
    ALL.iter().find(|kind| kind.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Draft;

    fn made(kind: &Kind, moment: &Moment) -> Option<Suggestion> {
        let client: Client = serde_json::from_str(moment.client).unwrap();
        let draft = Draft {
            history: moment.history.to_owned(),
            ..Draft::new("Re: the shop", moment.body)
        };
        (kind.find)(&Situation {
            draft: &Context::new(&draft, Some(&client)),
            client: &client,
            now: moment.now.parse().unwrap(),
            in_trouble: false,
        })
    }

    #[test]
    fn suggestions_are_made_where_they_should_be_and_nowhere_else() {
        for kind in ALL {
            assert!(kind.made.len() > 1 && kind.not_made.len() > 1, "{}", kind.name);
            for moment in kind.made {
                let suggestion = made(kind, moment);
                assert!(
                    suggestion
                        .as_ref()
                        .is_some_and(|one| one.name == kind.name && !one.text.is_empty()),
                    "{} is not made of: {}",
                    kind.name,
                    moment.body
                );
            }
            for moment in kind.not_made {
                assert_eq!(
                    made(kind, moment),
                    None,
                    "{} is made of: {}",
                    kind.name,
                    moment.body
                );
            }
        }
    }

    #[test]
    fn files_are_named_after_what_they_suggest() {
        for kind in ALL {
            let path = format!("src/suggestions/{}.rs", kind.name.replace('-', "_"));
            assert!(std::path::Path::new(&path).exists(), "{path}");
        }
    }

    #[test]
    fn one_is_made_at_a_time_and_each_can_be_switched_off() {
        let client: Client = serde_json::from_str(
            r#"{"name":"Cathy","promises":[{"text":"I'll send the mock-ups by Monday","due":"2026-10-12"}],
                "notes":[{"date":"2026-09-01","text":"Daughter started school"}]}"#,
        )
        .unwrap();
        let draft = Draft::new(
            "",
            "Hi Cathy,\n\nthe photographs of the shop window have come in and look well. The texts for the about \
             page are with our editor, who has asked for one more week with them.",
        );
        let context = Context::new(&draft, Some(&client));
        let situation = Situation {
            draft: &context,
            client: &client,
            now: "2026-10-16T10:00".parse().unwrap(),
            in_trouble: false,
        };
        let mut settings = Settings::default();
        let name = |settings: &Settings| suggest(&situation, settings, |_| false).map(|one| one.name);
        assert_eq!(name(&settings), Some("overdue-promise"));
        settings.turn("overdue-promise", false);
        assert_eq!(name(&settings), Some("ask-a-real-question"));
        settings.turn("ask-a-real-question", false);
        assert_eq!(name(&settings), None);
        let settings = Settings::default();
        let left_out = suggest(&situation, &settings, |one| one.name == "overdue-promise");
        assert_eq!(left_out.unwrap().note, Some(0));
        let in_trouble = Situation {
            in_trouble: true,
            ..situation
        };
        let left_out = suggest(&in_trouble, &settings, |one| one.name == "overdue-promise");
        assert_eq!(left_out, None);
    }
}
