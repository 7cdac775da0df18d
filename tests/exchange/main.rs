//! Files of other programs come in as a person would expect, and bad ones cost no more than what is bad.

mod backup;
mod csv;
mod vcard;

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use candor::Client;
use candor::exchange::plan::{Outcome, Plan};
use candor::exchange::{
    Details, Format, Import, LARGEST_BACKUP, LARGEST_CARD, LONGEST_LINE, MOST_CLIENTS, Refused, export, read,
    read_from,
};
use serde_json::{Value, json};

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/exchange")
        .join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn import(bytes: &[u8]) -> Import {
    read(bytes, &mut |_, _| {}).expect("the file can be read")
}

#[track_caller]
fn refused(bytes: &[u8]) -> Refused {
    read(bytes, &mut |_, _| {}).expect_err("the file cannot be read")
}

/// What a record says, without what it leaves empty.
fn said(client: &Client) -> Value {
    let mut record = serde_json::to_value(client).expect("a record is JSON");
    if let Value::Object(fields) = &mut record {
        fields.retain(|_, value| *value != json!("") && *value != json!([]));
    }
    record
}

/// The pieces that were not taken: `line field: reason`.
fn rejected(import: &Import) -> Vec<String> {
    let one =
        |piece: &candor::exchange::Rejected| format!("{} {}: {}", piece.line, piece.field, piece.reason);
    import.rejected.iter().map(one).collect()
}

#[track_caller]
fn check(name: &str, records: &[Value], pieces: &[&str], notices: &[&str]) {
    let import = import(&fixture(name));
    let seen: Vec<Value> = import.records.iter().map(|record| said(&record.client)).collect();
    for (seen, record) in seen.iter().zip(records) {
        assert_eq!(seen, record, "{name}");
    }
    assert_eq!(seen.len(), records.len(), "{name}");
    assert_eq!(rejected(&import), pieces, "{name}");
    assert_eq!(import.notices, notices, "{name}");
}

#[test]
fn a_card_to_be_handed_on_tells_nothing_that_was_noted() {
    let mut client: Client = serde_json::from_value(json!({
        "id": "1", "name": "Zoë", "emails": ["z@rye.example"], "fears": "secret", "interests": ["secret"], "about": "secret",
        "people": [{"relation": "child", "name": "secret"}], "newer": "secret", "call_hours": "secret",
        "promises": [{"text": "secret"}], "projects": [{"name": "secret"}],
        "dates": [{"what": "secret", "day": "2020-05-01"}],
        "vcard": ["X-LOOKS:secret", "item1.CATEGORIES:secret", "RELATED:mailto:secret@rye.example", "IMPP:xmpp:z@rye.example"]
    }))
    .expect("a client");
    client.notes.push(candor::client::Note {
        text: "secret".into(),
        ..Default::default()
    });
    for format in [
        Format::VCard3,
        Format::VCard4,
        Format::GoogleCsv,
        Format::OutlookCsv,
    ] {
        let file = String::from_utf8(export(
            std::slice::from_ref(&client),
            format,
            Details::Contact,
            "2026-11-22T10:00",
        ))
        .expect("text");
        assert!(
            file.contains("z@rye.example") && !file.contains("secret"),
            "{format:?}: {file}"
        );
    }
}

#[test]
fn a_line_that_is_too_long_is_said_to_be() {
    let long = "x".repeat(10 << 20);
    assert!(long.len() > LONGEST_LINE);
    let import = import(format!("BEGIN:VCARD\nFN:Ann\nNOTE:{long}\nTEL:5\nEND:VCARD\n").as_bytes());
    assert_eq!(import.records[0].client.phones, ["5"]);
    assert_eq!(
        rejected(&import),
        ["3 NOTE: is 10 MB long, and up to 4 MB are read"]
    );

    let import = self::import(format!("Name,Notes\nAnn,{long}\nBo,short\n").as_bytes());
    assert_eq!(import.records[0].client.name, "Bo");
    assert_eq!(
        rejected(&import),
        ["2 Notes: is 10 MB long, and up to 4 MB are read"]
    );
}

/// A file that is made while it is read: a beginning, as much of one letter as is asked for, and an end.
struct Made {
    start: &'static [u8],
    letters: u64,
    end: &'static [u8],
    at: u64,
    /// As much as was asked for at once.
    most: usize,
}

impl Made {
    fn new(start: &'static str, letters: u64, end: &'static str) -> Self {
        let (start, end) = (start.as_bytes(), end.as_bytes());
        Self {
            start,
            letters,
            end,
            at: 0,
            most: 0,
        }
    }
}

impl Read for Made {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.most = self.most.max(to.len());
        let after_start = self.at.checked_sub(self.start.len() as u64);
        let from: &[u8] = match after_start {
            None => &self.start[self.at as usize..],
            Some(at) if at < self.letters => {
                let letters = to.len().min((self.letters - at) as usize);
                to[..letters].fill(b'x');
                self.at += letters as u64;
                return Ok(letters);
            }
            Some(at) => &self.end[(at - self.letters) as usize..],
        };
        let read = from.len().min(to.len());
        to[..read].copy_from_slice(&from[..read]);
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Made {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            _ => (self.start.len() + self.end.len()) as u64 + self.letters,
        };
        Ok(self.at)
    }
}

