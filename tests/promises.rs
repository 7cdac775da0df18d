//! What a mail promises, and by when: date phrases in all their forms, labelled sentences, and what holds for any
//! text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::ops::Range;

use candor::draft::LocalTime;
use candor::promise::Due;
use candor::{Draft, Promise};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use serde::Deserialize;

const DATES: &str = include_str!("fixtures/promises/dates.txt");
const SENTENCES: &str = include_str!("fixtures/promises/sentences.jsonl");
/// Sentences of other writers, drawn at random from the drafts of this repository.
const DRAFTS: &str = include_str!("fixtures/promises/drafts.jsonl");
/// More of them, labelled before they were first judged.
const HELD_OUT: &str = include_str!("fixtures/promises/held-out.jsonl");
/// Sentences as people of many trades write them, labelled before they were first judged: of these the rules of
/// then found 0.54, 0.87 of what they found being right. The rules have learned from them since.
const TRADES: &str = include_str!("fixtures/promises/trades.jsonl");
/// A hundred more, written and labelled after that. When they were first judged, precision was 0.95 and recall
/// 0.79; then the rules learned from these, too.
const FRESH: &str = include_str!("fixtures/promises/fresh.jsonl");

/// Ways to promise that the sentences of offices and trades in `corpus` showed to be missed, each with its near miss.
const LATER: &str = include_str!("fixtures/promises/later.jsonl");

fn promises_in(body: &str, at: Option<LocalTime>) -> Vec<Promise> {
    let draft = Draft {
        writers_at: at,
        ..Draft::new("", body)
    };
    candor::promises(&draft)
}

fn shown(due: Option<Due>) -> String {
    match due {
        Some(Due::On(day)) => day.to_string(),
        Some(Due::Either(first, second)) => format!("{first} or {second}"),
        None => "unknown".to_owned(),
    }
}

