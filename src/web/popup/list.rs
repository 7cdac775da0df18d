//! The listbox below the field: options in groups, one of which is active.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::client::lookup::{Lookup, Marked};
use crate::web::dom;

/// Options under a heading, or under none.
pub(super) struct Group {
    pub(super) heading: &'static str,
    pub(super) entries: Vec<Entry>,
}

/// An option.
pub(super) struct Entry {
    /// The client's number in the lookup.
    pub(super) client: usize,
    pub(super) name: Marked,
    pub(super) company: Marked,
    /// What stands before the reason.
    pub(super) label: String,
    /// Why they are listed, where name and company do not tell.
    pub(super) why: Marked,
}

/// An option as it stands in the list.
struct Choice {
    element: Element,
    /// The client's number in the lookup of which the list is.
    client: usize,
    /// Their key.
    id: String,
}

pub(super) struct List {
    listbox: HtmlElement,
    query: HtmlInputElement,
    options: Vec<Choice>,
    active: Option<usize>,
}

impl List {
    pub(super) fn new(listbox: HtmlElement, query: HtmlInputElement) -> Self {
        Self {
            listbox,
            query,
            options: Vec::new(),
            active: None,
        }
    }

    /// Shows these and no others, none of them active.
    pub(super) fn show(&mut self, lookup: &Lookup, groups: Vec<Group>) {
        self.options.clear();
        let items = dom::items(&self.listbox, "group", groups.len());
        for (item, group) in items.iter().zip(groups) {
            dom::set_text(&dom::part::<Element>(item, "heading"), group.heading);
            let label = if group.heading.is_empty() {
                "Clients"
            } else {
                group.heading
            };
            dom::set_attribute(item, "aria-label", label);
            let options: Element = dom::part(item, "options");
            let options = dom::items(&options, "option", group.entries.len());
            for (option, entry) in options.into_iter().zip(group.entries) {
                let id = lookup.head(entry.client).id().to_owned();
                dom::set_attribute(&option, "id", &format!("option-{}", self.options.len()));
                dom::set_attribute(&option, "data-client", &id);
                show_marked(&dom::part(&option, "name"), "", &entry.name);
                show_marked(&dom::part(&option, "company"), "", &entry.company);
                show_marked(&dom::part(&option, "why"), &entry.label, &entry.why);
                self.options.push(Choice {
                    element: option,
                    client: entry.client,
                    id,
                });
            }
        }
        let none = self.options.is_empty();
        self.listbox.set_hidden(none);
        dom::set_attribute(&self.query, "aria-expanded", if none { "false" } else { "true" });
    }

    /// Makes an option the active one; past the last means the last.
    pub(super) fn activate(&mut self, at: Option<usize>) {
        let last = self.options.len().checked_sub(1);
        self.active = at.and_then(|at| Some(at.min(last?)));
        for (at, Choice { element: option, .. }) in self.options.iter().enumerate() {
            let is_active = self.active == Some(at);
            dom::set_attribute(option, "aria-selected", if is_active { "true" } else { "false" });
            if is_active {
                dom::set_attribute(&self.query, "aria-activedescendant", &option.id());
            }
        }
        if self.active.is_none() {
            self.query.remove_attribute("aria-activedescendant").ok();
        }
    }

    /// Brings the active option into sight. The browser lays the page out for that, so it comes after all that
    /// is shown.
    pub(super) fn scroll_to_active(&self) {
        if let Some(option) = self.active.and_then(|at| self.options.get(at)) {
            dom::scroll_near(&option.element);
        }
    }

    pub(super) fn active(&self) -> Option<usize> {
        self.active
    }

    /// The key of the active option's client.
    pub(super) fn active_client(&self) -> Option<&str> {
        Some(self.options.get(self.active?)?.id.as_str())
    }

    /// The number of the active option's client in the lookup that was listed.
    pub(super) fn active_number(&self) -> Option<usize> {
        Some(self.options.get(self.active?)?.client)
    }

    /// Where this client stands in the list.
    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.options.iter().position(|option| option.id == id)
    }
}

/// Shows a text with its matching letters marked.
fn show_marked(element: &Element, before: &str, marked: &Marked) {
    if marked.marks.is_empty() {
        dom::set_text(element, &format!("{before}{}", marked.text));
        return;
    }
    element.set_text_content(None);
    let plain = |text: &str| {
        if !text.is_empty() {
            dom::append(element, &dom::document().create_text_node(text));
        }
    };
    plain(before);
    let mut end = 0;
    for range in &marked.marks {
        plain(&marked.text[end..range.start]);
        let mark: Element = dom::stamp("mark");
        dom::set_text(&mark, &marked.text[range.clone()]);
        dom::append(element, &mark);
        end = range.end;
    }
    plain(&marked.text[end..]);
}
