//! What its owner chooses of a planned import, and how a change reads field by field.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{day_words, wording};
use crate::exchange::plan::{Decision, Entry, Outcome, Plan, TakenAddress, Whom};

/// What was chosen so far; all that is beyond doubt is taken unless it is left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    left: BTreeSet<usize>,
    /// Fields that are to stay as they are, by the entry's number.
    kept: BTreeMap<usize, BTreeSet<String>>,
    /// What was decided of doubtful entries.
    decided: BTreeMap<usize, Decision>,
}

impl Choices {
    /// Takes an entry, or leaves it out.
    pub(super) fn take(&mut self, entry: usize, takes: bool) {
        if takes {
            self.left.remove(&entry);
        } else {
            self.left.insert(entry);
        }
    }

    /// Takes what an entry says of a field, or leaves the field as it is.
    pub(super) fn take_field(&mut self, entry: usize, field: &str, takes: bool) {
        let kept = self.kept.entry(entry).or_default();
        if takes {
            kept.remove(field);
        } else {
            kept.insert(field.to_owned());
        }
    }

    /// Decides what a doubtful entry is.
    pub(super) fn decide(&mut self, entry: usize, decision: Decision) {
        self.decided.insert(entry, decision);
    }

    /// Whether an entry is taken as planned.
    pub(super) fn takes(&self, entry: usize) -> bool {
        !self.left.contains(&entry)
    }

    /// Whether what an entry says of a field is taken.
    pub(super) fn takes_field(&self, entry: usize, field: &str) -> bool {
        !self.kept.get(&entry).is_some_and(|kept| kept.contains(field))
    }

    /// What was decided of a doubtful entry.
    pub(super) fn decision(&self, entry: usize) -> Option<&Decision> {
        self.decided.get(&entry)
    }

    /// All that was chosen, by the numbers of the entries.
    pub(super) fn decisions(&self) -> BTreeMap<usize, Decision> {
        let kept = self.kept.iter().filter(|(_, kept)| !kept.is_empty());
        let except = |kept: &BTreeSet<String>| Decision::Take {
            except: kept.iter().cloned().collect(),
        };
        let mut decisions = self.decided.clone();
        decisions.extend(kept.map(|(&entry, kept)| (entry, except(kept))));
        decisions.extend(self.left.iter().map(|&entry| (entry, Decision::Leave)));
        decisions
    }

    /// How many entries of a plan are to be written.
    pub(super) fn count(&self, plan: &Plan) -> usize {
        let is_taken = |(at, entry): &(usize, &Entry)| match &entry.outcome {
            Outcome::New => self.takes(*at),
            Outcome::Changed { changes, .. } => {
                let mut fields = changes.iter();
                self.takes(*at) && fields.any(|change| self.takes_field(*at, &change.field))
            }
            Outcome::Same { .. } => false,
            Outcome::Doubtful { .. } => {
                matches!(
                    self.decision(*at),
                    Some(Decision::Take { .. } | Decision::Merge(_))
                )
            }
        };
        plan.entries.iter().enumerate().filter(is_taken).count()
    }
}

/// What a decision about a doubtful entry leaves out, in words behind it: `, without a@b.example, which is somebody
/// else's`. Empty where it leaves out nothing. `whom` is who it is merged with; none for somebody new.
pub(super) fn left_out(taken: &[TakenAddress], whom: Option<&Whom>) -> String {
    let others = taken.iter().filter(|one| Some(&one.whom) != whom);
    let addresses: Vec<&str> = others.map(|one| one.address.as_str()).collect();
    match addresses.len() {
        0 => String::new(),
        1 => format!(", without {}, which is somebody else’s", addresses[0]),
        _ => format!(
            ", without {}, which are somebody else’s",
            wording::list(&addresses)
        ),
    }
}

