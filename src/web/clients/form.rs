//! The form of one client's card: what each field shows, and what was changed in it.
//!
//! The markup says which key of the record each field is of. Only what was changed is written: what another
//! page writes into the same client meanwhile shows up in every field that was not touched here, and stays.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, HtmlElement};

use super::field;
use super::rows::{self, Rows};
use crate::Client;
use crate::client::Other as Record;
use crate::web::record_edits::{self, Column, Edits};
use crate::web::{browser, dom};

#[derive(Debug)]
pub(super) struct Form {
    card: Rc<RefCell<Card>>,
    sections: Vec<Section>,
    trouble: HtmlElement,
}

#[derive(Debug)]
struct Card {
    fields: Vec<Field>,
    lists: Vec<Rows>,
    /// Whether somebody is shown.
    is_shown: bool,
}

#[derive(Debug)]
struct Field {
    column: Column,
    element: HtmlElement,
    /// What it showed before anybody typed.
    shown: String,
}

/// A part of the form that folds, and says in its heading what is in it.
#[derive(Debug)]
struct Section {
    details: Element,
    digest: HtmlElement,
}

/// A press on a button of a list.
#[derive(Debug)]
pub(super) enum Press {
    Add(String),
    Remove(String, usize),
}

/// Why what is typed cannot be saved, and where.
#[derive(Debug)]
pub(super) struct Refusal {
    words: String,
    field: HtmlElement,
}

impl Form {
    pub(super) fn new() -> Self {
        let form: Element = dom::by_id("form");
        let fields = dom::all(&form, "[data-key]")
            .into_iter()
            .map(|element: HtmlElement| Field {
                column: field::column(&element),
                element,
                shown: String::new(),
            });
        let sections = dom::all(&form, "details")
            .into_iter()
            .map(|details: Element| Section {
                digest: dom::part(&details, "digest"),
                details,
            });
        Self {
            card: Rc::new(RefCell::new(Card {
                fields: fields.collect(),
                lists: dom::all(&form, "[data-list]")
                    .into_iter()
                    .map(Rows::new)
                    .collect(),
                is_shown: false,
            })),
            sections: sections.collect(),
            trouble: dom::by_id("form-trouble"),
        }
    }

    /// Lets go of who was shown, with what was typed and not saved.
    pub(super) fn forget(&mut self) {
        let mut card = self.card.borrow_mut();
        card.is_shown = false;
        card.lists.iter_mut().for_each(Rows::forget);
        drop(card);
        self.say_trouble("");
    }

    /// Tells at any time whether something is typed that is not saved.
    pub(super) fn unsaved(&self) -> impl Fn() -> bool + 'static {
        let card = Rc::clone(&self.card);
        move || card.borrow().is_changed()
    }

    /// Shows a client; a field that was changed by hand keeps what is typed in it.
    pub(super) fn show(&mut self, client: &Client) {
        let Some(today) = browser::local_time("") else {
            return;
        };
        let record = Record::from(client.clone());
        let mut card = self.card.borrow_mut();
        let was_shown = std::mem::replace(&mut card.is_shown, true);
        for field in &mut card.fields {
            let now = record_edits::shown(&record, &field.column, today);
            if !was_shown || !field.is_changed() {
                field::fill(&field.element, &now);
            }
            field.shown = now;
        }
        for list in &mut card.lists {
            list.show(&record, today);
        }
        for section in &self.sections {
            let is_in = |element: &Element| section.details.contains(Some(element));
            let fields = card.fields.iter().filter(|field| is_in(&field.element));
            let fields: Vec<&Column> = fields.map(|field| &field.column).collect();
            let lists = card.lists.iter().filter(|list| is_in(list.list()));
            let lists: Vec<(&str, &[Column])> = lists.map(|list| (list.key(), list.columns())).collect();
            let digest = record_edits::digest(&record, &fields, &lists, today);
            dom::set_text(&section.digest, &cut(&digest));
        }
    }

    /// What was changed, or why it cannot be saved.
    pub(super) fn edits(&self) -> Result<Edits, Refusal> {
        let mut card = self.card.borrow_mut();
        let today = browser::local_time("").ok_or_else(|| Refusal {
            words: "This browser does not tell which day it is.".to_owned(),
            field: self.trouble.clone(),
        })?;
        let mut edits = Edits {
            fields: Vec::new(),
            lists: Vec::new(),
            today,
        };
        let mut scratch = Record::new();
        for field in &card.fields {
            let typed = field::typed(&field.element);
            let checked = match (field.column.key.as_str(), typed.trim()) {
                ("name", "") => Err("A client needs a name.".to_owned()),
                ("timezone", zone) if !zone.is_empty() && browser::local_time(zone).is_none() => Err(
                    format!("This browser knows no time zone “{zone}”; they read like Europe/London."),
                ),
                _ if field.is_changed() => record_edits::put(&mut scratch, &field.column, &typed, today),
                _ => Ok(()),
            };
            checked.map_err(|words| Refusal {
                words,
                field: field.element.clone(),
            })?;
            if field.is_changed() {
                edits.fields.push((field.column.clone(), typed));
            }
        }
        for list in card.lists.iter_mut().filter(|list| list.is_changed()) {
            let changed = list
                .edits(today)
                .map_err(|(words, field)| Refusal { words, field })?;
            edits.lists.push(changed);
        }
        Ok(edits)
    }

    /// Puts the focus into the first field.
    pub(super) fn focus(&self) {
        if let Some(first) = self.card.borrow().fields.first() {
            dom::focus(&first.element);
        }
    }

    /// What a press in the form asks of a list.
    pub(super) fn pressed(event: &web_sys::Event) -> Option<Press> {
        let target = rows::target(event)?;
        if let Some(add) = target.closest("[data-add]").ok()? {
            return add.get_attribute("data-add").map(Press::Add);
        }
        target.closest("[data-part='remove']").ok()??;
        let (list, row) = rows::row_of(&target)?;
        Some(Press::Remove(list, row))
    }

    /// Adds a row to a list, or takes one out.
    pub(super) fn press(&mut self, press: &Press) {
        let (Press::Add(key) | Press::Remove(key, _)) = press;
        let mut card = self.card.borrow_mut();
        let Some(list) = card.lists.iter_mut().find(|list| list.key() == key) else {
            return;
        };
        let has_focus = match press {
            Press::Add(_) => {
                list.add();
                true
            }
            Press::Remove(_, row) => list.remove(*row),
        };
        if !has_focus
            && let Some(add) =
                dom::all::<HtmlElement>(&dom::by_id("form"), &format!("[data-add='{key}']")).first()
        {
            dom::focus(add);
        }
    }

    /// Says why the form cannot be saved, and leads there.
    pub(super) fn refuse(&self, refusal: &Refusal) {
        self.say_trouble(&refusal.words);
        if let Ok(Some(folded)) = refusal.field.closest("details") {
            dom::set_attribute(&folded, "open", "");
        }
        dom::focus(&refusal.field);
    }

    /// Says why the form could not be saved; an empty text says that all is well.
    pub(super) fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }
}

impl Card {
    fn is_changed(&self) -> bool {
        self.is_shown
            && (self.fields.iter().any(Field::is_changed) || self.lists.iter().any(Rows::is_changed))
    }
}

impl Field {
    fn is_changed(&self) -> bool {
        field::typed(&self.element) != self.shown
    }
}

/// As much as a line can show.
fn cut(digest: &str) -> String {
    const MOST: usize = 200;
    digest.chars().take(MOST).collect()
}
