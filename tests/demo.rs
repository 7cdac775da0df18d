//! What people try first: the demo draft shows what Candor is for, to the client it is written to.

use candor::{Client, Draft, Report, Settings};
use serde_json::Value;

const DRAFT: &str = include_str!("../extension/demo/mailbox/draft.json");
const CLIENTS: &str = include_str!("../extension/demo/clients.json");

fn report_for(name: &str) -> Report {
    let draft: Value = serde_json::from_str(DRAFT).expect("the draft is JSON");
    let clients: Vec<Client> = serde_json::from_str(CLIENTS).expect("the demo clients are clients");
    let client = clients
        .iter()
        .find(|client| client.name == name)
        .expect("one of the demo clients");
    let field = |key: &str| draft[key].as_str().expect("the draft has a subject and a body");
    candor::check(
        &Draft::new(field("subject"), field("body")),
        Some(client),
        &Settings::default(),
    )
}

fn rules(report: &Report) -> Vec<&'static str> {
    report.findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn the_demo_draft_shows_all_three_concerns() {
    let report = report_for("Cathy Andre");
    assert_eq!(
        rules(&report),
        [
            "jargon",
            "missing-rationale",
            "jargon",
            "softened-bad-news",
            "bad-news",
            "buried-bad-news"
        ]
    );
    assert!(report.call.advised);
}

#[test]
fn terms_a_client_knows_are_no_jargon_to_her() {
    let report = report_for("Priya Raman");
    let jargon: Vec<&str> = report
        .findings
        .iter()
        .filter(|one| one.rule == "jargon")
        .map(|one| one.headline.as_str())
        .collect();
    assert!(
        jargon.iter().all(|headline| !headline.contains("headless CMS")),
        "{jargon:?}"
    );
}
