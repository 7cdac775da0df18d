//! The careful reader from outside, with a small model of random weights: what it computes is the same
//! everywhere, what it has read stays as it was, and no file makes it panic.
//!
//! `CANDOR_UPDATE=1 cargo test --test reader` writes the files in `tests/fixtures/reader` anew.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::cast_precision_loss, reason = "random weights may be rounded")]

use std::fmt::Write as _;
use std::path::PathBuf;

use candor::checks::Context;
use candor::reader::input::{WINDOW, windows};
use candor::reader::tokens::Vocabulary;
use candor::reader::{Model, Reader};
use candor::reading::Request;
use candor::{Draft, Reading};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

const HIDDEN: usize = 32;
const INNER: usize = 64;
const BODY: &str = "Hi Cathy,\n\nThe photos look great on the new page. We missed the 14 May date because the server \
                    broke. It is a small hiccup. The shop moves to a headless CMS.\n\nBest,\nJo";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/reader")
        .join(name)
}

/// The committed file, after writing it anew where that was asked for.
fn committed(name: &str, new: impl FnOnce() -> Vec<u8>) -> Vec<u8> {
    if std::env::var_os("CANDOR_UPDATE").is_some() {
        std::fs::write(fixture(name), new()).unwrap();
    }
    std::fs::read(fixture(name)).unwrap()
}

/// Numbers that are always the same and follow no pattern.
struct Dice(u64);

impl Dice {
    fn byte(&mut self) -> u8 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 56) as u8
    }

    fn number(&mut self) -> f32 {
        (f32::from(self.byte()) - 127.5) / 127.5
    }
}

/// A safetensors file under construction.
#[derive(Default)]
struct File {
    header: Map<String, Value>,
    data: Vec<u8>,
}

impl File {
    fn add(&mut self, name: &str, dtype: &str, shape: &[usize], bytes: impl Iterator<Item = u8>) {
        let start = self.data.len();
        self.data.extend(bytes);
        let offsets = [start, self.data.len()];
        self.header.insert(
            name.to_owned(),
            json!({"dtype": dtype, "shape": shape, "data_offsets": offsets}),
        );
    }

    fn numbers(&mut self, name: &str, shape: &[usize], mut number: impl FnMut() -> f32) {
        let count = shape.iter().product();
        let numbers: Vec<u8> = (0..count).flat_map(|_| number().to_le_bytes()).collect();
        self.add(name, "F32", shape, numbers.into_iter());
    }

    fn matrix(&mut self, name: &str, scale: &str, shape: [usize; 2], dice: &mut Dice) {
        let bytes: Vec<u8> = (0..shape[0] * shape[1]).map(|_| dice.byte().max(129)).collect();
        let bytes: Vec<u8> = bytes
            .into_iter()
            .enumerate()
            .map(|(at, byte)| if at % 2 == 0 { byte } else { !byte })
            .collect();
        self.add(name, "I8", &shape, bytes.into_iter());
        self.numbers(scale, &shape[..1], || 0.002 + 0.0005 * dice.number());
    }

    fn linear(&mut self, name: &str, shape: [usize; 2], dice: &mut Dice) {
        self.matrix(&format!("{name}.weight"), &format!("{name}.scale"), shape, dice);
        self.numbers(&format!("{name}.bias"), &shape[..1], || 0.1 * dice.number());
    }

    fn norm(&mut self, name: &str, dice: &mut Dice) {
        self.numbers(&format!("{name}.weight"), &[HIDDEN], || 1.0 + 0.1 * dice.number());
        self.numbers(&format!("{name}.bias"), &[HIDDEN], || 0.1 * dice.number());
    }

    fn bytes(&self) -> Vec<u8> {
        let header = serde_json::to_vec(&self.header).unwrap();
        let mut file = (header.len() as u64).to_le_bytes().to_vec();
        file.extend(header);
        file.extend(&self.data);
        file
    }
}

fn vocabulary() -> String {
    let mut text = String::from("[PAD]\n[UNK]\n[CLS]\n[SEP]\n");
    for c in ('!'..='~').filter(|c| !c.is_ascii_uppercase()) {
        writeln!(text, "{c}\n##{c}").unwrap();
    }
    text + "the\nwe\nmissed\n##ed\nserver\nheadless\nhiccup"
}

