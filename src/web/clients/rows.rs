//! A list in the form of a card: people, days, projects, addresses, a row of fields for each.

use serde_json::{Map, Value};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::field;
use crate::client::{Occasion, Other as Record};
use crate::draft::LocalTime;
use crate::web::record_edits::{self, Column, ListEdits};
use crate::web::{dom, wording};

#[derive(Debug)]
pub(super) struct Rows {
    key: String,
    list: HtmlElement,
    /// The id of the template of a row.
    template: String,
    columns: Vec<Column>,
    items: Vec<Row>,
    /// Entries that were taken out by hand and are not gone from the record yet.
    removed: Vec<Value>,
}

#[derive(Debug)]
struct Row {
    item: Element,
    /// The entry as it stands in the record; none for one that was added by hand.
    before: Option<Value>,
    /// What each field showed before anybody typed.
    shown: Vec<String>,
    /// The entry as it was last asked to be saved.
    asked: Option<Value>,
}

impl Rows {
    /// The rows of a list of the page, which names its key in the record and the template of its rows.
    pub(super) fn new(list: HtmlElement) -> Self {
        let attribute = |name: &str| list.get_attribute(name).unwrap_or_default();
        let template = attribute("data-row");
        let columns = fields(&dom::stamp(&template)).iter().map(field::column).collect();
        Self {
            key: attribute("data-list"),
            list,
            template,
            columns,
            items: Vec::new(),
            removed: Vec::new(),
        }
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(super) fn list(&self) -> &HtmlElement {
        &self.list
    }

    /// Whether something was changed by hand.
    pub(super) fn is_changed(&self) -> bool {
        !self.removed.is_empty() || self.items.iter().any(Row::is_changed)
    }

    /// Shows what a record has; what was changed by hand and is not saved stays.
    pub(super) fn show(&mut self, record: &Record, today: LocalTime) {
        let entries = record_edits::entries(record, &self.key);
        self.settle(entries, today);
        if self.is_changed() {
            return;
        }
        let entries: Vec<&Map<String, Value>> = entries.iter().filter_map(Value::as_object).collect();
        let items = dom::items(&self.list, &self.template, entries.len());
        let rows = items.into_iter().zip(entries);
        self.items = rows
            .map(|(item, entry)| {
                let shown = self.texts(entry, today);
                for (field, text) in fields(&item).iter().zip(&shown) {
                    field::fill(field, text);
                }
                name_remove(&item, &shown);
                let now: HtmlElement = dom::part(&item, "now");
                dom::show_text(&now, &now_words(&self.key, entry, today));
                Row {
                    item,
                    before: Some(Value::Object(entry.clone())),
                    shown,
                    asked: None,
                }
            })
            .collect();
    }

    /// Lets go of who was shown.
    pub(super) fn forget(&mut self) {
        self.items.clear();
        self.removed.clear();
    }

    /// Takes for unchanged what has been saved meanwhile.
    fn settle(&mut self, entries: &[Value], today: LocalTime) {
        self.removed.retain(|before| entries.contains(before));
        for at in 0..self.items.len() {
            let asked = self.items[at].asked.take_if(|asked| entries.contains(asked));
            if let Some(Value::Object(entry)) = asked {
                self.items[at].shown = self.texts(&entry, today);
                self.items[at].before = Some(Value::Object(entry));
            }
        }
        // A row that was emptied by hand, and is gone from the record now.
        self.items.retain(|row| {
            let is_gone = row
                .before
                .as_ref()
                .is_some_and(|before| !entries.contains(before))
                && row.is_empty();
            if is_gone {
                row.item.remove();
            }
            !is_gone
        });
    }

    fn texts(&self, entry: &Record, today: LocalTime) -> Vec<String> {
        let columns = self.columns.iter();
        columns
            .map(|column| record_edits::shown(entry, column, today))
            .collect()
    }

    /// Adds an empty row, to be written in.
    pub(super) fn add(&mut self) {
        let item: Element = dom::stamp(&self.template);
        dom::append(&self.list, &item);
        let shown = vec![String::new(); self.columns.len()];
        name_remove(&item, &shown);
        dom::part::<HtmlElement>(&item, "now").set_hidden(true);
        if let Some(first) = fields(&item).first() {
            dom::focus(first);
        }
        self.items.push(Row {
            item,
            before: None,
            shown,
            asked: None,
        });
    }

    /// Takes a row out. The focus goes to the one in its place; gives back whether there is one.
    pub(super) fn remove(&mut self, at: usize) -> bool {
        if at >= self.items.len() {
            return false;
        }
        let row = self.items.remove(at);
        row.item.remove();
        self.removed.extend(row.before);
        let next = self.items.get(at).or(self.items.last());
        let next = next.and_then(|row| fields(&row.item).into_iter().next());
        if let Some(next) = &next {
            dom::focus(next);
        }
        next.is_some()
    }

    /// What was changed by hand, to be saved, or why it cannot be and in which field.
    pub(super) fn edits(&mut self, today: LocalTime) -> Result<ListEdits, (String, HtmlElement)> {
        let mut edits = ListEdits {
            key: self.key.clone(),
            removed: self.removed.clone(),
            ..ListEdits::default()
        };
        for row in self.items.iter_mut().filter(|row| row.is_changed()) {
            if row.is_empty() {
                edits.removed.extend(row.before.clone());
                continue;
            }
            let fields = fields(&row.item);
            let mut entry = match &row.before {
                Some(Value::Object(entry)) => entry.clone(),
                _ => Map::new(),
            };
            for ((column, shown), field) in self.columns.iter().zip(&row.shown).zip(&fields) {
                let typed = field::typed(field);
                if typed != *shown {
                    record_edits::put(&mut entry, column, &typed, today)
                        .map_err(|words| (words, field.clone()))?;
                }
            }
            let entry = record_edits::as_kept(&self.key, entry);
            row.asked = Some(entry.clone());
            match &row.before {
                Some(before) => edits.changed.push((before.clone(), entry)),
                None => edits.added.push(entry),
            }
        }
        Ok(edits)
    }
}

impl Row {
    fn is_empty(&self) -> bool {
        fields(&self.item)
            .iter()
            .all(|field| field::typed(field).trim().is_empty())
    }

