//! Reports as JSON Lines. The keys are a contract with scripts.

use candor::promise::{Due, Promise};
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
        json!({
            "id": case.id,
            "call": report.call,
            "promises": candor::promises(&case.draft).iter().map(promise).collect::<Vec<_>>(),
            "findings": findings,
        })
    );
}

/// `due` is the day; words that can be read in two ways have `either` with both days instead, and a date that
/// cannot be told has neither.
fn promise(promise: &Promise) -> Value {
    match promise.due {
        Some(Due::On(day)) => json!({"text": promise.text, "due": day.to_string()}),
        Some(Due::Either(first, second)) => {
            json!({"text": promise.text, "either": [first.to_string(), second.to_string()]})
        }
        None => json!({"text": promise.text}),
    }
}

pub(super) fn print_error(wrong: &NotADraft) {
    anstream::println!("{}", json!({"id": wrong.id, "error": wrong.error}));
}