fn tiny_model() -> Vec<u8> {
    let mut dice = Dice(1);
    let mut file = File::default();
    let marks = [
        "cue:harm-time",
        "finding:bad-news",
        "unknown-term",
        "a mark of another version",
        "paragraph",
    ];
    let config = json!({
        "layers": 2, "heads": 4, "gelu": "tanh", "marks": marks,
        "sentence_rules": ["bad-news", "missing-rationale"],
        "token_rules": ["jargon"],
        "draft_rules": ["call", "buried-bad-news"],
        "thresholds": {"bad-news": 0.6},
    });
    file.header
        .insert("__metadata__".to_owned(), json!({"config": config.to_string()}));
    let vocabulary = vocabulary();
    file.add("vocabulary", "U8", &[vocabulary.len()], vocabulary.bytes());
    let rows = vocabulary.lines().count();
    for (name, rows) in [
        ("word", rows),
        ("position", WINDOW),
        ("type", 2),
        ("marks", marks.len()),
    ] {
        let name = format!("embeddings.{name}");
        file.matrix(&name, &format!("{name}.scale"), [rows, HIDDEN], &mut dice);
    }
    file.norm("embeddings.norm", &mut dice);
    for layer in 0..2 {
        let name = |part: &str| format!("layer.{layer}.{part}");
        for part in ["query", "key", "value", "output"] {
            file.linear(&name(part), [HIDDEN, HIDDEN], &mut dice);
        }
        file.linear(&name("up"), [INNER, HIDDEN], &mut dice);
        file.linear(&name("down"), [HIDDEN, INNER], &mut dice);
        file.norm(&name("attention_norm"), &mut dice);
        file.norm(&name("output_norm"), &mut dice);
    }
    for (name, rules) in [("sentence", 2), ("token", 1), ("draft", 2)] {
        file.numbers(&format!("{name}.weight"), &[rules, HIDDEN], || {
            0.4 * dice.number()
        });
        file.numbers(&format!("{name}.bias"), &[rules], || 0.5 * dice.number());
    }
    file.bytes()
}

fn reader() -> Reader {
    Reader::new(Model::read(&tiny_model()).unwrap())
}

fn draft() -> Draft {
    Draft {
        history: "Is the date still good?".to_owned(),
        ..Draft::new("Quick update", BODY)
    }
}

#[track_caller]
fn assert_close(found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Number(found), Value::Number(expected)) if expected.is_f64() => {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len());
            found
                .iter()
                .zip(expected)
                .for_each(|(found, expected)| assert_close(found, expected));
        }
        (Value::Object(found), Value::Object(expected)) => {
            assert!(found.keys().eq(expected.keys()), "{found:?}");
            found
                .values()
                .zip(expected.values())
                .for_each(|(found, expected)| assert_close(found, expected));
        }
        _ => assert_eq!(found, expected),
    }
}

#[test]
fn the_browsers_test_what_is_tested_here() {
    assert!(committed("model.safetensors", tiny_model) == tiny_model());
    let request = serde_json::to_vec_pretty(&Request::new(&draft(), None)).unwrap();
    assert_eq!(committed("request.json", || request.clone()), request);
}

#[test]
fn a_reading_is_what_it_was_when_it_was_last_looked_at() {
    let found = serde_json::to_value(reader().read(&draft(), None)).unwrap();
    let expected = committed("reading.json", || {
        (serde_json::to_string_pretty(&found).unwrap() + "\n").into()
    });
    assert_close(&found, &serde_json::from_slice(&expected).unwrap());
}

#[test]
fn the_shipped_model_reads_as_it_did_when_it_was_last_looked_at() {
    let file = include_bytes!("../train/model/reader.safetensors");
    let mut reader = Reader::new(Model::read(file).unwrap());
    let found = serde_json::to_value(reader.read(&draft(), None)).unwrap();
    let expected = committed("shipped.json", || {
        (serde_json::to_string_pretty(&found).unwrap() + "\n").into()
    });
    assert_close(&found, &serde_json::from_slice(&expected).unwrap());
}

#[test]
fn every_sentence_is_read_and_points_at_one_of_its_words() {
    let draft = draft();
    let reading = reader().read(&draft, None);
    let context = Context::new(&draft, None);
    let spans: Vec<_> = context
        .body
        .sentences
        .iter()
        .map(|sentence| sentence.span.clone())
        .collect();
    let read: Vec<_> = reading
        .sentences
        .iter()
        .map(|sentence| sentence.span.clone())
        .collect();
    assert_eq!(read, spans);
    assert!(reading.fits(BODY));
    for sentence in &reading.sentences {
        for judgement in sentence.rules.values() {
            assert_eq!(judgement.word.is_some(), judgement.p > 0.2);
            let is_word =
                |word: &std::ops::Range<usize>| context.body.words.iter().any(|own| own.span == *word);
            assert!(judgement.word.as_ref().is_none_or(is_word), "{judgement:?}");
        }
    }
    assert!(
        (reading.threshold("bad-news") - 0.6).abs() < 1e-6 && (reading.threshold("call") - 0.5).abs() < 1e-6
    );
}

#[test]
fn quotes_and_signatures_are_not_read() {
    let body =
        format!("{BODY}\n\nOn Tue, 3 May 2026 at 10:00, Cathy <cathy@a.example> wrote:\n> It broke. Why?\n");
    let reading = reader().read(&Draft::new("Quick update", &body), None);
    assert!(
        reading
            .sentences
            .iter()
            .all(|sentence| sentence.span.end <= BODY.len())
    );
}

