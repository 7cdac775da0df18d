//! The project's own backups.

use candor::Client;
use candor::exchange::{Details, Format, Refused, backup, export};
use serde_json::{Value, json};

use super::{import, refused};

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
    assert_eq!(super::import(formatted.as_bytes()).notices, [""; 0]);
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