/// What no line of is kept is read past, a piece at a time.
#[test]
fn of_a_large_file_the_good_rest_is_read() {
    const LETTERS: u64 = 70 << 20;
    for (start, end, rest, not_taken) in [
        (
            "BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Bo\nNOTE:",
            "\nTEL:555 0117\nEND:VCARD\nBEGIN:VCARD\nFN:Cy\nEND:VCARD\n",
            &[("Ann", 1), ("Bo", 4), ("Cy", 9)][..],
            "6 NOTE: is 70 MB long, and up to 4 MB are read",
        ),
        (
            "Name,Notes\nAnn,short\nBo,",
            "\nCy,short\n",
            &[("Ann", 2), ("Cy", 4)],
            "3 Notes: is 70 MB long, and up to 4 MB are read",
        ),
        // The quote would take the rest along.
        (
            "Name,Notes\nAnn,short\nBo,\"",
            "\nCy,short\n",
            &[("Ann", 2), ("Cy", 4)],
            "3 : opens a quote that is never closed",
        ),
    ] {
        let mut file = Made::new(start, LETTERS, end);
        let import = read_from(&mut file, &mut |_, _| {}).expect("it is read");
        let names: Vec<(&str, usize)> = import
            .records
            .iter()
            .map(|record| (record.client.name.as_str(), record.line))
            .collect();
        assert_eq!(names, rest);
        assert_eq!(rejected(&import), [not_taken]);
        assert!(file.most <= 1 << 20, "{} bytes at once", file.most);
    }
    let mut backup = Made::new("{\"format\":\"candor-backup\",\"x\":\"", LETTERS, "\"}");
    let refused = read_from(&mut backup, &mut |_, _| {}).expect_err("it is too large");
    assert!(matches!(refused, Refused::TooLarge(bytes) if bytes > LARGEST_BACKUP));
    assert!(
        refused
            .to_string()
            .contains("has 71 MB, and backups of up to 64 MB are read"),
        "{refused}"
    );
}

#[test]
fn a_file_with_more_than_is_taken_says_where_it_was_left() {
    let cards = "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n".repeat(MOST_CLIENTS + 2);
    let rows = "Name\n".to_owned() + &"Ann\n".repeat(MOST_CLIENTS + 2);
    for (file, line) in [(cards, MOST_CLIENTS * 3 + 1), (rows, MOST_CLIENTS + 2)] {
        let import = import(file.as_bytes());
        assert_eq!(import.records.len(), MOST_CLIENTS);
        let said = format!("From line {line} on the file was not read: 50000 clients are taken at once.");
        assert!(
            import.notices.iter().any(|notice| notice.starts_with(&said)),
            "{:?}",
            import.notices
        );
        assert_eq!(import.rejected, []);
    }

    // A card or a row of many long pieces, and the good rest.
    let long = "x".repeat(LONGEST_LINE - 10);
    let notes = format!("NOTE:{long}\n").repeat(LARGEST_CARD / LONGEST_LINE + 1);
    let import =
        import(format!("BEGIN:VCARD\nFN:Ann\n{notes}END:VCARD\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\n").as_bytes());
    assert_eq!(import.records.len(), 2);
    assert!(
        rejected(&import)
            .iter()
            .any(|said| said.contains("is past the 16 MB that are read of one card"))
    );
    let cells = format!(",{long}").repeat(LARGEST_CARD / LONGEST_LINE + 1);
    let import = self::import(format!("Name\nAnn{cells}\nBo\n").as_bytes());
    assert_eq!(import.records[0].client.name, "Bo");
    assert_eq!(
        rejected(&import),
        ["2 : has 19 MB, and up to 16 MB are read of one row"]
    );
}

#[test]
fn each_encoding_is_read() {
    let text = "BEGIN:VCARD\r\nFN:Zoë Müller\r\nEND:VCARD\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(unit))
            .collect()
    };
    let latin1: Vec<u8> = text
        .chars()
        .map(|char| u8::try_from(char).expect("Latin-1"))
        .collect();
    for (bytes, notices) in [
        (text.as_bytes().to_vec(), 0),
        (utf16(u16::to_le_bytes, [0xff, 0xfe]), 0),
        (utf16(u16::to_be_bytes, [0xfe, 0xff]), 0),
        (latin1, 1),
    ] {
        let import = import(&bytes);
        assert_eq!(import.records[0].client.name, "Zoë Müller");
        assert_eq!(import.notices.len(), notices);
    }
}

#[test]
fn what_is_no_such_file_is_refused_in_words() {
    assert_eq!(refused(b""), Refused::Empty);
    assert_eq!(refused(b" \r\n"), Refused::Empty);
    assert_eq!(refused(b"%PDF-1.4\n\0\0"), Refused::NotText);
    assert_eq!(refused(b"Vorname,Nachname\nAnn,Lee\n"), Refused::Unknown);
    assert_eq!(refused(b"{\"a\":1}"), Refused::Unknown);
}

#[test]
fn a_plan_for_a_thousand_tells_how_far_it_is() {
    let clients: Vec<Client> = (0..1000)
        .map(|number| Client {
            id: number.to_string(),
            name: format!("Client {number}"),
            emails: vec![format!("client{number}@company.example")],
            ..Client::default()
        })
        .collect();
    let file = export(&clients, Format::VCard4, Details::All, "2026-11-22T10:00");
    let mut told = Vec::new();
    let import = read(&file, &mut |done, total| told.push((done, total))).expect("cards");
    assert!(told.len() >= 90 && told.is_sorted() && told.last() == Some(&(file.len(), file.len())));
    let plan = Plan::new(import, &clients, &mut |_, _| {});
    assert!(
        plan.entries
            .iter()
            .all(|entry| matches!(entry.outcome, Outcome::Same { .. })),
        "{:?}",
        plan.entries[0]
    );
}
