//! How often findings are right, counted against what a person found in the same drafts.
//!
//! A finding meets a label when both stand in the same sentence under the same rule; findings and labels
//! about the whole draft meet in the same draft.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::checks::{self, Context};
use crate::{Draft, Place, Report};

/// Terms are counted apart: whether one is known depends on a client, whom mail at large has none of.
const JARGON: &str = "jargon";

/// What a person found in a draft.
#[derive(Debug, Clone, Deserialize)]
pub struct Label {
    /// The check's name.
    pub rule: String,
    /// The words, empty for a finding about the whole draft.
    #[serde(default)]
    pub quote: String,
}

/// What a person says about a draft.
#[derive(Debug, Clone, Copy)]
pub struct Truth<'a> {
    /// Every fault; empty for a clean draft.
    pub labels: &'a [Label],
    /// Whether it should be a phone call, where that was asked.
    pub call: Option<bool>,
}

/// What a checker says about a draft.
#[derive(Debug, Clone, Default)]
pub struct Verdict<'a> {
    /// Each finding by the name of its rule.
    pub findings: Vec<(&'a str, &'a Place)>,
    /// Whether it advises to call.
    pub call: bool,
}

impl<'a> From<&'a Report> for Verdict<'a> {
    fn from(report: &'a Report) -> Self {
        Self {
            findings: report
                .findings
                .iter()
                .map(|finding| (finding.rule, &finding.place))
                .collect(),
            call: report.call.advised,
        }
    }
}

/// Counts for one rule.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// What a person found.
    pub labels: usize,
    /// How many of these were found.
    pub labels_met: usize,
    /// What was found.
    pub findings: usize,
    /// How many of these a person found too.
    pub findings_met: usize,
}

/// So many out of so many.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// How many hold.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
}

/// Counts for all drafts.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// By name; rules that were neither labelled nor found are missing.
    pub rules: BTreeMap<String, Counts>,
    /// Drafts whose call advice agrees with the label.
    pub call: Share,
    /// Drafts with a call labelled whose bad news is buried or softened: the mails that matter most.
    /// Those advised to call count.
    pub hidden: Share,
    /// Drafts without a label; those without finding and call advice count.
    pub silent: Share,
    /// Findings other than jargon in drafts without a label, out of the sentences of these drafts: what a
    /// writer of ordinary mail is bothered with.
    #[serde(default)]
    pub alarms: Share,
}

impl Score {
    /// Counts one draft.
    pub fn add(&mut self, draft: &Draft, truth: Truth, verdict: &Verdict) {
        let Truth { labels, call } = truth;
        let context = Context::new(draft, None);
        let sentences: Vec<&Range<usize>> = context.body.sentences.iter().map(|one| &one.span).collect();
        let meets = |(rule, place): (&str, &Place), label: &Label| {
            rule == label.rule
                && (label.quote.is_empty() || same_sentence(&sentences, place, &draft.body, &label.quote))
        };
        for label in labels {
            let counts = self.rules.entry(label.rule.clone()).or_default();
            counts.labels += 1;
            counts.labels_met += usize::from(verdict.findings.iter().any(|&finding| meets(finding, label)));
        }
        for &finding in &verdict.findings {
            let counts = self.rules.entry(finding.0.to_owned()).or_default();
            counts.findings += 1;
            counts.findings_met += usize::from(labels.iter().any(|label| meets(finding, label)));
        }
        if let Some(call) = call {
            self.call.count(call == verdict.call);
        }
        if call == Some(true) && labels.iter().any(Label::hides_bad_news) {
            self.hidden.count(verdict.call);
        }
        if labels.is_empty() {
            self.silent.count(verdict.findings.is_empty() && !verdict.call);
            let alarms = verdict.findings.iter().filter(|(rule, _)| *rule != JARGON);
            self.alarms.part += alarms.count();
            self.alarms.whole += sentences.len();
        }
    }

    /// All rules together.
    pub fn total(&self) -> Counts {
        self.rules.values().fold(Counts::default(), |sum, counts| Counts {
            labels: sum.labels + counts.labels,
            labels_met: sum.labels_met + counts.labels_met,
            findings: sum.findings + counts.findings,
            findings_met: sum.findings_met + counts.findings_met,
        })
    }

    /// The figures that a release must not fall below, by name: F1 of each check that was labelled, and the
    /// shares that are not about one check. Figures of nothing are missing.
    pub fn figures(&self) -> BTreeMap<String, f64> {
        let of_checks = self.rules.iter().filter_map(|(rule, counts)| {
            checks::by_name(rule)?;
            Some((format!("{rule} F1"), counts.f1()?))
        });
        let total = self.total();
        let shares = [
            ("call advice right", self.call),
            ("hidden bad news: call", self.hidden),
            ("clean drafts kept silent", self.silent),
            (
                "findings that are right",
                Share::of(total.findings_met, total.findings),
            ),
        ];
        let shares = shares
            .into_iter()
            .filter_map(|(name, share)| Some((name.to_owned(), share.value()?)));
        // Higher is better, here as everywhere among these figures.
        let quiet = self
            .alarms
            .value()
            .map(|alarms| ("clean sentences without alarm".to_owned(), 1.0 - alarms));
        of_checks.chain(shares).chain(quiet).collect()
    }
}

impl Label {
    /// Whether a busy reader could miss the bad news, or take it for less than it is.
    fn hides_bad_news(&self) -> bool {
        matches!(self.rule.as_str(), "buried-bad-news" | "softened-bad-news")
    }
}

impl Counts {
    /// Of what was found, how much is right; `None` where nothing was found.
    pub fn precision(self) -> Option<f64> {
        Share::of(self.findings_met, self.findings).value()
    }

    /// Of what is there, how much was found; `None` where nothing is there.
    pub fn recall(self) -> Option<f64> {
        Share::of(self.labels_met, self.labels).value()
    }

    /// The harmonic mean of both; 0 where one of them is unknown, `None` where both are.
    pub fn f1(self) -> Option<f64> {
        match (self.precision(), self.recall()) {
            (Some(precision), Some(recall)) if precision + recall > 0.0 => {
                Some(2.0 * precision * recall / (precision + recall))
            }
            (None, None) => None,
            _ => Some(0.0),
        }
    }
}

impl Share {
    /// `part` out of `whole`.
    pub fn of(part: usize, whole: usize) -> Self {
        Self { part, whole }
    }

    /// Between 0 and 1; `None` of nothing.
    #[allow(clippy::cast_precision_loss, reason = "counts of drafts are far below 2^52")]
    pub fn value(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    fn count(&mut self, holds: bool) {
        self.part += usize::from(holds);
        self.whole += 1;
    }
}

/// Whether a sentence holds words of the finding and words of a place where the quote stands.
fn same_sentence(sentences: &[&Range<usize>], place: &Place, body: &str, quote: &str) -> bool {
    let Place::Body(span) = place else {
        return false;
    };
    let overlaps = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    body.match_indices(quote).any(|(at, quote)| {
        let quoted = at..at + quote.len();
        sentences
            .iter()
            .any(|sentence| overlaps(sentence, span) && overlaps(sentence, &quoted))
    })
}
