//! One field of the page, whichever kind of element it is.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

use crate::web::record_edits::{Column, Kind};

/// What of the record stands in a field, as its markup says.
pub(super) fn column(field: &HtmlElement) -> Column {
    Column {
        key: field.get_attribute("data-key").unwrap_or_default(),
        kind: Kind::named(field.get_attribute("data-kind").as_deref()),
    }
}

/// What is typed or chosen in it; of a box to check `on`, or nothing.
pub(super) fn typed(field: &HtmlElement) -> String {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" if !input.checked() => String::new(),
            _ => input.value(),
        }
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.value()
    } else {
        field
            .dyn_ref::<HtmlSelectElement>()
            .map_or_else(String::new, HtmlSelectElement::value)
    }
}

/// Puts a text in it, and leaves it alone where that stands there: the caret stays where it is.
pub(super) fn fill(field: &HtmlElement, text: &str) {
    if typed(field) == text {
        return;
    }
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" => input.set_checked(!text.is_empty()),
            _ => input.set_value(text),
        }
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(text);
    } else if let Some(select) = field.dyn_ref::<HtmlSelectElement>() {
        select.set_value(text);
    }
}

/// What is typed in it without space around it; the field is empty then.
pub(super) fn take(field: &HtmlElement) -> String {
    let text = typed(field).trim().to_owned();
    fill(field, "");
    text
}
