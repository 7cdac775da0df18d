//! The region *In this draft*: one button for each finding, which opens to why it matters, what to do
//! about it, and what the user may do with it.
//!
//! Findings stand by section of the guide, and open and close one by one: whatever is pressed, nothing
//! above it moves.

use web_sys::{Element, HtmlAnchorElement, HtmlElement};

use super::choices::Choices;
use crate::checks::{self, Section};
use crate::report::Finding;
use crate::web::boundary::Tone;
use crate::web::{dom, wording};

/// With more findings than this, each section has its heading, and none stands open at first: what is
/// below the list stays in view.
const FEW: usize = 4;

#[derive(Debug)]
pub(super) struct FindingList {
    list: HtmlElement,
    groups: Vec<Group>,
    /// Where the focus goes when the last finding is gone.
    heading: HtmlElement,
    /// In the order in which they are shown.
    rows: Vec<Row>,
    /// Whether a finding was ever shown in this mail: the first one of few stands open.
    begun: bool,
}

/// The findings of one section.
#[derive(Debug)]
struct Group {
    element: HtmlElement,
    rows: Element,
}

#[derive(Debug)]
struct Row {
    id: u32,
    item: HtmlElement,
    button: HtmlElement,
    detail: HtmlElement,
}

impl FindingList {
    pub(super) fn new() -> Self {
        let list: HtmlElement = dom::by_id("findings");
        let groups = Section::ALL.iter().map(|&section| {
            let element: HtmlElement = dom::stamp("group");
            dom::set_attribute(&element, "aria-label", section.title());
            dom::set_text(&dom::part::<Element>(&element, "title"), section.title());
            element.set_hidden(true);
            dom::append(&list, &element);
            Group {
                rows: dom::part(&element, "rows"),
                element,
            }
        });
        Self {
            groups: groups.collect(),
            list,
            heading: dom::by_id("draft-heading"),
            rows: Vec::new(),
            begun: false,
        }
    }

    /// The element whose events tell which finding is pressed or pointed at.
    pub(super) fn target(&self) -> &HtmlElement {
        &self.list
    }

    /// The finding whose row a node stands in.
    pub(super) fn finding_of(node: &Element) -> Option<u32> {
        node.closest("[data-finding]")
            .ok()??
            .get_attribute("data-finding")?
            .parse()
            .ok()
    }

    /// Another mail is written now: its first finding stands open again.
    pub(super) fn begin_anew(&mut self) {
        self.begun = false;
    }

    /// Shows these findings. Rows of unchanged findings stay the nodes they are, open or closed, and keep
    /// the focus.
    pub(super) fn show<'f>(&mut self, findings: impl Iterator<Item = (u32, &'f Finding, &'f Choices)>) {
        let findings: Vec<_> = findings.collect();
        let of_group = |group| {
            findings
                .iter()
                .filter(move |(_, finding, _)| group_of(finding) == group)
        };
        let findings: Vec<_> = (0..Section::ALL.len()).flat_map(of_group).copied().collect();
        let looked_at = self.row_with_focus();

        self.rows.retain(|row| {
            let stays = findings.iter().any(|(id, _, _)| *id == row.id);
            if !stays {
                row.item.remove();
            }
            stays
        });
        let mut filled = [0; Section::ALL.len()];
        for (index, &(id, finding, choices)) in findings.iter().enumerate() {
            let at = self.rows.iter().position(|row| row.id == id).unwrap_or_else(|| {
                self.rows.push(Row::new(id));
                self.rows.len() - 1
            });
            let row = self.rows.remove(at);
            row.show(finding, choices);
            let group = group_of(finding);
            let list = &self.groups[group].rows;
            let here = list.children().item(filled[group]);
            if here.as_ref() != Some(&row.item) {
                list.insert_before(&row.item, here.as_deref())
                    .expect("unreachable: `here` stands in the list");
            }
            filled[group] += 1;
            self.rows.insert(index, row);
        }
        for (group, filled) in self.groups.iter().zip(filled) {
            group.element.set_hidden(filled == 0);
        }
        self.list
            .class_list()
            .toggle_with_force("many", self.rows.len() > FEW)
            .ok();

