//! The table of checks, and the one function that runs them.

mod bad_hour;
mod bad_news;
mod bad_news_without_plan;
mod blame;
mod buried_bad_news;
mod context;
mod contract_threat;
mod disowned_mistake;
mod flat_refusal;
mod hard_sell;
mod hedging;
mod invoice_with_bad_news;
mod jargon;
mod merging;
mod missing_rationale;
mod overcommitment;
mod phrase;
mod quote;
mod review_before_sending;
mod run_around;
mod section;
mod softened_bad_news;
mod unprofessional;
mod vague_commitment;

pub use context::Context;
pub(crate) use quote::{capitalised, elide, quote};
pub use section::Section;

use std::ops::Range;

use crate::call;
use crate::lexicon::Harm;
use crate::order::sort_by_key;
use crate::{Client, Draft, Finding, Place, Reading, Report, Settings};

/// All checks, in the order in which they run: a check of the whole draft may rely on those before it.
pub const ALL: &[Check] = &[
    bad_news::CHECK,
    softened_bad_news::CHECK,
    disowned_mistake::CHECK,
    review_before_sending::CHECK,
    missing_rationale::CHECK,
    flat_refusal::CHECK,
    jargon::CHECK,
    blame::CHECK,
    unprofessional::CHECK,
    contract_threat::CHECK,
    run_around::CHECK,
    hard_sell::CHECK,
    hedging::CHECK,
    overcommitment::CHECK,
    vague_commitment::CHECK,
    buried_bad_news::CHECK,
    bad_news_without_plan::CHECK,
    bad_hour::CHECK,
    invoice_with_bad_news::CHECK,
];

/// One fault that Candor can find: what it is, why it matters, what it says yes and no to, and how.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// Names the fault, as in `allow bad-news`; its file is named after it.
    pub name: &'static str,
    /// The part of the guide it belongs to.
    pub section: Section,
    /// One line for lists of checks.
    pub summary: &'static str,
    /// Why it matters to the client, one sentence.
    pub why: &'static str,
    /// The essays the advice comes from, by the letters of the README's list.
    pub source: &'static str,
    /// Whether a finding is only a hint, shown more quietly.
    pub hint: bool,
    /// Drafts in which it must be found, with the exact words.
    pub fires: &'static [Example],
    /// Near misses in which it must not.
    pub passes: &'static [Example],
    /// How it is found.
    pub judge: Judge,
}

/// How a check reaches its findings.
#[derive(Debug, Clone, Copy)]
pub enum Judge {
    /// From the words.
    Words {
        /// What rules find.
        find: fn(&Context) -> Vec<Finding>,
        /// The finding at words of the body that the careful reader points at.
        say: fn(&Context, Range<usize>) -> Finding,
        /// Which words those are.
        points_at: PointsAt,
    },
    /// From the draft as a whole and what the checks of words found in it. At most one finding.
    Whole {
        /// What rules find.
        find: OfWhole,
        /// The finding when the careful reader sees it and there is something to say it of; `None` where rules
        /// know all there is.
        say: Option<OfWhole>,
        /// Whether what rules find stands, whatever the careful reader thinks of the whole.
        sure: bool,
    },
}

/// A finding about the draft as a whole, from what the checks before it found.
pub type OfWhole = fn(&Context, &[Finding]) -> Option<Finding>;

/// Which words a careful finding points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointsAt {
    /// The clause around the word that weighs most.
    Clause,
    /// The words themselves.
    Words,
    /// The words themselves, once in a draft, unless the client understands them.
    Terms,
}

/// A draft that shows what a check does: its documentation and its test.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The subject; empty for none.
    pub subject: &'static str,
    /// The own text.
    pub body: &'static str,
    /// The exact words that are found; empty for a finding about the whole draft.
    pub marks: &'static str,
    /// Quoted earlier mail.
    pub history: &'static str,
    /// When it would be sent; empty for unknown.
    pub at: &'static str,
    /// Terms the client knows.
    pub known: &'static [&'static str],
}

impl Example {
    /// A draft with this body and nothing else.
    pub const fn body(body: &'static str) -> Self {
        Self {
            subject: "",
            body,
            marks: "",
            history: "",
            at: "",
            known: &[],
        }
    }

    /// The same with a subject.
    #[must_use]
    pub const fn subject(self, subject: &'static str) -> Self {
        Self { subject, ..self }
    }

    /// The same with the words that must be found.
    #[must_use]
    pub const fn marks(self, marks: &'static str) -> Self {
        Self { marks, ..self }
    }

    /// The same in answer to an earlier mail.
    #[must_use]
    pub const fn history(self, history: &'static str) -> Self {
        Self { history, ..self }
    }

    /// The same to be sent at this time of the client's clock.
    #[must_use]
    pub const fn at(self, at: &'static str) -> Self {
        Self { at, ..self }
    }

    /// The same to a client who knows these terms.
    #[must_use]
    pub const fn known(self, known: &'static [&'static str]) -> Self {
        Self { known, ..self }
    }
}

/// What a check is shown by. The extension's modules are built without: nothing there reads it, and it would be
/// twenty kilobytes of each.
const fn examples(all: &'static [Example]) -> &'static [Example] {
    if cfg!(target_arch = "wasm32") { &[] } else { all }
}

/// The check of this name.
pub fn by_name(name: &str) -> Option<&'static Check> {
    ALL.iter().find(|check| check.name == name)
}

