//! Reports as JSON Lines. The keys are a contract with scripts.

use candor::{Place, Report};
use serde_json::{Value, json};

use super::input::{Case, NotADraft};

pub(super) fn print(case: &Case, report: &Report) {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|finding| {
            let (place, source, span) = match &finding.place {
                Place::Subject(span) => ("subject", &case.draft.subject, span),
                Place::Body(span) => ("body", &case.draft.body, span),
                Place::Draft => {
                    return json!({"rule": finding.rule, "in": "draft", "message": finding.message()});
                }
            };
            json!({
                "rule": finding.rule,
                "in": place,
                "start": span.start,
                "end": span.end,
                "text": &source[span.clone()],
                "message": finding.message(),
            })
        })
        .collect();
    anstream::println!(
        "{}",
        json!({"id": case.id, "call": report.call, "promises": [], "findings": findings})
    );
}

pub(super) fn print_error(wrong: &NotADraft) {
    anstream::println!("{}", json!({"id": wrong.id, "error": wrong.error}));
}
