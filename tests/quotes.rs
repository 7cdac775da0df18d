//! Only what the writer wrote is judged: quotes, forwarded mail and signatures of many mail programs.
//!
//! Mails with markup begin where the content script ends: with what it read of them in a browser
//! (`tests/browser/quotes.test.mjs`).

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::ops::Range;

use candor::draft::own_ranges;
use serde::Deserialize;

const READINGS: &str = include_str!("corpus/quotes/readings.json");

/// What the content script read, with offsets in UTF-16.
#[derive(Deserialize)]
struct Reading {
    text: String,
    context: Vec<(usize, usize)>,
}

/// What the writer wrote in the replies that were received; in all others each own line begins with "Own".
const RECEIVED: &[(&str, &[&str])] = &[
    ("OLK_SRC_BODY_SECTION.html", &["Reply"]),
    ("gmail.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("hotmail.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("ms_outlook_2003.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("ms_outlook_2007.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("ms_outlook_2010.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("reply-separated-by-hr.html", &["Hi", "there", "Bob"]),
    ("thunderbird.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("windows_mail.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
    ("yandex_ru.html", &["Hi. I am fine.", "Thanks,", "Alex"]),
];

/// Replies in plain text, as these programs write them.
const PLAIN: &[(&str, &str)] = &[
    (
        "Gmail",
        "Own one.\n\nOn Mon, May 4, 2026 at 10:01 AM Cathy Andre <cathy@andre.example> wrote:\n\n> Hers.\n>\n> Hers too.\n\nOwn two.\n",
    ),
    (
        "Gmail, wrapped",
        "Own one.\n\nOn Mon, May 4, 2026 at 10:01 AM Cathy Andre\n<cathy@andre.example> wrote:\n\n> Hers.\nOwn two.\n",
    ),
    (
        "Gmail, forwarded",
        "Own one.\n\n---------- Forwarded message ---------\nFrom: Cathy Andre <cathy@andre.example>\nDate: Mon, May 4, 2026 at 10:01 AM\nSubject: Hers\nTo: Jonas\n\nHers.\n",
    ),
    (
        "Outlook",
        "Own one.\r\n\r\nJonas\r\n\r\n-----Original Message-----\r\nFrom: Cathy Andre\r\nSent: Monday, 4 May 2026 10:01\r\nTo: Jonas\r\nSubject: Hers\r\n\r\nHers.\r\n",
    ),
    (
        "Outlook on the web",
        "Own one.\n________________________________\nFrom: Cathy Andre <cathy@andre.example>\nSent: Monday, May 4, 2026 10:01 AM\nTo: Jonas <jonas@lind.example>\nCc: Bo\nSubject: Hers\n\nHers.\n",
    ),
    (
        "Outlook, in German",
        "Own one.\n\nVon: Cathy Andre <cathy@andre.example>\nGesendet: Montag, 4. Mai 2026 10:01\nAn: Jonas\nBetreff: Hers\n\nHers.\n",
    ),
    (
        "Outlook, in French",
        "Own one.\n\nDe : Cathy Andre\nEnvoyé : lundi 4 mai 2026 10:01\nÀ : Jonas\nObjet : Hers\n\nHers.\n",
    ),
    (
        "Apple Mail",
        "> On 4 May 2026, at 10:01, Cathy Andre <cathy@andre.example> wrote:\n> \n> Hers.\n\nOwn one.\n\n> Hers too.\n\nOwn two.\n\nSent from my iPhone\n",
    ),
    (
        "Apple Mail, forwarded",
        "Own one.\n\nBegin forwarded message:\n\nFrom: Cathy Andre\nSubject: Hers\nDate: 4 May 2026 at 10:01:00 CEST\nTo: Jonas\n\nHers.\n",
    ),
    (
        "Thunderbird",
        "Own one.\n\nOn 04.05.26 10:01, Cathy Andre wrote:\n> Hers.\n>> Hers too.\n\nOwn two.\n\n-- \nJonas Lind\nLind Web\n",
    ),
    (
        "Thunderbird, forwarded, in German",
        "Own one.\n\n-------- Weitergeleitete Nachricht --------\nBetreff: Hers\nDatum: Mon, 4 May 2026 10:01\nVon: Cathy\nAn: Jonas\n\nHers.\n",
    ),
    (
        "Yahoo",
        "Own one.\n\n    On Monday, 4 May 2026 at 10:01:00 CEST, Cathy Andre <cathy@andre.example> wrote:  \n\n Hers.\n",
    ),
    (
        "Proton",
        "Own one.\n\nSent with Proton Mail secure email.\n\nOn Monday, May 4th, 2026 at 10:01 AM, Cathy Andre <cathy@andre.example> wrote:\n\n> Hers.\n",
    ),
    (
        "Proton, forwarded",
        "Own one.\n\n------- Forwarded Message -------\nFrom: Cathy\nDate: On Monday\nSubject: Hers\nTo: Jonas\n\n> Hers.\n",
    ),
    (
        "Yandex",
        "Own one.\n\n04.05.2026, 10:01, \"Cathy Andre\" <cathy@andre.example>:\n> Hers.\n\nOwn two.\n",
    ),
    (
        "Zoho",
        "Own one.\n\n---- On Mon, 04 May 2026 10:01:00 +0200 Cathy Andre <cathy@andre.example> wrote ----\n\n Hers.\n",
    ),
    (
        "Roundcube",
        "On 2026-05-04 10:01, Cathy Andre wrote:\n> Hers.\n\nOwn one.\n\n-- \nJonas Lind\n",
    ),
];

#[track_caller]
fn check(name: &str, text: &str, context: &[Range<usize>], own: &[&str]) {
    let ranges = own_ranges(text, context);
    let found: Vec<&str> = ranges
        .iter()
        .flat_map(|range| text[range.clone()].lines())
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(found, own, "{name}:\n{text}");
}

fn lines_marked_own(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| line.starts_with("Own") || *line == "Jonas")
        .collect()
}

#[test]
fn only_own_words_are_own_in_plain_text() {
    for (name, text) in PLAIN {
        check(name, text, &[], &lines_marked_own(text));
    }
}

#[test]
fn only_own_words_are_own_in_mails_with_markup() {
    let readings: BTreeMap<String, Reading> = serde_json::from_str(READINGS).unwrap();
    assert!(RECEIVED.iter().all(|(name, _)| readings.contains_key(*name)));
    for (name, Reading { text, context }) in &readings {
        let context: Vec<Range<usize>> = context
            .iter()
            .map(|&(start, end)| in_bytes(text, start)..in_bytes(text, end))
            .collect();
        let received = RECEIVED.iter().find(|(other, _)| other == name);
        let own = received.map_or_else(|| lines_marked_own(text), |(_, own)| own.to_vec());
        check(name, text, &context, &own);
    }
}

/// The offset in bytes of one in UTF-16 units.
fn in_bytes(text: &str, units: usize) -> usize {
    let mut before = 0;
    let at = text.char_indices().find(|(_, c)| {
        let here = before >= units;
        before += c.len_utf16();
        here
    });
    at.map_or(text.len(), |(at, _)| at)
}
