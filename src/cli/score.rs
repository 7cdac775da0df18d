//! `candor score`: how often the checks are right on labelled drafts.
//!
//! A finding matches a label when both stand in the same sentence under the same rule; rules about the
//! whole draft match in the same draft.

use std::collections::BTreeMap;
use std::ops::Range;

use candor::checks::Context;
use candor::{Finding, Place, check};

use super::input::{Case, Label};
use super::{Options, input};

/// Counts for one rule.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    labels: usize,
    labels_met: usize,
    findings: usize,
    findings_met: usize,
}

/// Counts for all drafts.
#[derive(Debug, Default)]
struct Score {
    rules: BTreeMap<String, Counts>,
    call_right: usize,
    call_labelled: usize,
    clean: usize,
    silent: usize,
}

/// Scores all drafts; `false` when some input was no labelled draft.
pub(super) fn run(options: &Options) -> Result<bool, String> {
    let mut score = Score::default();
    let mut drafts = 0;
    let mut all_read = true;
    for case in input::cases(&options.files, &options.clients)? {
        let outcome = case
            .map_err(|wrong| wrong.error)
            .and_then(|case| score.add(&case, options));
        match outcome {
            Ok(()) => drafts += 1,
            Err(error) => {
                all_read = false;
                anstream::eprintln!("candor: {error}");
            }
        }
    }
    anstream::println!("{drafts} drafts\n");
    score.print();
    Ok(all_read)
}

impl Score {
    fn add(&mut self, case: &Case, options: &Options) -> Result<(), String> {
        let labels = case
            .gold
            .as_ref()
            .ok_or_else(|| format!("{}: no `gold` labels to score against", case.id))?;
        let report = check(&case.draft, case.client.as_ref(), &options.settings);
        let context = Context::new(&case.draft, case.client.as_ref());
        let sentences: Vec<Range<usize>> = context
            .body
            .sentences
            .iter()
            .map(|sentence| sentence.span.clone())
            .collect();
        for label in labels {
            if !label.quote.is_empty() && !case.draft.body.contains(&label.quote) {
                anstream::eprintln!(
                    "candor: {}: the label {} quotes words that are not in the body: {}",
                    case.id,
                    label.rule,
                    label.quote
                );
            }
        }
        let meets = |finding: &Finding, label: &Label| {
            finding.rule == label.rule
                && (label.quote.is_empty()
                    || same_sentence(&sentences, finding, &case.draft.body, &label.quote))
        };
        for label in labels {
            let counts = self.rules.entry(label.rule.clone()).or_default();
            counts.labels += 1;
            counts.labels_met += usize::from(report.findings.iter().any(|finding| meets(finding, label)));
        }
        for finding in &report.findings {
            let counts = self.rules.entry(finding.rule.to_owned()).or_default();
            counts.findings += 1;
            counts.findings_met += usize::from(labels.iter().any(|label| meets(finding, label)));
        }
        if let Some(call) = case.call {
            self.call_labelled += 1;
            self.call_right += usize::from(call == report.call.advised);
        }
        if labels.is_empty() {
            self.clean += 1;
            self.silent += usize::from(report.findings.is_empty() && !report.call.advised);
        }
        Ok(())
    }

    fn print(&self) {
        anstream::println!(
            "{:<24} {:>9} {:>9} {:>9}   {:>6} {:>8}",
            "rule",
            "precision",
            "recall",
            "F1",
            "labels",
            "findings"
        );
        for (rule, counts) in &self.rules {
            let precision = share(counts.findings_met, counts.findings);
            let recall = share(counts.labels_met, counts.labels);
            let f1 = match (precision, recall) {
                (Some(precision), Some(recall)) if precision + recall > 0.0 => {
                    Some(2.0 * precision * recall / (precision + recall))
                }
                (None, None) => None,
                _ => Some(0.0),
            };
            anstream::println!(
                "{rule:<24} {:>9} {:>9} {:>9}   {:>6} {:>8}",
                shown(precision),
                shown(recall),
                shown(f1),
                counts.labels,
                counts.findings,
            );
        }
        anstream::println!(
            "\ncall advice right         {} of {} ({})",
            self.call_right,
            self.call_labelled,
            shown(share(self.call_right, self.call_labelled))
        );
        anstream::println!(
            "clean drafts kept silent  {} of {} ({})",
            self.silent,
            self.clean,
            shown(share(self.silent, self.clean))
        );
    }
}

/// Whether a sentence holds words of the finding and words of a place where the quote stands.
fn same_sentence(sentences: &[Range<usize>], finding: &Finding, body: &str, quote: &str) -> bool {
    let Place::Body(span) = &finding.place else {
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

#[allow(clippy::cast_precision_loss, reason = "counts of drafts are far below 2^52")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn shown(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), |share| format!("{share:.2}"))
}
