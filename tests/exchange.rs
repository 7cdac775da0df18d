//! Files of other programs come in as a person would expect, and bad ones cost no more than what is bad.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use candor::Client;
use candor::exchange::plan::{Outcome, Plan};
use candor::exchange::{
    Details, Format, Import, LARGEST_BACKUP, LARGEST_CARD, LONGEST_LINE, MOST_CLIENTS, Refused, backup,
    export, read, read_from,
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
fn google_contacts() {
    let zoe = json!({
        "name": "Zoë O’Brien",
        "call_me": "Zo",
        "company": "The Rye",
        "role": "Owner",
        "emails": ["zoe@rye.example", "zoe@home.example"],
        "phones": ["+353 1 555 0117", "+353 1 555 0118", "+353 1 555 0119"],
        "labels": {
            "zoe@rye.example": "work", "zoe@home.example": "home", "+353 1 555 0117": "mobile",
            "+353 1 555 0118": "mobile", "+353 1 555 0119": "work fax", "https://rye.example/": "profile"
        },
        "addresses": [{"label": "work", "street": "1 High St", "locality": "Dublin", "code": "D01", "country": "Ireland"}],
        "websites": ["https://rye.example/"],
        "people": [{"relation": "partner", "name": "Conor Byrne"}],
        "dates": [{"what": "birthday", "day": "--04-21"}, {"what": "anniversary", "day": "2011-06-11"}],
        "notes": [
            {"date": "", "text": "Bakes rye bread.\nHas a new oven, \"the dragon\"."},
            {"date": "", "text": "Table: by the window"}
        ],
        "vcard": ["ORG:The Rye;Bakery"]
    });
    let office = json!({
        "name": "Foundation Ltd", "company": "Foundation Ltd", "emails": ["office@foundation.example"],
        "labels": {"office@foundation.example": "other"}
    });
    let sam = json!({"name": "Sam", "notes": [{"date": "", "text": "<script>alert(1)</script>"}]});
    check(
        "google.csv",
        &[zoe, office, sam],
        &["9 : tells no name, company, address or number"],
        &[],
    );
}

#[test]
fn google_contacts_before_2024() {
    let anna = json!({
        "name": "Dr. Anna van den Berg",
        "name_parts": {"prefix": "Dr.", "given": "Anna", "family": "van den Berg"},
        "company": "Foundation Ltd",
        "role": "Director",
        "emails": ["anna@foundation.example"],
        "phones": ["+31 20 555 0117"],
        "labels": {"anna@foundation.example": "work", "+31 20 555 0117": "work"},
        "language": "Dutch",
        "interests": ["rowing"],
        "dates": [{"what": "birthday", "day": "1980-04-21"}]
    });
    check("google-2019.csv", &[anna], &[], &[]);
}

#[test]
fn google_contacts_as_vcard() {
    let zoe = json!({
        "name": "Zoë O’Brien",
        "call_me": "Zo",
        "company": "The Rye",
        "role": "Owner",
        "emails": ["zoe@rye.example", "zoe@home.example"],
        "phones": ["+353 1 555 0117"],
        "labels": {"zoe@rye.example": "Bakery", "zoe@home.example": "home", "+353 1 555 0117": "mobile", "https://rye.example/": "PROFILE"},
        "addresses": [{"label": "work", "street": "1 High St", "locality": "Dublin", "code": "D01", "country": "Ireland"}],
        "websites": ["https://rye.example/"],
        "people": [{"relation": "partner", "name": "Conor Byrne"}],
        "dates": [{"what": "birthday", "day": "--04-21"}, {"what": "anniversary", "day": "2011-06-11"}],
        "notes": [{"date": "", "text": "Bakes rye bread.\nHas a new oven."}],
        "vcard": ["CATEGORIES:myContacts", "X-PHONETIC-FIRST-NAME:Zo-ee"]
    });
    check("google.vcf", &[zoe], &[], &[]);
}

#[test]
fn outlook() {
    let cathy = json!({
        "name": "Ms. Cathy Andre",
        "name_parts": {"prefix": "Ms.", "given": "Cathy", "family": "Andre"},
        "company": "Andre Lighting",
        "role": "Owner",
        "emails": ["cathy@andrelighting.example", "c.andre@home.example"],
        "phones": ["+1 212 555 0117", "+1 917 555 0199", "+1 212 555 0100"],
        "labels": {"+1 212 555 0117": "work", "+1 917 555 0199": "mobile", "+1 212 555 0100": "work fax"},
        "language": "English",
        "addresses": [{
            "label": "work", "extended": "Floor 2", "street": "12 Canal St", "locality": "New York", "region": "NY",
            "code": "10013", "country": "United States of America"
        }],
        "websites": ["http://andrelighting.example"],
        "people": [
            {"relation": "partner", "name": "Pat Andre"}, {"relation": "child", "name": "Eva"},
            {"relation": "child", "name": "Tom"}, {"relation": "assistant", "name": "Jo Doe"}
        ],
        "interests": ["sailing"],
        "dates": [{"what": "birthday", "day": "1980-04-21"}],
        "notes": [{"date": "", "text": "Likes\nbrass."}],
        "vcard": ["ORG:Andre Lighting;Shop"]
    });
    let marcus = json!({
        "name": "Marcus Okafor",
        "call_me": "Marc",
        "company": "Okafor Dental",
        "role": "Dentist",
        "emails": ["marcus@okafordental.example"],
        "phones": ["+1 312 555 0142"],
        "labels": {"+1 312 555 0142": "home"},
        "dates": [{"what": "birthday", "day": "1975-12-31"}]
    });
    check("outlook.csv", &[cathy, marcus], &[], &[]);
}

#[test]
fn outlook_as_vcard() {
    let bytes = fixture("outlook.vcf");
    let import = import(&bytes);
    assert_eq!(rejected(&import), [""; 0]);
    let client = &import.records[0].client;
    let record = said(client);
    let expected = json!({
        "name": "Dr. Jörg Müller",
        "name_parts": {"prefix": "Dr.", "given": "Jörg", "family": "Müller"},
        "company": "Müller & Söhne",
        "role": "Einkäufer",
        "emails": ["joerg@mueller.example"],
        "phones": ["+49 30 555 0117", "+49 170 555 0117", "+49 30 555 0118"],
        "addresses": [{"label": "work", "street": "Lindenstr. 4\nHinterhof", "locality": "Berlin", "code": "10969", "country": "Deutschland"}],
        "people": [{"relation": "partner", "name": "Greta Müller"}, {"relation": "child", "name": "Mia"}],
        "dates": [{"what": "birthday", "day": "1975-04-30"}],
        "notes": [{"date": "", "text": "Mag Kaffee, schwarz.\nUnd Kuchen."}]
    });
    for (field, value) in expected.as_object().expect("an object") {
        assert_eq!(record[field], *value, "{field}");
    }
    let photo = client.vcard.iter().find(|kept| kept.starts_with("PHOTO"));
    assert!(
        photo.is_some_and(
            |photo| photo.starts_with("PHOTO:data:image/jpeg;base64,/9j/") && photo.ends_with("8QAFAAB")
        ),
        "{photo:?}"
    );
    assert!(
        client.vcard.contains(&"ORG:Müller & Söhne;Einkauf".to_owned()),
        "{:?}",
        client.vcard
    );
}

#[test]
fn apple_contacts() {
    let priya = json!({
        "name": "Priya Raman",
        "call_me": "Pri",
        "company": "Raman Architects",
        "role": "Partner",
        "emails": ["priya@ramanarchitects.example", "priya@home.example"],
        "phones": ["+44 20 7946 0958", "+44 20 7946 0959"],
        "labels": {
            "priya@ramanarchitects.example": "work", "priya@home.example": "Sundays", "+44 20 7946 0958": "mobile",
            "+44 20 7946 0959": "home fax", "https://ramanarchitects.example": "homepage"
        },
        "addresses": [{"label": "work", "street": "1 Bridge Row, Unit 3", "locality": "London", "code": "SE1 9AA", "country": "United Kingdom"}],
        "websites": ["https://ramanarchitects.example"],
        "people": [{"relation": "child", "name": "Dev"}, {"relation": "assistant", "name": "Olu"}],
        "dates": [{"what": "birthday", "day": "--07-05"}],
        "notes": [{"date": "", "text": "Shortlisted for a library in Leeds."}],
        "vcard": [
            "item2.X-ABADR:gb",
            "X-SOCIALPROFILE;TYPE=linkedin;X-USER=priya:https://linkedin.example/in/priya",
            "UID:8b1d6a0e-2f63-4c57-9e5e-1d2c3b4a5f60",
            "X-ABUID:8B1D6A0E-2F63-4C57-9E5E-1D2C3B4A5F60:ABPerson"
        ]
    });
    let foundation = json!({
        "name": "Foundation Ltd", "company": "Foundation Ltd", "phones": ["+44 20 7946 0000"],
        "labels": {"+44 20 7946 0000": "main"}, "vcard": ["X-ABSHOWAS:COMPANY"]
    });
    check(
        "apple.vcf",
        &[priya, foundation],
        &["36 : is a group of contacts and nobody by itself"],
        &[],
    );
}

#[test]
fn nextcloud_contacts() {
    let anna = json!({
        "name": "Anna van den Berg",
        "name_parts": {"given": "Anna", "family": "van den Berg"},
        "emails": ["anna@foundation.example", "anna@home.example"],
        "phones": ["+31 20 555 0117", "+31-6-5550117"],
        "labels": {"anna@foundation.example": "work", "anna@home.example": "home", "+31 20 555 0117": "home", "+31-6-5550117": "mobile"},
        "timezone": "Europe/Amsterdam",
        "language": "nl",
        "addresses": [{"label": "home", "street": "Damrak 1", "locality": "Amsterdam", "code": "1012 LG", "country": "Netherlands"}],
        "people": [{"relation": "partner", "name": "Bo"}],
        "interests": ["rowing"],
        "dates": [{"what": "birthday", "day": "1980-04-21"}, {"what": "anniversary", "day": "2011-06-11"}],
        "notes": [{"date": "", "text": "Prefers mornings."}],
        "vcard": [
            "UID:6a5f0c5c-5b0f-43a3-a9fc-3c1ad2a7a6f2",
            "RELATED;TYPE=friend;VALUE=uri:urn:uuid:8b1d6a0e-2f63-4c57-9e5e-1d2c3b4a5f60",
            "X-SOCIALPROFILE;TYPE=MASTODON:https://social.example/@anna",
            "CATEGORIES:Clients,Foundation"
        ]
    });
    let sam = json!({
        "name": "Sam Lee", "emails": ["sam@lee.example"], "labels": {"sam@lee.example": "home"},
        "vcard": ["UID:0f7a4d1e-7a43-4f6f-8a3e-cb1b9a9b7ce1"]
    });
    let pieces = [
        "29 this line is none: has no colon, so it is no property",
        "31 EMAIL: is no mail address",
        "32 BDAY: is no date that can be read",
    ];
    check("nextcloud.vcf", &[anna, sam], &pieces, &[]);
}

#[test]
fn what_other_programs_wrote_and_is_not_known_here_is_written_again() {
    let sorted = |import: Import| -> Vec<Client> {
        let clients = import.records.into_iter().map(|record| record.client);
        let sorted = clients.map(|mut client| {
            client.vcard.sort();
            client
        });
        sorted.collect()
    };
    for (name, format) in [
        ("apple.vcf", Format::VCard3),
        ("nextcloud.vcf", Format::VCard4),
        ("outlook.vcf", Format::VCard3),
    ] {
        let clients = sorted(import(&fixture(name)));
        let again = import(&export(&clients, format, Details::All, "2026-11-22T10:00"));
        assert_eq!(rejected(&again), [""; 0], "{name}");
        assert_eq!(sorted(again), clients, "{name}");
    }
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
fn further_titles_and_companies_of_a_card_are_kept() {
    let file = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nORG:Rye;Ovens\r\nORG:Guild\r\nORG:Mill;Stones\r\nROLE:Baker\r\n\
                TITLE:Owner\r\nTITLE:Treasurer\r\nTITLE:Baker\r\nEND:VCARD\r\n";
    let ann = import(file.as_bytes()).records.remove(0).client;
    assert_eq!((&*ann.company, &*ann.role), ("Rye", "Baker"));
    assert_eq!(
        ann.vcard,
        [
            "ORG:Rye;Ovens",
            "ORG:Guild",
            "ORG:Mill;Stones",
            "TITLE:Owner",
            "TITLE:Treasurer"
        ]
    );
    for format in [Format::VCard3, Format::VCard4] {
        let file = export(
            std::slice::from_ref(&ann),
            format,
            Details::All,
            "2026-11-22T10:00",
        );
        assert_eq!(import(&file).records.remove(0).client, ann);
    }
}

#[test]
fn departments_of_a_further_company_are_exported_though_the_first_has_none() {
    let file = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\nORG:Rye\r\nORG:Mill;Stones\r\nEND:VCARD\r\n";
    let ann = import(file.as_bytes()).records.remove(0).client;
    assert_eq!(ann.company, "Rye");
    for format in [Format::VCard3, Format::VCard4] {
        let file = export(
            std::slice::from_ref(&ann),
            format,
            Details::Contact,
            "2026-11-22T10:00",
        );
        let text = String::from_utf8_lossy(&file);
        let companies: Vec<&str> = text.lines().filter(|line| line.starts_with("ORG")).collect();
        assert_eq!(companies, ["ORG:Rye", "ORG:Mill;Stones"]);
        assert_eq!(import(&file).records.remove(0).client, ann);
    }
    // The department of a company that somebody wrote over goes with it.
    let moved = Client {
        company: "Guild".into(),
        ..ann
    };
    let file = export(&[moved], Format::VCard4, Details::Contact, "2026-11-22T10:00");
    assert!(!String::from_utf8_lossy(&file).contains("Stones"));
}

#[test]
fn one_bad_card_or_line_does_not_spoil_the_file() {
    let file = "hello\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo\r\n:::\r\nEND:VCARD\r\n\
                BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Cy\r\n";
    let import = import(file.as_bytes());
    let names: Vec<&str> = import
        .records
        .iter()
        .map(|record| record.client.name.as_str())
        .collect();
    assert_eq!(names, ["Ann", "Bo", "Cy"]);
    assert_eq!(
        rejected(&import),
        [
            "1 : stands outside a card",
            "2 : has no END:VCARD; what stands there was taken",
            "8 : begins with no property's name",
            "10 : tells no name, company, address or number",
            "14 : ends a card that was not begun",
            "15 : has no END:VCARD; what stands there was taken",
        ]
    );
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
fn tables_are_told_by_the_names_of_their_columns() {
    let import = import(b"sep=;\nPhone 1 - Value;Shoe size;Notes;Last Name;Notes;First Name\n'+31 20 555 0117;44;a;Lee;b;Sam\n");
    let client = &import.records[0].client;
    assert_eq!(
        (&*client.name, &*client.phones[0]),
        ("Sam Lee", "+31 20 555 0117")
    );
    assert_eq!(client.notes[0].text, "a");
    assert_eq!(
        import.notices,
        [
            "No column holds mail addresses.",
            "Two columns are named “Notes”; where they differ, the first counts.",
            "These columns were left out: Shoe size."
        ]
    );
    assert_eq!(
        rejected(&import),
        ["3 Notes: says something else than another column that means the same"]
    );
}

#[test]
fn a_bad_row_costs_that_row() {
    let import = import(b"Name,E-mail Address,Birthday\nAnn,ann@a.example,soon\nBo,b@b.example,,x\nCy,\"c@c.example\nDi,d@d.example,4/3/1980\n");
    let names: Vec<&str> = import
        .records
        .iter()
        .map(|record| record.client.name.as_str())
        .collect();
    assert_eq!(names, ["Ann", "Di"]);
    assert_eq!(import.records[1].line, 5);
    let mut pieces = rejected(&import);
    pieces.sort();
    assert_eq!(
        pieces,
        [
            "2 birthday: “soon” is no date that can be read",
            "3 : has 4 cells where the heading has 3, so none can be told apart",
            "4 : opens a quote that is never closed",
        ]
    );
    assert_eq!(
        import.notices,
        ["Dates like 4/3/1980 were read as month, day, year."]
    );
}

#[test]
fn what_is_no_such_file_is_refused_in_words() {
    assert_eq!(refused(b""), Refused::Empty);
    assert_eq!(refused(b" \r\n"), Refused::Empty);
    assert_eq!(refused(b"%PDF-1.4\n\0\0"), Refused::NotText);
    assert_eq!(refused(b"Vorname,Nachname\nAnn,Lee\n"), Refused::Unknown);
    assert_eq!(refused(b"{\"a\":1}"), Refused::Unknown);
}

fn two_clients() -> Vec<Client> {
    let clients = json!([
        {"id": "1", "name": "Zoë 🥖", "newer": {"b": 1.5, "a": [null]}, "notes": [{"date": "2026-11-09", "text": "a\nb", "newer": 1}]},
        {"id": "2", "name": "Sam", "cadence": 14}
    ]);
    serde_json::from_value(clients).expect("clients")
}

#[test]
fn a_backup_gives_back_what_it_was_made_of() {
    let clients = two_clients();
    let file = export(&clients, Format::Backup, Details::Contact, "2026-11-22T10:00");
    let import = import(&file);
    assert_eq!(import.notices, [""; 0]);
    let lines: Vec<usize> = import.records.iter().map(|record| record.line).collect();
    assert_eq!(lines, [8, 9]);
    let again: Vec<Client> = import.records.into_iter().map(|record| record.client).collect();
    assert_eq!(again, clients);

    // A program that formats JSON leaves it whole.
    let formatted =
        serde_json::to_string_pretty(&serde_json::from_slice::<Value>(&file).expect("JSON")).expect("JSON");
    assert_eq!(self::import(formatted.as_bytes()).notices, [""; 0]);
}

#[test]
fn a_backup_that_was_changed_or_cut_says_so() {
    let file = backup::write(&two_clients(), "2026-11-22T10:00");
    let changed = import(file.replace("Sam", "Sim").as_bytes());
    assert!(changed.notices[0].starts_with("The checksum is wrong"));
    assert_eq!(changed.records.len(), 2);

    let cut = import(&file.as_bytes()[..file.find("Sam").expect("Sam")]);
    assert_eq!(cut.records.len(), 1);
    assert!(
        cut.notices[0].starts_with("This backup is damaged: it breaks off or was changed on line 9"),
        "{:?}",
        cut.notices
    );
    assert_eq!((cut.rejected.len(), cut.rejected[0].line), (1, 9));

    let broken = import(
        file.replace("{\"about\":\"\",\"cadence\"", "7,{\"about\":\"\",\"cadence\"")
            .as_bytes(),
    );
    assert_eq!((broken.records.len(), broken.rejected.len()), (2, 1));
    assert_eq!(
        refused(&file.as_bytes()[..120]),
        Refused::Broken("it breaks off or was changed on line 6".into())
    );
    assert_eq!(
        refused(file.replace("\"version\": 1", "\"version\": 2").as_bytes()),
        Refused::Newer(2)
    );
}

#[test]
fn what_the_notebook_kept_is_imported_like_a_backup() {
    let [one, other] = &two_clients()[..] else {
        panic!("two clients")
    };
    let record = |client: &Client| serde_json::to_string(client).unwrap();
    let entry = json!({"number": 1, "what": "delete", "client": other.id, "before": other, "after": null});
    let restoring = format!(
        "{{\"found\":[\n{}\n],\"restorable\":[\n{},\n{},\n7\n],\"journal\":[\n{entry}\n],\"copy\":{{}}}}\n",
        record(one),
        record(one),
        record(other),
    );
    let upgrading = json!({"schema": 1, "clients": [one, other], "journal": [entry]}).to_string();
    for kept in [restoring, upgrading] {
        let file = backup::of_kept(&kept, "2026-11-22T10:00").expect("it was kept by the notebook");
        let import = import(file.as_bytes());
        assert_eq!(import.notices, [""; 0]);
        let clients: Vec<Client> = import.records.into_iter().map(|record| record.client).collect();
        assert_eq!(clients, two_clients());
        let file: Value = serde_json::from_str(&file).expect("JSON");
        assert_eq!(file["journal"][0], entry, "the rest is there, too");
        assert!(file["unreadable"].is_null() || file["unreadable"] == json!([7]));
    }
    for other in ["", "{", "{}", "[]", r#"{"clients":{}}"#] {
        assert_eq!(backup::of_kept(other, "2026-11-22T10:00"), None, "{other}");
    }
}

#[test]
fn a_sealed_backup_asks_for_its_passphrase() {
    let sealed = backup::Sealed::new("c2FsdA==".into(), "aXY=".into(), "ZGF0YQ==".into());
    let file = backup::write_sealed(&sealed, "2026-11-22T10:00");
    assert_eq!(refused(file.as_bytes()), Refused::Sealed(Box::new(sealed)));
    let strange = file.replace("AES-GCM", "ROT13");
    assert!(matches!(refused(strange.as_bytes()), Refused::Broken(_)));
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
