//! Tables, as Google Contacts and Outlook write them.

use serde_json::json;

use super::{check, import, rejected};

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