/// Judges a draft as it would reach this client.
///
/// Takes less than a millisecond for 2,000 words and cannot fail. With `client` unknown, an educated
/// adult from another trade is assumed. Silenced checks say nothing, but what they find still counts
/// for the call advice and for the checks of the whole draft.
pub fn check(draft: &Draft, client: Option<&Client>, settings: &Settings) -> Report {
    check_with(draft, client, settings, None)
}

/// The same with what the careful reader says about this draft, where it has read it.
pub fn check_with(
    draft: &Draft,
    client: Option<&Client>,
    settings: &Settings,
    reading: Option<&Reading>,
) -> Report {
    let context = Context::new(draft, client).with_reading(reading);
    let mut findings = Vec::new();
    for check in ALL {
        findings.extend(merging::judge(&context, check, &findings));
    }
    let call = call::advise(&context, &findings);
    findings.retain(|finding| settings.wants(finding.rule));
    merging::take_back_lone_doubts(&context, &call, &mut findings);
    in_reading_order(&mut findings);
    Report { call, findings }
}

/// Puts findings in the order of their places.
fn in_reading_order(findings: &mut [Finding]) {
    sort_by_key(findings, |finding| finding.place.order());
}

/// The check whose findings are terms that the client does not know.
#[cfg(feature = "reader")]
pub(crate) const JARGON: &str = jargon::CHECK.name;

/// What the checks of words find.
#[cfg(feature = "reader")]
pub(crate) fn of_words(context: &Context) -> Vec<Finding> {
    let judged = ALL.iter().map(|check| match check.judge {
        Judge::Words { find, .. } => find(context),
        Judge::Whole { .. } => Vec::new(),
    });
    judged.flatten().collect()
}

/// Sentences of the body that tell bad news, in order.
pub(crate) fn sentences_with_bad_news(context: &Context, findings: &[Finding]) -> Vec<usize> {
    sentences_of(context, findings, &bad_news::CHECK)
}

/// The kind of harm behind a finding of bad news, and the words it points at.
pub(crate) fn harm_behind<'c>(context: &'c Context, finding: &Finding) -> Option<(Harm, &'c str)> {
    let Place::Body(span) = &finding.place else {
        return None;
    };
    if finding.rule != bad_news::CHECK.name {
        return None;
    }
    Some((
        bad_news::harm_at(context, span),
        &context.body.source[span.clone()],
    ))
}

/// The findings of one check so far.
fn of<'f>(findings: &'f [Finding], check: &'f Check) -> impl Iterator<Item = &'f Finding> {
    findings.iter().filter(|finding| finding.rule == check.name)
}

/// Indices of the body's sentences that hold a finding of this check, in order.
fn sentences_of(context: &Context, findings: &[Finding], check: &Check) -> Vec<usize> {
    let mut sentences: Vec<usize> = of(findings, check)
        .filter_map(|finding| match &finding.place {
            Place::Body(span) => context.body.sentence_at(span.start),
            Place::Subject(_) | Place::Draft => None,
        })
        .collect();
    sort_by_key(&mut sentences, |&sentence| sentence);
    sentences.dedup();
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings_in(example: &Example, check: &Check) -> Vec<Finding> {
        let draft = Draft {
            subject: example.subject.to_owned(),
            body: example.body.to_owned(),
            history: example.history.to_owned(),
            at: (!example.at.is_empty()).then(|| example.at.parse().unwrap()),
            ..Draft::default()
        };
        let known_terms = example.known.iter().map(|&term| term.to_owned()).collect();
        let client = Client {
            known_terms,
            ..Client::default()
        };
        let report = super::check(&draft, Some(&client), &Settings::default());
        report
            .findings
            .into_iter()
            .filter(|finding| finding.rule == check.name)
            .collect()
    }

    #[test]
    fn every_example_fires_on_its_words_once() {
        let mut wrong = Vec::new();
        for check in ALL {
            for example in check.fires {
                let found = findings_in(example, check);
                let shown: Vec<&str> = found
                    .iter()
                    .map(|finding| match &finding.place {
                        Place::Subject(span) => &example.subject[span.clone()],
                        Place::Body(span) => &example.body[span.clone()],
                        Place::Draft => "",
                    })
                    .collect();
                if shown != [example.marks] {
                    wrong.push(format!("{}: {:?} in {:?}", check.name, shown, example.body));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_near_miss_passes() {
        let mut wrong = Vec::new();
        for check in ALL {
            for example in check.passes {
                for finding in findings_in(example, check) {
                    wrong.push(format!(
                        "{}: {} in {:?}",
                        check.name, finding.headline, example.body
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn every_check_has_examples_of_both_kinds() {
        for check in ALL {
            assert!(
                check.fires.len() >= 3 && check.passes.len() >= 3,
                "{}",
                check.name
            );
            assert!(!check.summary.is_empty() && check.why.ends_with('.') && !check.source.is_empty());
        }
    }

    #[test]
    fn a_silenced_check_says_nothing_but_still_counts() {
        let draft = Draft::new("Hello", "We missed the 14 May deadline.");
        let settings = Settings {
            silenced: [bad_news::CHECK.name.to_owned()].into(),
            ..Settings::default()
        };
        let report = super::check(&draft, None, &settings);
        assert!(report.call.advised);
        assert!(
            report.findings.iter().all(|finding| finding.rule != "bad-news"),
            "{report:?}"
        );
    }
}
