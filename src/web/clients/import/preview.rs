//! What the preview of an import shows of each group.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{Group, UnderWay};
use crate::Client;
use crate::exchange::Rejected;
use crate::exchange::plan::{Candidate, Decision, FieldChange, Outcome, Plan, TakenAddress, Whom};
use crate::web::clients::field;
use crate::web::import_choices::{difference, left_out};
use crate::web::{dom, wording};

pub(super) fn show_group(group: Group, under_way: &UnderWay, plan: &Plan) {
    let entries = || {
        plan.entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| group.has(entry))
    };
    let count = match group {
        Group::Rejected => plan.rejected.len() + plan.unlisted,
        _ => entries().count(),
    };
    let root: HtmlElement = dom::by_id(group.id());
    root.set_hidden(count == 0);
    dom::set_text(&dom::part::<Element>(&root, "title"), &group.heading(count));
    let most = under_way.listed[group as usize];
    let there_are = if group == Group::Rejected {
        plan.rejected.len()
    } else {
        count
    };
    let left = there_are.saturating_sub(most);
    let more: HtmlElement = dom::part(&root, "more");
    more.set_hidden(left == 0);
    dom::set_text(&more, &format!("Show more ({left})"));

    let list: Element = dom::part(&root, "entries");
    if group == Group::Rejected {
        let items = dom::items(&list, "import-rejected-entry", there_are.min(most));
        for (item, rejected) in items.iter().zip(&plan.rejected) {
            show_rejected(item, rejected);
        }
        return;
    }
    let items = dom::items(&list, &format!("{}-entry", group.id()), count.min(most));
    for (item, (at, entry)) in items.iter().zip(entries()) {
        dom::set_attribute(item, "data-entry", &at.to_string());
        dom::set_text(&dom::part::<Element>(item, "name"), &entry.client.name);
        dom::set_text(&dom::part::<Element>(item, "says"), &says(&entry.client));
        dom::set_text(&dom::part::<Element>(item, "line"), &lines(&entry.lines));
        match &entry.outcome {
            Outcome::Doubtful { candidates, taken } => {
                show_candidates(item, candidates, taken, under_way.choices.decision(at));
            }
            outcome => {
                let takes = under_way.choices.takes(at);
                dom::part::<HtmlInputElement>(item, "take").set_checked(takes);
                if let Outcome::Changed { changes, .. } = outcome {
                    let takes_field = |field: &str| under_way.choices.takes_field(at, field);
                    show_changes(&dom::part(item, "changes"), changes, takes, takes_field);
                }
            }
        }
    }
}

fn show_changes(list: &Element, changes: &[FieldChange], takes: bool, takes_field: impl Fn(&str) -> bool) {
    let items = dom::items(list, "import-change", changes.len());
    for (item, change) in items.iter().zip(changes) {
        let take: HtmlInputElement = dom::part(item, "take");
        dom::set_attribute(&take, "data-field", &change.field);
        take.set_checked(takes && takes_field(&change.field));
        take.set_disabled(!takes);
        dom::set_text(&dom::part::<Element>(item, "field"), &field_name(&change.field));
        let (gone, new) = difference(&change.before, &change.after);
        dom::show_text(&dom::part(item, "gone"), &gone.join("; "));
        dom::show_text(&dom::part(item, "new"), &new.join("; "));
    }
}

fn show_candidates(
    item: &Element,
    candidates: &[Candidate],
    taken: &[TakenAddress],
    decision: Option<&Decision>,
) {
    let select: HtmlElement = dom::part(item, "decision");
    let options = dom::items(&select, "import-option", candidates.len() + 2);
    let merges = candidates.iter().enumerate().map(|(at, candidate)| {
        let left_out = left_out(taken, Some(&candidate.whom));
        let words = format!("The same as {} ({}){left_out}", candidate.name, candidate.why);
        (at.to_string(), words)
    });
    let fixed = [
        ("leave".to_owned(), "Leave out".to_owned()),
        (
            "new".to_owned(),
            format!("Add as somebody new{}", left_out(taken, None)),
        ),
    ];
    for (option, (value, words)) in options.iter().zip(fixed.into_iter().chain(merges)) {
        dom::set_attribute(option, "value", &value);
        dom::set_text(option, &words);
    }
    let merged_with = |whom: &Whom| candidates.iter().position(|candidate| candidate.whom == *whom);
    let chosen = match decision {
        Some(Decision::Take { .. }) => "new".to_owned(),
        Some(Decision::Merge(whom)) => merged_with(whom).map_or("leave".to_owned(), |at| at.to_string()),
        Some(Decision::Leave) | None => "leave".to_owned(),
    };
    field::fill(&select, &chosen);
    let name: Element = dom::part(item, "name");
    let label = format!("What to do with {}", name.text_content().unwrap_or_default());
    dom::set_attribute(&select, "aria-label", &label);
}

fn show_rejected(item: &Element, rejected: &Rejected) {
    let place = wording::joined(", ", [&*lines(&[rejected.line]), &rejected.field]);
    dom::set_text(
        &dom::part::<Element>(item, "place"),
        &wording::sentence_case(&place),
    );
    dom::set_text(&dom::part::<Element>(item, "reason"), &rejected.reason);
}

/// What tells one client of a file from another of the same name.
fn says(client: &Client) -> String {
    let first = |list: &[String]| list.first().cloned().unwrap_or_default();
    let reached = match first(&client.emails) {
        address if address.is_empty() => first(&client.phones),
        address => address,
    };
    wording::joined(" · ", [client.company.as_str(), &reached])
}

/// `line 12`, `lines 12 and 40`.
fn lines(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    format!("{noun} {}", wording::list(&numbers))
}

/// What the page calls a field of the record, where it has it. The key may be any text that a file has.
fn field_name(key: &str) -> String {
    let main: Element = dom::by_id("notebook");
    let find = |selector: &str, attribute: &str| {
        let is_it = |element: &Element| element.get_attribute(attribute).is_some_and(|named| named == key);
        dom::all::<Element>(&main, selector).into_iter().find(is_it)
    };
    let label = find("label [data-key]", "data-key")
        .and_then(|field| field.closest("label").ok()?)
        .and_then(|label| label.first_child()?.text_content());
    let named = || {
        let list = find("[data-list]", "data-list").or_else(|| find("ul[id]", "id"))?;
        list.get_attribute("aria-label")
    };
    let name = label.or_else(named).unwrap_or_else(|| key.replace('_', " "));
    wording::sentence_case(name.trim())
}
