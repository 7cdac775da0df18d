//! What an import would do to the notebook: who is new, what would change in whom, and what only its owner
//! can tell. A plan writes nothing; what its owner agrees to becomes records to be written at once, so that
//! one import is one undo.

mod matching;
mod writing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::matching::Planning;
use self::writing::Writing;
use super::merging::merged;
use super::text::{name_key, words};
use super::{Import, Rejected, vcard};
use crate::Client;

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Whom the file tells of, in its order.
    pub entries: Vec<Entry>,
    /// What of the file cannot be taken.
    pub rejected: Vec<Rejected>,
    /// How many more pieces cannot be taken.
    pub unlisted: usize,
    /// What is to be known of the file as a whole, in words.
    pub notices: Vec<String>,
}

/// Somebody in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The lines on which they begin, counted from 1: several, where the file has them more than once.
    pub lines: Vec<usize>,
    /// What the file says of them.
    pub client: Client,
    /// What becomes of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What becomes of somebody in the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// They are not in the notebook.
    New,
    /// They are, and the file says something else or more.
    Changed {
        /// Their key.
        id: String,
        /// What would change in their record.
        changes: Vec<FieldChange>,
    },
    /// They are, and the file says nothing new.
    Same {
        /// Their key.
        id: String,
    },
    /// They may be one of these, or somebody else. Left alone until it is decided.
    Doubtful {
        /// The most likely first.
        candidates: Vec<Candidate>,
        /// Addresses that are somebody's already, and stay with them whatever is decided.
        taken: Vec<TakenAddress>,
    },
}

/// An address in a file that is somebody's already: each is one client's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenAddress {
    /// The address, as the file has it.
    pub address: String,
    /// Whose it is.
    pub whom: Whom,
}

/// A field that an import would change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in the record: `emails`.
    pub field: String,
    /// What stands there; null for nothing.
    pub before: Value,
    /// What would stand there.
    pub after: Value,
}

/// Somebody who may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who it is.
    pub whom: Whom,
    /// What they are called.
    pub name: String,
    /// What speaks for it: `same phone`.
    pub why: String,
}

/// A client of the notebook, or somebody before in the same file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// The client with this key.
    Client(String),
    /// The entry with this number in the plan.
    Entry(usize),
}

/// What the notebook's owner says to an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// As planned, apart from these fields of a client who is changed. A doubtful one is added as somebody
    /// new.
    Take {
        /// Names of fields that stay as they are.
        #[serde(default)]
        except: Vec<String>,
    },
    /// It is this one: what the file says goes into their record.
    Merge(Whom),
    /// Nothing of it is written.
    Leave,
}

impl Plan {
    /// Compares an import with the clients that are in the notebook. `progress` hears from time to time how
    /// many of how many are compared.
    pub fn new(import: Import, clients: &[Client], progress: &mut dyn FnMut(usize, usize)) -> Self {
        let mut planning = Planning::new(clients);
        let total = import.records.len();
        for (at, record) in import.records.into_iter().enumerate() {
            if at % 256 == 0 {
                progress(at, total);
            }
            planning.record(record.line, record.client);
        }
        progress(total, total);
        Self {
            entries: planning.entries,
            rejected: import.rejected,
            unlisted: import.unlisted,
            notices: import.notices,
        }
    }