/// What goes from a field and what comes into it; of a list only the entries that differ.
pub(super) fn difference(before: &Value, after: &Value) -> (Vec<String>, Vec<String>) {
    let parts = |value: &Value| match value {
        Value::Array(list) => list.clone(),
        Value::Null => Vec::new(),
        Value::String(text) if text.is_empty() => Vec::new(),
        value => vec![value.clone()],
    };
    let (before, after) = (parts(before), parts(after));
    let said_without = |parts: &[Value], others: &[Value]| {
        let parts = parts.iter().filter(|part| !others.contains(part));
        parts.map(said).collect()
    };
    (said_without(&before, &after), said_without(&after, &before))
}

/// What a value of a record says, in a line.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => day_words::written(text),
        Value::Array(list) => joined(list.iter()),
        Value::Object(object) => joined(object.values()),
        value => value.to_string(),
    }
}

fn joined<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let texts: Vec<String> = values.map(said).filter(|text| !text.is_empty()).collect();
    texts.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::exchange::plan::{Candidate, FieldChange};

    fn plan() -> Plan {
        let entry = |outcome| Entry {
            lines: vec![1],
            client: crate::Client::default(),
            outcome,
        };
        let change = |field: &str| FieldChange {
            field: field.into(),
            before: Value::Null,
            after: "x".into(),
        };
        Plan {
            entries: vec![
                entry(Outcome::New),
                entry(Outcome::Changed {
                    id: "1".into(),
                    changes: vec![change("role"), change("emails")],
                }),
                entry(Outcome::Same { id: "2".into() }),
                entry(Outcome::Doubtful {
                    candidates: vec![Candidate {
                        whom: Whom::Client("3".into()),
                        name: "Bo".into(),
                        why: "same name".into(),
                    }],
                    taken: Vec::new(),
                }),
            ],
            ..Plan::default()
        }
    }

    #[test]
    fn what_is_beyond_doubt_is_taken_and_the_rest_when_it_is_decided() {
        let (plan, mut choices) = (plan(), Choices::default());
        assert_eq!(choices.count(&plan), 2);
        assert_eq!(choices.decisions(), BTreeMap::new());
        choices.take(0, false);
        choices.take_field(1, "role", false);
        assert_eq!(choices.count(&plan), 1);
        choices.take_field(1, "emails", false);
        choices.decide(3, Decision::Merge(Whom::Client("3".into())));
        assert_eq!(choices.count(&plan), 1);
        choices.take_field(1, "emails", true);
        let decisions: Vec<(usize, Decision)> = choices.decisions().into_iter().collect();
        assert_eq!(
            decisions,
            [
                (0, Decision::Leave),
                (
                    1,
                    Decision::Take {
                        except: vec!["role".into()]
                    }
                ),
                (3, Decision::Merge(Whom::Client("3".into()))),
            ]
        );
        choices.take(0, true);
        choices.decide(3, Decision::Leave);
        assert_eq!(choices.count(&plan), 2);
    }

    #[test]
    fn an_address_that_is_left_out_is_said_to_be() {
        let whom = Whom::Client("1".into());
        let taken = |address: &str| TakenAddress {
            address: address.into(),
            whom: whom.clone(),
        };
        let taken = [taken("a@b.example"), taken("c@d.example")];
        assert_eq!(
            left_out(&taken[..1], None),
            ", without a@b.example, which is somebody else’s"
        );
        assert_eq!(
            left_out(&taken, Some(&Whom::Entry(0))),
            ", without a@b.example and c@d.example, which are somebody else’s"
        );
        assert_eq!(left_out(&taken, Some(&whom)), "");
    }

    #[test]
    fn of_a_list_only_what_differs_is_said() {
        let (gone, new) = difference(
            &json!(["a@b.example", "c@d.example"]),
            &json!(["a@b.example", "e@f.example"]),
        );
        assert_eq!(
            (gone, new),
            (vec!["c@d.example".to_owned()], vec!["e@f.example".to_owned()])
        );
        let (gone, new) = difference(&json!(""), &json!({"what": "birthday", "day": "--04-21"}));
        assert_eq!(gone, Vec::<String>::new());
        assert_eq!(new, ["21 April, birthday"]);
    }
}
