//! The command line program from outside: what scripts and scores rely on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_candor"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn rules(report: &Value) -> Vec<&str> {
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap())
        .collect()
}

#[test]
fn json_follows_the_contract() {
    let body =
        "Hi Cathy,\n\nThe photos 🎉 look gre\u{301}at. The menu is done. We missed the 14 May deadline.";
    let draft = serde_json::json!({
        "id": "A-001", "subject": "Quick update", "to": ["Cathy Andre <cathy@example.org>"],
        "at": "2026-10-16T17:15:00-04:00", "body": body, "history": "", "a key of a later version": [1],
        "client": {"name": "Cathy Andre", "timezone": "America/New_York", "known_terms": ["ROAS"]},
    });
    // By rules alone, so that no later model changes what is found here.
    let output = run(&["check", "--json", "--fast"], &format!("{draft}\n"));
    assert_eq!(output.status.code(), Some(0));
    let reports = json_lines(&output);
    let report = &reports[0];
    assert_eq!(report["id"], "A-001");
    assert_eq!(report["call"]["advised"], true);
    assert!(report["call"]["reasons"][0].is_string() && report["call"]["talking_points"][0].is_string());
    assert_eq!(report["promises"], serde_json::json!([]));
    assert_eq!(rules(report), ["bad-news", "buried-bad-news", "bad-hour"]);
    let news = &report["findings"][0];
    let span = news["start"].as_u64().unwrap() as usize..news["end"].as_u64().unwrap() as usize;
    assert_eq!(news["in"], "body");
    assert_eq!(&body[span], "We missed the 14 May deadline");
    assert_eq!(news["text"], "We missed the 14 May deadline");
    assert!(
        news["message"]
            .as_str()
            .unwrap()
            .contains("We missed the 14 May deadline")
    );
    let buried = report["findings"][1].as_object().unwrap();
    assert_eq!(buried["in"], "draft");
    assert!(!buried.contains_key("start") && !buried.contains_key("end"));
}

#[test]
fn promises_have_the_day_they_are_due_on_the_writers_clock() {
    // Sent late on Friday in New York, where it is Saturday already in Tokyo.
    let draft = serde_json::json!({
        "at": "2026-10-16T20:15:00-04:00", "client": {"timezone": "Asia/Tokyo"},
        "body": "I'll send the mock-ups by Thursday. I'll call you tomorrow. I'll sign on 03/04.",
    });
    let output = run(&["check", "--json", "--fast"], &format!("{draft}\n"));
    assert_eq!(
        json_lines(&output)[0]["promises"],
        serde_json::json!([
            {"text": "I'll send the mock-ups by Thursday", "due": "2026-10-22"},
            {"text": "I'll call you tomorrow", "due": "2026-10-17"},
            {"text": "I'll sign on 03/04", "either": ["2027-03-04", "2027-04-03"]},
        ])
    );
}

#[test]
fn a_line_that_is_no_draft_is_said_and_the_rest_go_on() {
    let input = "{\"id\":\"a\",\"body\":\"All is well.\"}\n{\"id\":\"b\"}\nnot json\n[1]\n\n{\"id\":\"c\",\"body\":\"All is well.\",\"at\":\"Friday\"}\n{\"id\":\"d\",\"body\":\"All is well.\"}\n";
    let output = run(&["check", "--json"], input);
    assert_eq!(output.status.code(), Some(1));
    let reports = json_lines(&output);
    let ids: Vec<&Value> = reports.iter().map(|report| &report["id"]).collect();
    assert_eq!(
        ids,
        [
            "a".into(),
            "b".into(),
            Value::Null,
            Value::Null,
            "c".into(),
            Value::from("d")
        ]
        .iter()
        .collect::<Vec<_>>()
    );
    for (report, said) in [(1, "body"), (2, "-:3"), (3, "-:4"), (4, "Friday")] {
        let error = reports[report]["error"].as_str().unwrap();
        assert!(error.contains(said), "{error}");
    }
    assert_eq!(rules(&reports[5]), [""; 0]);
}

#[test]
fn mail_files_are_read_with_their_client() {
    let folder = std::env::temp_dir().join(format!("candor-cli-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mail = folder.join("late.eml");
    let clients = folder.join("clients.json");
    std::fs::write(
        &mail,
        "From: Jo <jo@example.com>\r\nTo: Cathy Andre <cathy@example.org>\r\nSubject: Hello\r\n\
         Date: Fri, 16 Oct 2026 14:15:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: quoted-printable\r\n\r\n\
         Hi Cathy,\r\n\r\nWe missed the deadline =E2=80=93 sorry.\r\n\r\n> The ROAS?\r\n\r\nYour ROAS is on its way.\r\n",
    )
    .unwrap();
    std::fs::write(
        &clients,
        r#"[{"name":"Cathy Andre","emails":["cathy@example.org"],"timezone":"Asia/Tokyo"}]"#,
    )
    .unwrap();
    let output = run(
        &[
            "check",
            "--json",
            "--clients",
            clients.to_str().unwrap(),
            mail.to_str().unwrap(),
        ],
        "",
    );
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(output.status.code(), Some(0));
    // 14:15 UTC is 23:15 in Tokyo, and the term stands in the client's own words.
    assert_eq!(
        rules(&json_lines(&output)[0]),
        ["bad-news", "bad-news-without-plan", "bad-hour"]
    );
}

#[test]
fn readable_output_shows_the_words_with_carets() {
    let output = run(
        &["check"],
        "Hi Cathy,\n\nWe hit a small hiccup, so the launch moves two weeks.\n",
    );
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    for part in [
        "call instead",
        "softened-bad-news",
        "a small hiccup",
        "^^^^^^^^^^^^^^",
    ] {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
    assert!(
        !text.contains('\u{1b}'),
        "colours only where a terminal shows them"
    );
}

#[test]
fn silence_is_said() {
    let output = run(&["check", "-"], "See you on Tuesday.");
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("Nothing to mention.")
    );
}

#[test]
fn score_counts_by_sentence() {
    let draft = |id: &str, body: &str, gold: Value, call: bool| {
        let client = serde_json::json!({"name": "Cathy Andre"});
        serde_json::json!({"id": id, "body": body, "client": client, "gold": gold, "call": call}).to_string()
            + "\n"
    };
    let met = serde_json::json!([{"rule": "bad-news", "quote": "missed the"}]);
    let missed = serde_json::json!([{"rule": "bad-news", "quote": "The landlord took another"}]);
    let input = draft(
        "met",
        "Dear Cathy,\n\nWe missed the deadline of 14 May, so your launch moves to June.\n\nAnna",
        met,
        true,
    ) + &draft("missed", "The landlord took another.", missed, true)
        + &draft("clean", "All is well.", serde_json::json!([]), false);
    let output = run(&["score", "-"], &input);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).unwrap();
    let row = text.lines().find(|line| line.starts_with("bad-news ")).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!(cells, ["bad-news", "1.00", "0.50", "0.67", "2", "1"]);
    assert!(text.contains("2 of 3"), "{text}");
    assert!(text.contains("1 of 1"), "{text}");
}

#[test]
fn wrong_arguments_end_with_a_message() {
    for arguments in [
        &["chekc"][..],
        &["check", "--jsn"],
        &["check", "no such file"],
        &["check", "--clients"],
    ] {
        let output = run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(output.stderr).unwrap().starts_with("candor: "));
    }
}
