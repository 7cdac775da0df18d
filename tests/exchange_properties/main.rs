//! What holds for every client there can be, and for every file.

mod any;
mod tables;

use std::collections::BTreeMap;

use candor::Client;
use candor::exchange::plan::{Outcome, Plan};
use candor::exchange::{Details, Format, Import, export, read};
use proptest::collection::vec;
use proptest::prelude::*;

use self::any::client;

const NOW: &str = "2026-11-22T10:00";

fn there_and_back(
    clients: &[Client],
    format: Format,
    details: Details,
) -> Result<Vec<Client>, TestCaseError> {
    let file = export(clients, format, details, NOW);
    let import: Import =
        read(&file, &mut |_, _| {}).map_err(|refused| TestCaseError::fail(refused.to_string()))?;
    prop_assert!(
        import.rejected.is_empty(),
        "{:?}\n{}",
        import.rejected,
        String::from_utf8_lossy(&file)
    );
    Ok(import.records.into_iter().map(|record| record.client).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn vcards_give_back_all_that_they_were_made_of(clients in vec(client(), 1..3)) {
        for format in [Format::VCard3, Format::VCard4] {
            prop_assert_eq!(&there_and_back(&clients, format, Details::All)?, &clients);
        }
    }

    #[test]
    fn lines_of_vcards_are_no_longer_than_they_may_be(client in client()) {
        for format in [Format::VCard3, Format::VCard4] {
            let file = String::from_utf8(export(std::slice::from_ref(&client), format, Details::All, NOW)).expect("UTF-8");
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
        }
    }

    #[test]
    fn backups_give_back_every_record(clients in vec(client(), 0..4)) {
        prop_assert_eq!(there_and_back(&clients, Format::Backup, Details::Contact)?, clients);
    }

    #[test]
    fn records_survive_being_written_down(client in client()) {
        let written = serde_json::to_string(&client).expect("a record is JSON");
        prop_assert_eq!(serde_json::from_str::<Client>(&written).expect("a record"), client);
    }

    #[test]
    fn what_was_imported_changes_nothing_the_second_time(clients in vec(client(), 1..4)) {
        let keyed: Vec<Client> = clients.into_iter().enumerate().map(|(at, client)| Client { id: format!("key-{at}"), ..client }).collect();
        for format in [Format::VCard4, Format::Backup] {
            let import = read(&export(&keyed, format, Details::All, NOW), &mut |_, _| {}).expect("our own file");
            let plan = Plan::new(import, &keyed, &mut |_, _| {});
            for (entry, client) in plan.entries.iter().zip(&keyed) {
                prop_assert_eq!(&entry.outcome, &Outcome::Same { id: client.id.clone() });
            }
            prop_assert_eq!(plan.entries.len(), keyed.len());
            prop_assert_eq!(plan.records(&BTreeMap::new(), &keyed, "2026-11-22"), []);
        }
    }

    #[test]
    fn no_bytes_break_the_reader(bytes in vec(any::<u8>(), 0..400)) {
        for start in ["", "BEGIN:VCARD\n", "Name,Notes,Birthday\n", "{\"format\":\"candor-backup\",\"version\":1,", "\u{feff}"] {
            let file = [start.as_bytes(), &bytes].concat();
            // Whatever comes of it, it comes.
            read(&file, &mut |_, _| {}).ok();
        }
    }

    #[test]
    fn no_lines_break_the_reader(pieces in vec(prop_oneof![
        Just("BEGIN:VCARD\r\n".to_owned()), Just("END:VCARD\n".to_owned()), Just("N;ENCODING=QUOTED-PRINTABLE:=\n".to_owned()),
        Just("PHOTO;ENCODING=b:".to_owned()), Just("TEL;TYPE=\"".to_owned()), Just("\",\"".to_owned()), Just("X-CANDOR-CARD:{\"name\":1}\n".to_owned()),
        Just("item1.X-ABLabel:x\n".to_owned()), Just("BDAY:--0000\n".to_owned()), Just("ADR:;;,,;".to_owned()), Just("\n ".to_owned()), any::<String>(),
    ], 0..30)) {
        for start in ["BEGIN:VCARD\r\n", "First Name,E-mail 1 - Value,Birthday,Phone 1 - Label\n"] {
            let file = format!("{start}{}", pieces.concat());
            if let Ok(import) = read(file.as_bytes(), &mut |_, _| {}) {
                let lines = file.lines().count().max(1);
                prop_assert!(import.rejected.iter().all(|piece| (1..=lines).contains(&piece.line)), "{:?}", import.rejected);
                let plan = Plan::new(import, &[], &mut |_, _| {});
                plan.records(&BTreeMap::new(), &[], "2026-11-22");
            }
        }
    }
}