    /// The records to be written once the plan is agreed to, all at once or none: clients under the key that
    /// they have, and without a key those for whom the notebook is to make one. One with a key that the
    /// notebook does not have comes back from a backup.
    ///
    /// An entry of which nothing is decided is taken as planned, or left alone where it is doubtful.
    /// `clients` are those of the notebook now, so that what was changed since the plan was made stays;
    /// `today` (`2026-11-22`) dates the notes that have no date.
    pub fn records(
        &self,
        decisions: &BTreeMap<usize, Decision>,
        clients: &[Client],
        today: &str,
    ) -> Vec<Client> {
        let mut writing = Writing::new(clients, today);
        for (at, entry) in self.entries.iter().enumerate() {
            let planned = Decision::Take { except: Vec::new() };
            match (decisions.get(&at).unwrap_or(&planned), &entry.outcome) {
                (Decision::Leave, _) | (_, Outcome::Same { .. }) => {}
                (Decision::Merge(whom), _) => writing.merge(at, whom, &entry.client, &[]),
                (Decision::Take { except }, Outcome::Changed { id, .. }) => {
                    writing.merge(at, &Whom::Client(id.clone()), &entry.client, except);
                }
                (Decision::Take { .. }, Outcome::New) => writing.add_new(at, &entry.client),
                (Decision::Take { .. }, Outcome::Doubtful { .. }) => {
                    if decisions.contains_key(&at) {
                        writing.add(at, &entry.client);
                    }
                }
            }
        }
        writing.records
    }
}

/// Words that stand before a name and are no part of it.
const TITLES: &[&str] = &[
    "dr", "frau", "herr", "miss", "mme", "mr", "mrs", "ms", "prof", "sir",
];

/// Words that make another person of a name, or several.
const OTHERS: &[&str] = &[
    "and", "et", "family", "ii", "iii", "jr", "junior", "senior", "sr", "und",
];

/// Whether two names are one person's as far as names tell: they have the same words, or one has all of the
/// other's, which are two at least; or one of them is no name but an address or a company. A single word in
/// common may be a family's.
fn names_agree(one: &Client, other: &Client) -> bool {
    if !has_name(one) || !has_name(other) || name_key(&one.name) == name_key(&other.name) {
        return true;
    }
    let parts = |client: &Client| {
        let mut words = words(&client.name);
        words.retain(|word| !TITLES.contains(&word.as_str()));
        words
    };
    let (ours, theirs) = (parts(one), parts(other));
    let (few, many) = if ours.len() < theirs.len() {
        (ours, theirs)
    } else {
        (theirs, ours)
    };
    let is_other = |word: &String| OTHERS.contains(&word.as_str()) && !few.contains(word);
    few.len() > 1 && few.iter().all(|word| many.contains(word)) && !many.iter().any(is_other)
}

/// Whether somebody goes by a name rather than by an address or a company.
fn has_name(client: &Client) -> bool {
    !client.name.contains('@') && !client.name.is_empty() && client.name != client.company
}