#[test]
fn date_phrases_are_the_days_they_name() {
    let mut at = None;
    let mut wrong = Vec::new();
    let mut forms = BTreeSet::new();
    for line in DATES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(moment) = line.strip_prefix("@ ") {
            at = moment.parse().ok();
            continue;
        }
        let (form, due) = line.split_once(" = ").unwrap();
        forms.insert(form);
        let stop = if form.ends_with('.') { "" } else { "." };
        let found = promises_in(&format!("I'll send it {form}{stop}"), at);
        let found: Vec<String> = found.iter().map(|promise| shown(promise.due)).collect();
        let found = if found.is_empty() {
            "none".to_owned()
        } else {
            found.join(", ")
        };
        if found != due {
            wrong.push(format!("{form}: {found}, not {due}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        forms.len(),
        wrong.join("\n")
    );
    assert!(forms.len() >= 150, "{} forms", forms.len());
}

#[derive(Deserialize)]
struct Labelled {
    text: String,
    at: LocalTime,
    promises: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    text: String,
    due: Option<String>,
    either: Option<[String; 2]>,
}

impl Label {
    fn due(&self) -> String {
        match (&self.due, &self.either) {
            (Some(due), _) => due.clone(),
            (None, Some([first, second])) => format!("{first} or {second}"),
            (None, None) => "unknown".to_owned(),
        }
    }
}

/// What people write to their clients, half of it near misses, by writers who knew nothing of Candor but what a
/// promise is; sought out to be hard. Where they were first judged, the rules of then found 0.46 of the promises in the
/// first of these sets, 0.97 of what they found being right, and learned from what they missed. Of the second they
/// found 0.53 at 0.93. Then the rules learned from a random half of it; of the other half, judged once, they found
/// 0.59 at 0.87, most of what they missed being ways to tell a time. They have learned from that half, too.
const DEVELOPMENT: &str = include_str!("corpus/promises-development.jsonl");
const SECOND: &str = include_str!("corpus/promises-second.jsonl");
/// Each sentence that names a time, out of 91 working mails that two more writers wrote first and labelled afterwards,
/// nothing sought out. When first judged, 0.56 of their promises were found, at 0.91. No weight has learned from them,
/// but ways to tell a time that were missed here have been added since ("within two days of your answer"), and how
/// likely a promise must be to be one was chosen on them.
const NATURAL_ONE: &str = include_str!("corpus/promises-natural-1.jsonl");
const NATURAL_TWO: &str = include_str!("corpus/promises-natural-2.jsonl");
/// As many out of 45 mails of one more writer, judged once when all was chosen: how promises are found elsewhere.
const NATURAL_THREE: &str = include_str!("corpus/promises-natural-3.jsonl");
/// As many again out of 48 mails by yet another writer, with the same result.
const NATURAL_FOUR: &str = include_str!("corpus/promises-natural-4.jsonl");

#[derive(Deserialize)]
struct Judged {
    sentence: String,
    promise: bool,
    when: Option<String>,
}

/// Says how many of what was found and of what was labelled met, and fails where that is less than it was.
#[track_caller]
fn keep(name: &str, [right, said, labelled]: [u32; 3], kept_precision: f64, kept_recall: f64) {
    let share = |of: u32| f64::from(right) / f64::from(of.max(1));
    let (precision, recall) = (share(said), share(labelled));
    println!(
        "{name}: {right} right of {said} found and {labelled} labelled: precision {precision:.3}, recall {recall:.3}"
    );
    assert!(
        precision >= kept_precision && recall >= kept_recall,
        "{name}: precision {precision:.3}, recall {recall:.3}"
    );
}

/// A sentence is right when something in it is found to be promised, or nothing.
#[track_caller]
fn measure_sentences(name: &str, sentences: &str, kept_precision: f64, kept_recall: f64) {
    let (mut right, mut said, mut labelled, mut dated) = (0u32, 0u32, 0u32, 0u32);
    for line in sentences.lines() {
        let judged: Judged = serde_json::from_str(line).unwrap();
        let found = promises_in(&judged.sentence, "2026-10-14T10:00".parse().ok());
        let when = judged.when.unwrap_or_default();
        said += u32::from(!found.is_empty());
        labelled += u32::from(judged.promise);
        right += u32::from(judged.promise && !found.is_empty());
        dated += u32::from(judged.promise && found.iter().any(|promise| promise.text.contains(&when)));
    }
    println!("{name}: with the labelled time in {dated}");
    keep(name, [right, said, labelled], kept_precision, kept_recall);
}

#[test]
fn promises_are_found_in_hard_sentences_that_rules_learned_from() {
    measure_sentences("development", DEVELOPMENT, 0.99, 0.98);
    measure_sentences("second", SECOND, 0.96, 0.95);
}

#[test]
fn promises_are_found_in_working_mails() {
    measure_sentences("natural, one", NATURAL_ONE, 0.95, 0.77);
    measure_sentences("natural, two", NATURAL_TWO, 0.91, 0.91);
    measure_sentences("natural, three", NATURAL_THREE, 0.89, 0.64);
    measure_sentences("natural, four", NATURAL_FOUR, 0.88, 0.68);
}

/// Sixty whole mails of forty made-up people with habits of their own (lists, telegrams, a second language), by a
/// writer who knew nothing of Candor but what a promise is, labelled with the words that tell the time. When first
/// judged, 0.54 of their promises were found, at 0.86; ways to tell a time that were missed have been added since.
const MAILS: &str = include_str!("corpus/promises-mails.jsonl");
/// Twenty-five by one more writer, tradespeople and second-language writers most of all, learned from in the same way: 0.47
/// of the promises of these and the next were found at first, at 0.95.
const MORE_MAILS: &str = include_str!("corpus/promises-mails-second.jsonl");
/// Twenty-five more of that writer's, which nobody read: how promises are found elsewhere in such mails.
const UNREAD_MAILS: &str = include_str!("corpus/promises-mails-unread.jsonl");
/// Fifty more by yet another writer, of chatty and of formal professionals, judged once when all was chosen.
const OFFICE_MAILS: &str = include_str!("corpus/promises-mails-third.jsonl");

/// A hundred sentences each of offices and of trades, half of them near misses, by two writers who knew no more. When first
/// judged, 0.85 of what they promise was found, and 0.96 of what was found was right; rules have learned from what was missed.
const SENTENCES_ONE: &str = include_str!("corpus/promises-sentences-1.jsonl");
const SENTENCES_TWO: &str = include_str!("corpus/promises-sentences-2.jsonl");
/// As many by two more writers, judged once when all of the former had been learned from: 0.81 was found, 0.97 of it right.
/// Some of what was missed has been added since.
const SENTENCES_THREE: &str = include_str!("corpus/promises-sentences-3.jsonl");
const SENTENCES_FOUR: &str = include_str!("corpus/promises-sentences-4.jsonl");

/// A sentence with the words that tell by when something is promised in it.
#[derive(Deserialize)]
struct Sentence {
    text: String,
    promised: Vec<String>,
}

#[derive(Deserialize)]
struct Mail {
    subject: String,
    body: String,
    promised: Vec<InMail>,
}

#[derive(Deserialize)]
struct InMail {
    sentence: String,
    when: String,
}

/// A promise is right when it holds the labelled time, or part of it.
#[track_caller]
fn measure_mails(name: &str, mails: &str, kept_precision: f64, kept_recall: f64) {
    let mut counts = [0; 3];
    for line in mails.lines() {
        let mail: Mail = serde_json::from_str(line).unwrap();
        let labels = mail.promised.iter().map(|label| label.place(&mail.body));
        count_promises(&mail.subject, &mail.body, labels.collect(), &mut counts);
    }
    keep(name, counts, kept_precision, kept_recall);
}

/// A promise is right when it holds the labelled time, or part of it.
#[track_caller]
fn measure_times(name: &str, sentences: &str, kept_precision: f64, kept_recall: f64) {
    let mut counts = [0; 3];
    for line in sentences.lines() {
        let Sentence { text, promised } = serde_json::from_str(line).unwrap();
        let labels = promised.iter().map(|when| {
            let start = text.find(when).unwrap();
            start..start + when.len()
        });
        count_promises("", &text, labels.collect(), &mut counts);
    }
    keep(name, counts, kept_precision, kept_recall);
}

/// Adds to how many promises were right, found and labelled.
fn count_promises(
    subject: &str,
    body: &str,
    mut labels: Vec<Range<usize>>,
    [right, said, labelled]: &mut [u32; 3],
) {
    let found = candor::promises(&Draft {
        writers_at: "2026-10-14T10:00".parse().ok(),
        ..Draft::new(subject, body)
    });
    *said += found.len() as u32;
    *labelled += labels.len() as u32;
    for promise in &found {
        let meets = |when: &Range<usize>| promise.span.start < when.end && when.start < promise.span.end;
        if let Some(at) = labels.iter().position(meets) {
            labels.remove(at);
            *right += 1;
        }
    }
}

impl InMail {
    /// Where its time stands in the mail.
    fn place(&self, body: &str) -> Range<usize> {
        let start = body.find(&self.sentence).unwrap() + self.sentence.find(&self.when).unwrap();
        start..start + self.when.len()
    }
}

#[test]
fn promises_are_found_in_whole_mails() {
    measure_mails("whole mails", MAILS, 0.86, 0.71);
    measure_mails("more whole mails", MORE_MAILS, 1.00, 0.56);
    measure_mails("whole mails of offices", OFFICE_MAILS, 0.90, 0.73);
    measure_mails("whole mails, unread", UNREAD_MAILS, 0.88, 0.40);
}

#[test]
fn promises_are_found_in_sentences_by_offices_and_trades() {
    measure_times("sentences of offices", SENTENCES_ONE, 0.98, 0.92);
    measure_times("sentences of trades", SENTENCES_TWO, 0.98, 0.94);
    measure_times("more sentences of offices", SENTENCES_THREE, 0.98, 0.84);
    measure_times("more sentences of trades", SENTENCES_FOUR, 0.97, 0.81);
}

/// A promise is right when it stands in the labelled words and is due on the labelled day.
#[track_caller]
fn measure(name: &str, sentences: &str, kept_precision: f64, kept_recall: f64) {
    let (mut right, mut said, mut labelled, mut exact) = (0u32, 0u32, 0u32, 0u32);
    let mut wrong = Vec::new();
    for line in sentences.lines() {
        let sentence: Labelled = serde_json::from_str(line).unwrap();
        let found = promises_in(&sentence.text, Some(sentence.at));
        said += found.len() as u32;
        labelled += sentence.promises.len() as u32;
        let mut missed: Vec<&Label> = sentence.promises.iter().collect();
        for promise in &found {
            let meets = |label: &&Label| {
                let start = sentence.text.find(&label.text).unwrap();
                let meets = promise.span.start < start + label.text.len() && start < promise.span.end;
                meets && label.due() == shown(promise.due)
            };
            match missed.iter().position(meets) {
                Some(at) => {
                    let label = missed.remove(at);
                    right += 1;
                    exact += u32::from(label.text == promise.text);
                    if label.text != promise.text {
                        wrong.push(format!("words: {}\n    not: {}", promise.text, label.text));
                    }
                }
                None => wrong.push(format!(
                    "no promise: {} ({})\n    in: {}",
                    promise.text,
                    shown(promise.due),
                    sentence.text
                )),
            }
        }
        wrong.extend(
            missed
                .iter()
                .map(|label| format!("missed: {} ({})", label.text, label.due())),
        );
    }
    println!("{}", wrong.join("\n"));
    println!("{name}: the very words of {exact}");
    keep(name, [right, said, labelled], kept_precision, kept_recall);
}

#[test]
fn promises_are_told_from_what_only_looks_like_them() {
    assert!(SENTENCES.lines().count() >= 200);
    measure("two hundred sentences", SENTENCES, 0.97, 1.00);
}

#[test]
fn promises_are_found_in_other_writers_sentences() {
    measure("other writers", DRAFTS, 0.97, 0.97);
}

#[test]
fn promises_are_found_in_more_of_other_writers_sentences() {
    assert!(HELD_OUT.lines().count() >= 100);
    measure("held out", HELD_OUT, 0.86, 0.96);
}

#[test]
fn promises_are_found_in_sentences_of_many_trades() {
    assert!(TRADES.lines().count() >= 100);
    measure("many trades", TRADES, 0.95, 1.00);
}

#[test]
fn promises_are_found_in_fresh_sentences() {
    assert!(FRESH.lines().count() >= 100);
    measure("fresh", FRESH, 0.92, 0.98);
}

#[test]
fn promises_are_found_in_ways_that_were_missed_before() {
    measure("later", LATER, 1.00, 1.00);
}

#[test]
fn a_promise_is_its_clause_on_one_line_wherever_it_stands_in_the_mail() {
    let body = "Hi Cathy,\n\nThank you for the tour of the new kitchen this morning, I enjoyed every\nminute of it. I'll send the \
                mock-ups for the menu, the sign and the front\nwindow by Thursday.\n\n> I'll pay by Friday.\n\nBest,\nJo\n-- \nI'll reply by Friday.";
    let found = promises_in(body, "2026-10-14T10:00".parse().ok());
    let texts: Vec<&str> = found.iter().map(|promise| promise.text.as_str()).collect();
    assert_eq!(
        texts,
        ["I'll send the mock-ups for the menu, the sign and the front window by Thursday"]
    );
    assert!(body[found[0].span.clone()].contains("front\nwindow"));
}

#[test]
fn the_writers_clock_says_what_tomorrow_is() {
    let draft = Draft {
        at: "2026-10-15T08:00".parse().ok(),
        writers_at: "2026-10-14T19:00".parse().ok(),
        ..Draft::new("", "I'll call you tomorrow.")
    };
    let due = |draft: &Draft| shown(candor::promises(draft)[0].due);
    assert_eq!(due(&draft), "2026-10-15");
    assert_eq!(
        due(&Draft {
            writers_at: None,
            ..draft
        }),
        "2026-10-16"
    );
}

#[test]
fn what_breaks_off_after_any_word_is_read() {
    let forms = DATES.lines().filter_map(|line| line.split_once(" = "));
    let at = "2026-10-16T10:00".parse().ok();
    for (form, _) in forms {
        let cut = form.match_indices(' ').map(|(cut, _)| &form[..cut]);
        for start in cut {
            let found = promises_in(&format!("I'll send it {start}"), at);
            assert!(found.len() <= 2, "{start}: {found:?}");
        }
    }
}

/// Bits of promises between any other text.
fn mail() -> impl Strategy<Value = String> {
    let forms: Vec<&str> = DATES
        .lines()
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .collect();
    let bit = prop_oneof![
        Just("I'll send it ".to_owned()),
        Just("we’ll have the ".to_owned()),
        Just("and you will get ".to_owned()),
        Just(", the 3rd – (".to_owned()),
        Just("if it is ready ".to_owned()),
        Just(".\n\n".to_owned()),
        Just("99999 31st of 0/0/0 in 999 years ".to_owned()),
        prop::sample::select(forms).prop_map(|form| format!("{form} ")),
        any::<String>(),
        "[0-9]{1,5}[-/:. ][0-9]{1,5}([-/:. ][0-9]{1,5})? ",
    ];
    prop::collection::vec(bit, 0..10).prop_map(|bits| bits.concat())
}

fn moment() -> impl Strategy<Value = LocalTime> {
    (1i32..=8000, 1u8..=12, 1u8..=28, 0u8..24, 0u8..60).prop_map(|(year, month, day, hour, minute)| {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
            .parse()
            .unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn nothing_is_due_before_it_is_sent(body in mail(), at in proptest::option::of(moment())) {
        let mut end = 0;
        for promise in promises_in(&body, at) {
            let words = body.get(promise.span.clone());
            prop_assert!(words.is_some_and(|words| !words.trim().is_empty()), "{:?}", promise);
            prop_assert!(!promise.text.contains('\n'));
            prop_assert!(end <= promise.span.start, "{:?} overlaps", promise);
            end = promise.span.end;
            let first = match promise.due {
                Some(Due::On(day)) => Some(day),
                Some(Due::Either(first, second)) => {
                    prop_assert!(first < second);
                    Some(first)
                }
                None => None,
            };
            if let (Some(first), Some(at)) = (first, at) {
                prop_assert!(first.to_string().as_str() >= &at.to_string()[..10], "{:?} at {at}", promise);
            }
        }
    }
}
