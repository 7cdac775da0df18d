//! The lines that mail programs write around quotes, forwarded mail and signatures, in plain text and in many
//! languages. What they have in common is looked for: a date and an address before a colon, names of headers
//! in a block, words for "message" between dashes.

use std::ops::Range;

/// How an attribution begins that names no address.
const OPENERS: &[&str] = &[
    "On ", "Am ", "Le ", "El ", "Il ", "Op ", "Em ", "Den ", "W dniu ", "Dnia ",
];

/// Words for "wrote", right before the colon.
const WROTE: &[&str] = &[
    "wrote",
    "a écrit",
    "escribió",
    "ha scritto",
    "escreveu",
    "skrev",
    "napisał",
    "napisała",
    "napisał(a)",
];

/// Words for "wrote" with the writer's name between them and the colon.
const WROTE_NAME: &[&str] = &[" schrieb ", " schreef ", " skrev ", " napisał "];

/// Words for "message" in the line above a forwarded or quoted one, lower-case.
const MESSAGE: &[&str] = &[
    "message",
    "appointment",
    "nachricht",
    "original-nachricht",
    "e-mail",
    "mensaje",
    "mensagem",
    "messaggio",
    "bericht",
    "meddelande",
    "meddelelse",
    "melding",
    "wiadomość",
    "сообщение",
];

/// Lines that phones put under a mail.
const SENT_FROM: &[&str] = &[
    "Sent from my ",
    "Sent from Outlook",
    "Sent from Yahoo Mail",
    "Sent from Proton Mail",
    "Sent with Proton Mail",
    "Get Outlook for ",
    "Von meinem iPhone gesendet",
    "Envoyé de mon ",
    "Enviado desde mi ",
    "Inviato da ",
];

/// Names of headers by what they tell: who wrote, when, and to whom or about what.
const HEADERS: [&[&str]; 3] = [
    &[
        "From",
        "Von",
        "De",
        "Da",
        "Van",
        "Från",
        "Fra",
        "Od",
        "От",
        "Expéditeur",
    ],
    &[
        "Sent",
        "Date",
        "Gesendet",
        "Datum",
        "Envoyé",
        "Enviado",
        "Enviada",
        "Fecha",
        "Data",
        "Inviato",
        "Verzonden",
        "Skickat",
        "Sendt",
        "Dato",
        "Wysłano",
        "Отправлено",
        "Дата",
    ],
    &[
        "To",
        "Subject",
        "An",
        "Betreff",
        "À",
        "Objet",
        "Para",
        "Asunto",
        "Assunto",
        "A",
        "Oggetto",
        "Aan",
        "Onderwerp",
        "Till",
        "Ämne",
        "Til",
        "Emne",
        "Do",
        "Temat",
        "Кому",
        "Тема",
    ],
];

/// How many lines a block of headers may take until all three kinds have been seen.
const LONGEST_BLOCK: usize = 8;

