//! The region *In this draft*: one button for each finding, and below them what to do about the one
//! that is looked at.
//!
//! All details share one place as large as the largest of them, so that nothing moves under the
//! pointer while it passes over the list.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::checks;
use crate::report::Finding;
use crate::web::boundary::Tone;
use crate::web::{dom, wording};

#[derive(Debug)]
pub(super) struct FindingList {
    list: Element,
    details: Element,
    /// Where the focus goes when the last finding is gone.
    heading: HtmlElement,
    rows: Vec<Row>,
    open: Option<u32>,
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
        Self {
            list: dom::by_id("findings"),
            details: dom::by_id("details"),
            heading: dom::by_id("draft-heading"),
            rows: Vec::new(),
            open: None,
        }
    }

    /// The element whose events tell which finding is pressed or pointed at.
    pub(super) fn target(&self) -> &Element {
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

    /// Shows these findings. Rows of unchanged findings stay the nodes they are, and keep the focus.
    pub(super) fn show(&mut self, findings: &[(u32, &Finding)]) {
        let focused = dom::focused();
        let looked_at = self.rows.iter().position(|row| {
            focused
                .as_ref()
                .is_some_and(|focused| row.item.contains(Some(focused)))
        });

        self.rows.retain(|row| {
            let stays = findings.iter().any(|&(id, _)| id == row.id);
            if !stays {
                row.item.remove();
                row.detail.remove();
            }
            stays
        });
        for (index, &(id, finding)) in findings.iter().enumerate() {
            let at = self.rows.iter().position(|row| row.id == id).unwrap_or_else(|| {
                self.rows.push(Row::new(id, &self.details));
                self.rows.len() - 1
            });
            let row = self.rows.remove(at);
            row.show(finding);
            let here = self.list.children().item(index as u32);
            if here.as_ref() != Some(&row.item) {
                self.list
                    .insert_before(&row.item, here.as_deref())
                    .expect("unreachable: `here` stands in the list");
            }
            self.rows.insert(index, row);
        }

        let open = self
            .open
            .filter(|&open| self.rows.iter().any(|row| row.id == open));
        self.open(open.or_else(|| self.rows.first().map(|row| row.id)));
        if let Some(index) = looked_at
            && !dom::focused().is_some_and(|focused| self.list.contains(Some(&focused)))
        {
            let next = self.rows.get(index).or(self.rows.last());
            dom::focus(next.map_or(&self.heading, |row| &row.button));
        }
    }

    /// Shows what to do about this finding, or about none.
    pub(super) fn open(&mut self, id: Option<u32>) {
        self.open = id;
        for row in &self.rows {
            let is_open = Some(row.id) == id;
            for element in [&row.item, &row.detail] {
                element.class_list().toggle_with_force("open", is_open).ok();
            }
        }
    }
}

impl Row {
    fn new(id: u32, details: &Element) -> Self {
        let item: HtmlElement = dom::stamp("finding");
        dom::set_attribute(&item, "data-finding", &id.to_string());
        let detail: HtmlElement = dom::stamp("detail");
        let reason: HtmlElement = dom::part(&detail, "reason");
        reason.set_id(&format!("why-{id}"));
        let button = item
            .first_element_child()
            .and_then(|button| button.dyn_into().ok());
        let button: HtmlElement = button.expect("unreachable: the template holds a button");
        dom::set_attribute(&button, "aria-describedby", &reason.id());
        dom::append(details, &detail);
        Self {
            id,
            item,
            button,
            detail,
        }
    }

    fn show(&self, finding: &Finding) {
        let check = checks::by_name(finding.rule);
        dom::set_attribute(&self.item, "data-tone", Tone::of(finding).name());
        dom::set_attribute(&self.button, "aria-label", &finding.message());
        dom::set_text(&dom::part::<Element>(&self.item, "headline"), &finding.headline);
        dom::set_text(&dom::part::<Element>(&self.detail, "advice"), &finding.advice);
        if let Some(check) = check {
            dom::set_text(&dom::part::<Element>(&self.detail, "why"), check.why);
            dom::set_text(
                &dom::part::<Element>(&self.detail, "source"),
                &source(check.source),
            );
        }
    }
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