/// What is said of the sentence that holds these words.
fn judged<'r>(reading: &'r Reading, body: &str, words: &str) -> Vec<(&'r String, f32)> {
    let sentence = reading
        .sentences
        .iter()
        .find(|sentence| body[sentence.span.clone()].contains(words))
        .unwrap();
    sentence
        .rules
        .iter()
        .map(|(rule, judgement)| (rule, judgement.p))
        .collect()
}

#[test]
fn a_sentence_between_the_same_neighbours_keeps_its_values() {
    let mut reader = reader();
    let before = reader.read(&draft(), None);
    let body = BODY.replace("Best,\nJo", "Best,\nJoanna of the whole studio");
    let after = reader.read(
        &Draft {
            body: body.clone(),
            ..draft()
        },
        None,
    );
    for words in ["photos", "14 May"] {
        assert_eq!(judged(&before, BODY, words), judged(&after, &body, words));
    }
    let fresh = self::reader().read(
        &Draft {
            body: body.clone(),
            ..draft()
        },
        None,
    );
    assert_ne!(judged(&fresh, &body, "photos"), judged(&after, &body, "photos"));
    assert_eq!(
        judged(&fresh, &body, "headless"),
        judged(&after, &body, "headless")
    );
}

#[test]
fn a_subject_is_read_again_but_changes_no_sentence() {
    let mut reader = reader();
    let before = reader.read(&draft(), None);
    let after = reader.read(
        &Draft {
            subject: "We missed the date".to_owned(),
            ..draft()
        },
        None,
    );
    assert_eq!(before.sentences, after.sentences);
    assert_ne!(before.draft, after.draft);
    assert_eq!(reader.read(&draft(), None), before);
    reader.forget();
    assert_eq!(reader.read(&draft(), None), before);
}

#[test]
fn a_long_draft_is_read_in_windows_with_two_sentences_around_each() {
    let body: String = (0..80).fold(String::new(), |mut body, at| {
        write!(body, "We missed date {at} and the server broke again. ").unwrap();
        body
    });
    let draft = Draft::new("Quick update", body);
    let context = Context::new(&draft, None);
    let windows = windows(&context, &Vocabulary::parse(&vocabulary()).unwrap());
    assert!(windows.len() > 2);
    let mut taken = Vec::new();
    for window in &windows {
        assert!(window.tokens.len() <= WINDOW && window.tokens.len() == window.types.len());
        let (first, last) = (window.sentences[0].index, window.sentences.last().unwrap().index);
        for sentence in window.sentences.iter().filter(|sentence| sentence.taken) {
            assert!(first == 0 || sentence.index >= first + 2);
            assert!(last == 79 || sentence.index + 2 <= last);
            taken.push(sentence.index);
        }
    }
    taken.sort_unstable();
    assert!(taken.into_iter().eq(0..80));
    assert_eq!(reader().read(&draft, None).sentences.len(), 80);
}

#[test]
fn what_is_wrong_with_a_file_is_said() {
    #[track_caller]
    fn check(file: &[u8], says: &str) {
        let error = Model::read(file).unwrap_err().to_string();
        assert!(
            error.starts_with("this is no model of the careful reader: ") && error.contains(says),
            "{error}"
        );
    }
    let file = tiny_model();
    check(&[], "the file ends after 0 bytes");
    check(&file[..400], "the file ends after 400 bytes");
    check(&file[..file.len() - 1], "is said to lie at bytes");
    let changed = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let at = file
            .windows(from.len())
            .position(|bytes| bytes == from.as_bytes())
            .unwrap();
        let mut file = file.clone();
        file[at..at + to.len()].copy_from_slice(to.as_bytes());
        file
    };
    check(&changed("tanh", "relu"), "`relu`");
    check(
        &changed("layer.1.up.bias", "layer.9.up.bias"),
        "`layer.1.up.bias` is missing",
    );
    check(&changed("\"shape\":[2,32]", "\"shape\":[3,32]"), "[3, 32]");
    check(&changed("[CLS]", "[XXX]"), "the vocabulary has no row `[CLS]`");
    check(&changed("\"I8\"", "\"U8\""), "is U8 and not I8");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_file_makes_it_panic(at in 0..60_000_usize, byte in any::<u8>(), length in 0..60_000_usize) {
        let mut file = tiny_model();
        let end = file.len();
        file[at % end] = byte;
        if let Ok(model) = Model::read(&file) {
            Reader::new(model).read(&draft(), None);
        }
        assert!(Model::read(&file[..length % end]).is_err());
    }

    #[test]
    fn no_text_makes_it_panic(subject in any::<String>(), body in any::<String>(), history in any::<String>()) {
        let draft = Draft { history, ..Draft::new(subject, body) };
        let reading = reader().read(&draft, None);
        prop_assert!(reading.fits(&draft.body));
    }
}