/// The lines of a text, each with its line break.
pub(super) fn lines(body: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    body.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

/// Whether a line is quoted by a `>`.
pub(super) fn is_prefixed(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('>')
}

/// The line that begins a signature: `-- `.
pub(super) fn is_signature(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n']) == "-- " || line.trim() == "--"
}

/// A line that a phone signed with.
pub(super) fn is_sent_from(line: &str) -> bool {
    let line = line.trim();
    line.len() < 60 && SENT_FROM.iter().any(|start| line.starts_with(start))
}

/// A line after which all is forwarded or quoted mail.
pub(super) fn is_divider(line: &str) -> bool {
    let line = line.trim();
    let inside = line.trim_matches('-').trim();
    let dashed = line.starts_with("--") && line.ends_with("--") && inside.len() < 80;
    let titled = dashed
        && inside
            .to_lowercase()
            .split_whitespace()
            .any(|word| MESSAGE.contains(&word));
    let underscored = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    titled
        || underscored
        || line == "Begin forwarded message:"
        // Zoho: "---- On Mon, 4 May 2026 10:01:00 +0200 Cathy <c@a.example> wrote ----"
        || dashed && is_attribution(&format!("{inside}:"))
}

/// How many of the first lines are an attribution: 0, 1, or 2 where a mail program wrapped it.
pub(super) fn attribution_lines(body: &str, lines: &[Range<usize>]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let first = &body[first.clone()];
    if is_attribution(first) {
        return 1;
    }
    let Some(second) = lines.get(1) else { return 0 };
    let second = &body[second.clone()];
    let ends = second.trim_end().ends_with([':', '：']) && !opens(second);
    let begins = || opens(first) || tells_when(first);
    let joined = || format!("{} {}", first.trim_end(), second.trim_start());
    usize::from(ends && begins() && is_attribution(&joined())) * 2
}

/// Whether quoted mail begins with this line.
pub(super) fn starts_quote(line: &str) -> bool {
    is_prefixed(line) || is_divider(line) || is_attribution(line)
}

/// Names of headers on the lines from here on, as Outlook and others write them above a quoted mail.
pub(super) fn is_header_block(body: &str, lines: &[Range<usize>]) -> bool {
    let kind = |line: &Range<usize>| header_kind(&body[line.clone()]);
    let mut seen = [false; HEADERS.len()];
    if lines.first().and_then(kind).is_none() {
        return false;
    }
    for line in lines.iter().take(LONGEST_BLOCK) {
        if let Some(kind) = kind(line) {
            seen[kind] = true;
        }
    }
    seen.iter().all(|&seen| seen)
}

/// Which kind of header a line is, as an index into [`HEADERS`].
fn header_kind(line: &str) -> Option<usize> {
    let line = line.trim_start_matches([' ', '\t', '*']);
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end_matches([' ', '\u{a0}', '*']);
    HEADERS.iter().position(|names| names.contains(&name))
}

/// A line, or two joined, that says who wrote what follows, and when.
fn is_attribution(line: &str) -> bool {
    let line = line.trim();
    let Some(said) = line.strip_suffix([':', '：']) else {
        return false;
    };
    if line.len() > 300 {
        return false;
    }
    let said = said.trim_end();
    let wrote = WROTE.iter().any(|wrote| said.ends_with(wrote));
    let wrote_name = || WROTE_NAME.iter().any(|wrote| said.contains(wrote));
    // "4 May 2026, 10:01 by cathy@example.org:"
    let dated = line.starts_with(|c: char| c.is_ascii_digit()) && said.contains('@');
    opens(line) && (wrote || wrote_name()) || (names_address(said) || dated) && (wrote || tells_when(said))
}

fn opens(line: &str) -> bool {
    let line = line.trim_start();
    OPENERS.iter().any(|opener| line.starts_with(opener))
}

/// `<cathy@example.org>`
fn names_address(text: &str) -> bool {
    let Some((_, after)) = text.split_once('<') else {
        return false;
    };
    after
        .split_once('>')
        .is_some_and(|(address, _)| address.contains('@') && !address.contains(char::is_whitespace))
}

/// A time of day or a year.
fn tells_when(text: &str) -> bool {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit() && c != ':')
        .filter(|part| part.starts_with(|c: char| c.is_ascii_digit()));
    numbers.any(|part| {
        let is_clock = part
            .split_once(':')
            .is_some_and(|(hour, minute)| hour.len() <= 2 && minute.len() >= 2);
        is_clock || part.len() == 4
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_of_many_programs_are_told_from_sentences() {
        for line in [
            "On Thu, Apr 18, 2013 at 3:34 PM, Cathy <cathy@example.org> wrote:",
            "On 26.06.2014 14:41, Alexander L wrote:",
            "Am 03.05.26 um 10:01 schrieb Cathy Andre:",
            "Le 3 mai 2026 à 10:01, Cathy a écrit :",
            "El 3 may 2026, a las 10:01, Cathy escribió:",
            "26.06.2014, 14:41, \"Alexander L\" <abc@example.com>:",
            "2026年5月3日(日) 10:01 Cathy <cathy@example.org>:",
            "Cathy Andre <cathy@example.org> wrote:",
            "4 May 2026, 10:01 by cathy@example.org:",
        ] {
            assert!(is_attribution(line), "{line}");
        }
        for line in [
            "On Monday I wrote: nothing.",
            "Here is what we need by 10:30:",
            "Please write to Jo <jo@example.org>:",
            "Please write to jo@example.org by 10:30:",
            "What we agreed in 2026:",
            "As Cathy wrote:",
        ] {
            assert!(!is_attribution(line), "{line}");
        }
    }

    #[test]
    fn dividers_are_told_from_rules_and_lists() {
        for line in [
            "-----Original Message-----",
            "---------- Forwarded message ---------",
            "-------- Weitergeleitete Nachricht --------",
            "------- Original Message -------",
            "________________________________",
            "Begin forwarded message:",
            "---- On Mon, 4 May 2026 10:01:00 +0200 Cathy <c@a.example> wrote ----",
        ] {
            assert!(is_divider(line), "{line}");
        }
        for line in [
            "-- ",
            "---",
            "-----",
            "-- a message from us",
            "_____",
            "--- the plan ---",
        ] {
            assert!(!is_divider(line), "{line}");
        }
    }

    #[test]
    fn headers_count_as_a_block_alone() {
        let is_block = |text: &str| is_header_block(text, &lines(text));
        assert!(is_block("From: Cathy\nSent: Monday\nTo: Jo\nSubject: Date"));
        assert!(is_block(
            "Date: Thu, 26 Jun 2014\nSubject: Test\nFrom: abc@example.com\nTo: a@example.com"
        ));
        assert!(is_block("*De :* Cathy\n*Envoyé :* lundi\n*À :* Jo"));
        assert!(is_block("От: Cathy\nОтправлено: четверг\nКому: Alex"));
        assert!(!is_block("Date: Friday\nTo: all of you\nWe meet at ten."));
        assert!(!is_block("From: Monday on we are open."));
    }
}
