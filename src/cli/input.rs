//! Drafts and clients from files: `.eml`, plain text, JSON Lines.

use std::io::Read;

use candor::draft::{Effort, LocalTime};
use candor::score::Label;
use candor::{Client, Draft};
use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use mail_parser::{Address, MessageParser};
use serde::Deserialize;
use serde_json::Value;

/// One draft to judge, and what a score compares it with.
#[derive(Debug)]
pub(crate) struct Case {
    /// As given, null where there is none.
    pub(crate) id: Value,
    pub(crate) draft: Draft,
    pub(crate) client: Option<Client>,
    pub(crate) gold: Option<Vec<Label>>,
    pub(crate) call: Option<bool>,
}

/// Something in a file that is no draft.
#[derive(Debug)]
pub(crate) struct NotADraft {
    /// The line's own id, null where it has none.
    pub(crate) id: Value,
    /// Where and what.
    pub(crate) error: String,
}

/// One line of JSON Lines. Keys not named here are ignored.
#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    subject: String,
    #[serde(default)]
    to: Vec<String>,
    at: Option<String>,
    body: String,
    #[serde(default)]
    history: String,
    client: Option<Client>,
    gold: Option<Vec<Label>>,
    call: Option<bool>,
}

/// All cases of the files, in order; no file is standard input.
pub(crate) fn cases(files: &[String], clients: &[Client]) -> Result<Vec<Result<Case, NotADraft>>, String> {
    let standard_input = ["-".to_owned()];
    let files = if files.is_empty() {
        &standard_input[..]
    } else {
        files
    };
    let mut all = Vec::new();
    for file in files {
        let bytes = read(file)?;
        if is_mail_file(file, &bytes) {
            all.push(from_mail(file, &bytes, clients));
            continue;
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            format!(
                "{file}: not UTF-8 text at byte {}",
                error.utf8_error().valid_up_to()
            )
        })?;
        if is_json_lines(file, &text) {
            let lines = text
                .lines()
                .enumerate()
                .filter(|(_, line)| !line.trim().is_empty());
            all.extend(lines.map(|(at, line)| from_line(file, at + 1, line, clients)));
        } else {
            all.push(Ok(Case {
                id: Value::from(file.as_str()),
                draft: Draft::new("", text),
                client: None,
                gold: None,
                call: None,
            }));
        }
    }
    Ok(all)
}

/// The clients of a notebook file: a JSON array, or one client a line.
pub(crate) fn clients(file: &str) -> Result<Vec<Client>, String> {
    let bytes = read(file)?;
    if let Ok(clients) = serde_json::from_slice(&bytes) {
        return Ok(clients);
    }
    let text = String::from_utf8_lossy(&bytes);
    let lines = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| format!("{file}:{}: no client: {error}", at + 1))
        })
        .collect()
}

fn read(file: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let outcome = if file == "-" {
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    outcome.map_err(|error| format!("{file}: {error}"))
}

fn has_extension(file: &str, extensions: &[&str]) -> bool {
    let extension = std::path::Path::new(file)
        .extension()
        .and_then(|extension| extension.to_str());
    extension.is_some_and(|own| extensions.iter().any(|other| own.eq_ignore_ascii_case(other)))
}

fn is_json_lines(file: &str, text: &str) -> bool {
    has_extension(file, &["jsonl", "ndjson", "json"]) || text.trim_start().starts_with('{')
}

/// An `.eml`, or standard input that begins with a header a mail has.
fn is_mail_file(file: &str, bytes: &[u8]) -> bool {
    const HEADERS: &[&[u8]] = &[
        b"From: ",
        b"To: ",
        b"Subject: ",
        b"Date: ",
        b"Received: ",
        b"Return-Path: ",
        b"MIME-Version: ",
        b"Message-ID: ",
    ];
    let begins = || HEADERS.iter().any(|header| bytes.starts_with(header));
    has_extension(file, &["eml"]) || file == "-" && begins()
}

fn from_line(file: &str, at: usize, line: &str, clients: &[Client]) -> Result<Case, NotADraft> {
    let value: Value = serde_json::from_str(line).map_err(|error| NotADraft {
        id: Value::Null,
        error: format!("{file}:{at}: no JSON: {error}"),
    })?;
    let id = value.get("id").cloned().unwrap_or_default();
    let fail = |error: String| NotADraft {
        id: id.clone(),
        error: format!("{file}:{at}: {error}"),
    };
    if !value.is_object() {
        return Err(fail("a draft is an object with a `body`".to_owned()));
    }
    let line: Line = serde_json::from_value(value).map_err(|error| fail(format!("no draft: {error}")))?;
    let client = line
        .client
        .or_else(|| find_client(clients, line.to.iter().map(String::as_str)));
    let at = match &line.at {
        Some(at) => Some(clients_time(at, client.as_ref()).map_err(fail)?),
        None => None,
    };
    let draft = Draft {
        writers_at: line.at.as_deref().and_then(writers_time),
        subject: line.subject,
        body: line.body,
        context: Vec::new(),
        history: line.history,
        at,
        effort: Effort::default(),
    };
    Ok(Case {
        id: line.id,
        draft,
        client,
        gold: line.gold,
        call: line.call,
    })
}

fn from_mail(file: &str, bytes: &[u8], clients: &[Client]) -> Result<Case, NotADraft> {
    let fail = |error: String| NotADraft {
        id: Value::from(file),
        error: format!("{file}: {error}"),
    };
    let message = MessageParser::default()
        .parse(bytes)
        .ok_or_else(|| fail("no mail: it has no headers".to_owned()))?;
    let body = message
        .body_text(0)
        .ok_or_else(|| fail("the mail has no text".to_owned()))?;
    let recipients: Vec<&str> = message
        .to()
        .into_iter()
        .flat_map(Address::iter)
        .filter_map(|to| to.address())
        .collect();
    let client = find_client(clients, recipients.into_iter());
    let date = message.date().map(mail_parser::DateTime::to_rfc3339);
    let at = match &date {
        Some(date) => Some(clients_time(date, client.as_ref()).map_err(fail)?),
        None => None,
    };
    let subject = message.subject().unwrap_or_default().to_owned();
    let body = body.replace("\r\n", "\n");
    let draft = Draft {
        subject,
        body,
        at,
        writers_at: date.as_deref().and_then(writers_time),
        ..Draft::default()
    };
    Ok(Case {
        id: Value::from(file),
        draft,
        client,
        gold: None,
        call: None,
    })
}

/// The first client with one of these addresses, each alone or as `Name <address>`.
fn find_client<'a>(clients: &[Client], mut recipients: impl Iterator<Item = &'a str>) -> Option<Client> {
    recipients.find_map(|recipient| {
        let address = recipient
            .rsplit_once('<')
            .map_or(recipient, |(_, address)| address.trim_end_matches('>'));
        let has = |client: &&Client| {
            client
                .emails
                .iter()
                .any(|own| own.trim().eq_ignore_ascii_case(address.trim()))
        };
        clients.iter().find(has).cloned()
    })
}