    fn is_changed(&self) -> bool {
        let fields = fields(&self.item);
        fields
            .iter()
            .zip(&self.shown)
            .any(|(field, shown)| field::typed(field) != *shown)
    }
}

fn fields(item: &Element) -> Vec<HtmlElement> {
    dom::all(item, "[data-key]")
}

/// Says on the button that takes a row out whose it is.
fn name_remove(item: &Element, shown: &[String]) {
    let name = shown.iter().find(|text| !text.is_empty());
    let words = format!("Remove {}", name.map_or("this entry", String::as_str));
    dom::set_attribute(&dom::part::<Element>(item, "remove"), "aria-label", &words);
}

/// What is so today: how old a person is, how soon a day comes.
fn now_words(key: &str, entry: &Record, today: LocalTime) -> String {
    match key {
        "people" => match record_edits::age(entry, today) {
            age if age.is_empty() => age,
            age => format!("{age} now"),
        },
        "dates" => {
            let days = Occasion::from(entry.clone()).days_until(today);
            days.map(wording::in_days).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The row that an event happened in: its list's key, and its number there.
pub(super) fn row_of(target: &Element) -> Option<(String, usize)> {
    let list = target.closest("[data-list]").ok()??;
    Some((list.get_attribute("data-list")?, number_of(target)?))
}

/// The number of the list's item that an event happened in.
pub(super) fn number_of(target: &Element) -> Option<usize> {
    let item = target.closest("li").ok()??;
    let items = item.parent_element()?.children();
    let at = (0..items.length()).find(|&at| items.item(at).as_ref() == Some(&item))?;
    Some(at as usize)
}

/// The element that an event happened on.
pub(super) fn target(event: &web_sys::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}
