//! Cards, as address books write them and read them.

use candor::Client;
use candor::exchange::{Details, Format, Import, export};
use serde_json::json;

use super::{check, fixture, import, rejected, said};

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