        if let Some(first) = self.rows.first()
            && !std::mem::replace(&mut self.begun, true)
        {
            first.open(self.rows.len() <= FEW);
        }
        if let Some(index) = looked_at
            && !dom::focused().is_some_and(|focused| self.list.contains(Some(&focused)))
        {
            let next = self.rows.get(index).or(self.rows.last());
            dom::focus(next.map_or(&self.heading, |row| &row.button));
        }
    }

    /// Opens a finding, or closes it.
    pub(super) fn turn(&self, id: u32) {
        if let Some(row) = self.rows.iter().find(|row| row.id == id) {
            row.open(row.detail.hidden());
        }
    }

    /// The row that the user is in, who may be writing in the page instead: the focus there is not ours.
    fn row_with_focus(&self) -> Option<usize> {
        let focused = dom::focused().filter(|_| dom::has_focus())?;
        self.rows.iter().position(|row| row.item.contains(Some(&focused)))
    }
}

impl Row {
    fn new(id: u32) -> Self {
        let item: HtmlElement = dom::stamp("finding");
        dom::set_attribute(&item, "data-finding", &id.to_string());
        let button: HtmlElement = dom::part(&item, "finding");
        let detail: HtmlElement = dom::part(&item, "detail");
        detail.set_id(&format!("detail-{id}"));
        dom::set_attribute(&button, "aria-controls", &detail.id());
        let headline: Element = dom::part(&item, "headline");
        headline.set_id(&format!("headline-{id}"));
        dom::set_attribute(
            &dom::part::<Element>(&item, "actions"),
            "aria-labelledby",
            &headline.id(),
        );
        Self {
            id,
            item,
            button,
            detail,
        }
    }

    fn open(&self, open: bool) {
        self.detail.set_hidden(!open);
        dom::set_attribute(&self.button, "aria-expanded", if open { "true" } else { "false" });
    }

    fn show(&self, finding: &Finding, choices: &Choices) {
        dom::set_attribute(&self.item, "data-tone", Tone::of(finding).name());
        dom::set_attribute(&self.button, "aria-label", &finding.message());
        let part = |name| dom::part::<HtmlElement>(&self.item, name);
        dom::set_text(&part("headline"), &finding.headline);
        dom::set_text(&part("advice"), &finding.advice);
        if let Some(check) = checks::by_name(finding.rule) {
            dom::set_text(&part("why"), check.why);
            dom::set_text(&part("source"), &source(check.source));
        }
        let plain = choices.plain.as_ref();
        dom::show_text(
            &part("replace"),
            &plain.map_or(String::new(), |plain| format!("Replace with “{plain}”")),
        );
        let knower = choices.knower.as_ref();
        dom::show_text(
            &part("known"),
            &knower.map_or(String::new(), |knower| format!("{} knows this", knower.name)),
        );
        part("here").set_hidden(choices.here.is_none());
        dom::part::<HtmlAnchorElement>(&self.item, "settings")
            .set_href(&format!("options.html#{}", finding.rule));
    }
}

/// The place of a finding's section in the guide.
fn group_of(finding: &Finding) -> usize {
    let section = checks::by_name(finding.rule).map(|check| check.section);
    Section::ALL
        .iter()
        .position(|one| Some(*one) == section)
        .unwrap_or_default()
}

/// Who gave this advice, for the letters of a check's source: `Jeremy Girard, The Pastry Box Project`.
fn source(letters: &str) -> String {
    const AUTHORS: [(&str, &str); 5] = [
        ("S", "Jeremy Girard"),
        ("P", "The Pastry Box Project"),
        ("F", "Mike Figliuolo"),
        ("T", "Take Care of Your Clients"),
        ("G", "What is Good Client Service?"),
    ];
    let author = |letter: &str| AUTHORS.iter().find(|(known, _)| *known == letter.trim());
    let authors = letters.split(',').filter_map(author).map(|&(_, author)| author);
    wording::joined(", ", authors)
}