/// The moment on the client's clock, or on the writer's where the client's zone is not known.
fn clients_time(at: &str, client: Option<&Client>) -> Result<LocalTime, String> {
    let zone = client
        .map(|client| client.timezone.as_str())
        .filter(|zone| !zone.is_empty());
    let zone = zone.and_then(|zone| {
        let found = TimeZone::get(zone);
        if found.is_err() {
            anstream::eprintln!("candor: `{zone}` is no time zone known here; the writer's clock is used");
        }
        found.ok()
    });
    let on_clock = || -> Result<String, jiff::Error> {
        if let (Some(zone), Ok(instant)) = (zone, at.parse::<Timestamp>()) {
            return Ok(instant.to_zoned(zone).datetime().to_string());
        }
        clock(at)
    };
    let told = on_clock().map_err(|error| format!("`at` is no date and time but `{at}`: {error}"))?;
    told.parse().map_err(|error| format!("`at`: {error}"))
}

/// The moment on the clock of the writer, who told it with their own offset; `None` where it is no moment.
fn writers_time(at: &str) -> Option<LocalTime> {
    clock(at).ok()?.parse().ok()
}

/// Date and time as they are written, without regard to the offset after them.
fn clock(at: &str) -> Result<String, jiff::Error> {
    let pieces = Pieces::parse(at)?;
    Ok(pieces
        .date()
        .to_datetime(pieces.time().unwrap_or_default())
        .to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_time(at: &str, zone: &str, clock: &str) {
        let client = Client {
            timezone: zone.to_owned(),
            ..Client::default()
        };
        assert_eq!(clients_time(at, Some(&client)).unwrap().to_string(), clock);
    }

    #[test]
    fn a_moment_is_told_on_the_clients_clock() {
        check_time(
            "2026-10-16T17:15:00-04:00",
            "America/New_York",
            "2026-10-16T17:15",
        );
        check_time("2026-10-16T17:15:00-04:00", "Europe/London", "2026-10-16T22:15");
        check_time("2026-10-16T17:15:00-04:00", "", "2026-10-16T17:15");
        check_time("2026-10-16T17:15:00-04:00", "Nowhere/Town", "2026-10-16T17:15");
        // The clocks went back in London that night.
        check_time("2026-10-25T12:00:00+02:00", "Europe/London", "2026-10-25T10:00");
        assert!(clients_time("Friday", None).is_err());
    }

    #[test]
    fn clients_are_found_by_address() {
        let clients = [Client {
            name: "Cathy".to_owned(),
            emails: vec!["cathy@example.org".to_owned()],
            ..Client::default()
        }];
        let find = |to: &str| find_client(&clients, std::iter::once(to)).map(|client| client.name);
        assert_eq!(find("Cathy Andre <CATHY@example.org>").as_deref(), Some("Cathy"));
        assert_eq!(find("cathy@example.org").as_deref(), Some("Cathy"));
        assert_eq!(find("bob@example.org"), None);
    }
}