/// What a record says once the file's words are in it.
fn merged_into(known: &Client, newcomer: &Client) -> Client {
    let mut newcomer = newcomer.clone();
    // The file may be one of ours, with the notes as one text, or a card that names ours by its key.
    let own_notes = vcard::notes_as_text(&known.notes);
    let own_notes_after_about = format!("{}\n\n{own_notes}", known.about);
    newcomer
        .notes
        .retain(|note| note.text != own_notes && note.text != own_notes_after_about);
    let own_uid = format!("UID:urn:uuid:{}", known.id);
    newcomer.vcard.retain(|kept| *kept != own_uid);
    let is_address = newcomer.name.contains('@');
    let is_better = has_name(&newcomer) || known.name.is_empty() || !has_name(known) && !is_address;
    if !names_agree(known, &newcomer) || !is_better {
        let other_name = std::mem::replace(&mut newcomer.name, known.name.clone());
        newcomer.name_parts = known.name_parts.clone();
        if is_better {
            newcomer.other_names.push(other_name);
        }
    }
    merged(known, &newcomer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::Note;
    use crate::exchange::Record;

    fn client(id: &str, name: &str, emails: &[&str], phones: &[&str]) -> Client {
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        Client {
            id: id.into(),
            name: name.into(),
            emails: texts(emails),
            phones: texts(phones),
            ..Client::default()
        }
    }

    fn notebook() -> Vec<Client> {
        vec![
            client(
                "1",
                "Cathy Andre",
                &["cathy@lights.example"],
                &["+1 212 555 0117"],
            ),
            client("2", "Marc Okafor", &["marc@dental.example"], &[]),
        ]
    }

    fn plan(newcomers: &[Client]) -> Plan {
        let records = newcomers
            .iter()
            .cloned()
            .enumerate()
            .map(|(at, client)| Record { line: at + 1, client });
        Plan::new(
            Import {
                records: records.collect(),
                ..Import::default()
            },
            &notebook(),
            &mut |_, _| {},
        )
    }

    fn records(plan: &Plan, decisions: &[(usize, Decision)]) -> Vec<Client> {
        plan.records(&decisions.iter().cloned().collect(), &notebook(), "2026-11-22")
    }

    #[test]
    fn an_address_with_a_name_that_goes_with_it_is_the_same_person() {
        let plan = plan(&[client(
            "",
            "ANDRE, Cathy Louise",
            &["Cathy@Lights.example", "c@home.example"],
            &[],
        )]);
        let Outcome::Changed { id, changes } = &plan.entries[0].outcome else {
            panic!("{plan:?}")
        };
        let fields: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
        assert_eq!((id.as_str(), fields), ("1", vec!["emails", "name"]));
        let keep_name = Decision::Take {
            except: vec!["name".into()],
        };
        let written = records(&plan, &[(0, keep_name)]);
        assert_eq!(written.len(), 1);
        assert_eq!((&*written[0].id, &*written[0].name), ("1", "Cathy Andre"));
        assert_eq!(written[0].emails, ["cathy@lights.example", "c@home.example"]);
    }

    #[test]
    fn what_is_known_already_is_not_written() {
        let plan = plan(&[client("", "Okafor, Marc", &["marc@dental.example"], &[])]);
        assert!(
            matches!(&plan.entries[0].outcome, Outcome::Changed { .. }),
            "the name is written in another way"
        );
        let plan = super::tests::plan(&[client("", "Marc Okafor", &["marc@dental.example"], &[])]);
        assert_eq!(plan.entries[0].outcome, Outcome::Same { id: "2".into() });
        assert_eq!(records(&plan, &[]), []);
    }

    #[test]
    fn doubtful_ones_are_left_alone_until_it_is_decided() {
        let newcomers = [
            client("", "Cathy Andre", &["other@lights.example"], &[]),
            client("", "Shop", &[], &["(212) 555-0117"]),
            client(
                "",
                "Reception",
                &["marc@dental.example", "desk@dental.example"],
                &[],
            ),
        ];
        let plan = plan(&newcomers);
        let why: Vec<String> = plan
            .entries
            .iter()
            .map(|entry| match &entry.outcome {
                Outcome::Doubtful { candidates, .. } => {
                    format!("{}: {}", candidates[0].name, candidates[0].why)
                }
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(
            why,
            [
                "Cathy Andre: same name",
                "Cathy Andre: same phone (212) 555-0117",
                "Marc Okafor: same address marc@dental.example"
            ]
        );
        assert_eq!(records(&plan, &[]), []);
        let taken: Vec<Vec<&str>> = plan
            .entries
            .iter()
            .map(|entry| match &entry.outcome {
                Outcome::Doubtful { taken, .. } => taken.iter().map(|one| one.address.as_str()).collect(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(taken, [vec![], vec![], vec!["marc@dental.example"]]);

        let one = Whom::Client("1".into());
        let decisions = [
            (0, Decision::Merge(one)),
            (1, Decision::Take { except: Vec::new() }),
            (2, Decision::Take { except: Vec::new() }),
        ];
        let written = records(&plan, &decisions);
        assert_eq!(
            written[0].emails,
            ["cathy@lights.example", "other@lights.example"]
        );
        assert_eq!((&*written[1].name, &*written[1].id), ("Shop", ""));
        assert_eq!(
            written[2].emails,
            ["desk@dental.example"],
            "an address is one client's"
        );
    }

    #[test]
    fn who_was_added_since_the_plan_is_not_added_again() {
        let bo = client("", "Bo Dahl", &["bo@dahl.example"], &["555 010 0199"]);
        let plan = plan(std::slice::from_ref(&bo));
        let with = |name: &str| [notebook(), vec![client("3", name, &["BO@dahl.example"], &[])]].concat();
        let written = plan.records(&BTreeMap::new(), &with("Bo Dahl"), "2026-11-22");
        assert_eq!((&*written[0].id, &written[0].phones), ("3", &bo.phones));
        assert_eq!(
            plan.records(&BTreeMap::new(), &with("Ida Dahl"), "2026-11-22"),
            []
        );
    }

    #[test]
    fn a_family_at_one_address_is_asked_about() {
        let home = |name: &str| client("", name, &["smiths@home.example"], &[]);
        let asked = |plan: &Plan, at: usize| matches!(&plan.entries[at].outcome, Outcome::Doubtful { candidates, .. } if candidates[0].whom == Whom::Entry(0));
        for (one, other) in [
            ("John Smith", "Mary Smith"),
            ("Dr. John Smith", "Dr. Mary Jones"),
            ("John Smith", "John Smith Jr."),
            ("John Smith", "John and Mary Smith"),
            ("Dr. Smith", "Dr. Mary Smith"),
        ] {
            let plan = plan(&[home(one), home(other)]);
            assert!(
                plan.entries.len() == 2 && asked(&plan, 1),
                "{one}, {other}: {plan:?}"
            );
            let merge = Decision::Merge(Whom::Entry(0));
            let written = records(&plan, &[(1, merge)]);
            assert_eq!(
                (&*written[0].name, &*written[0].other_names),
                (one, &[other.to_owned()][..])
            );
        }
        let plan = plan(&[client("", "Ann Andre", &["cathy@lights.example"], &[])]);
        assert!(
            matches!(&plan.entries[0].outcome, Outcome::Doubtful { .. }),
            "{plan:?}"
        );
    }

    #[test]
    fn a_name_is_not_replaced_by_an_address_or_a_company() {
        let company = Client {
            company: "Lights".into(),
            ..client("", "Lights", &["cathy@lights.example"], &["555 010 0199"])
        };
        let address = client("", "cathy@lights.example", &["cathy@lights.example"], &[]);
        let plan = plan(&[company, address]);
        let written = records(&plan, &[]);
        assert_eq!(
            (&*written[0].name, &*written[0].company),
            ("Cathy Andre", "Lights")
        );
        assert_eq!(written[0].other_names, [""; 0]);
    }

    #[test]
    fn one_person_twice_in_a_file_is_one() {
        let newcomers = [
            client("", "Sam Lee", &["sam@lee.example"], &[]),
            client("", "Sam Lee", &["SAM@lee.example"], &["555 010 0199"]),
            client("", "Lee, Sam", &[], &[]),
        ];
        let plan = plan(&newcomers);
        assert_eq!(plan.entries.len(), 2);
        assert_eq!(plan.entries[0].lines, [1, 2]);
        assert!(
            matches!(&plan.entries[1].outcome, Outcome::Doubtful { candidates, .. } if candidates[0].whom == Whom::Entry(0))
        );
        let written = records(&plan, &[(1, Decision::Merge(Whom::Entry(0)))]);
        assert_eq!(written.len(), 1);
        assert_eq!(written[0].phones, ["555 010 0199"]);
    }

    #[test]
    fn a_note_without_a_date_is_taken_once() {
        let mut newcomer = client("", "Marc Okafor", &["marc@dental.example"], &[]);
        newcomer.notes.push(Note {
            text: "Runs".into(),
            ..Note::default()
        });
        let written = records(&plan(&[newcomer.clone()]), &[]);
        assert_eq!(written[0].notes[0].date, "2026-11-22");
        let import = Import {
            records: vec![Record {
                line: 1,
                client: newcomer,
            }],
            ..Import::default()
        };
        let again = Plan::new(import, &written, &mut |_, _| {});
        assert_eq!(again.entries[0].outcome, Outcome::Same { id: "2".into() });
    }
}
