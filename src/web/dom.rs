//! Finding and filling the nodes of our own pages.
//!
//! The markup stands in the HTML files beside the scripts and is shipped with them: a node that is
//! missing is a mistake in the extension, never in its input, so looking for one does not return.

use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{
    Document, Element, Event, HtmlElement, HtmlTemplateElement, Node, ScrollIntoViewOptions,
    ScrollLogicalPosition, Window,
};

/// The page's window.
pub(super) fn window() -> Window {
    web_sys::window().expect_throw("unreachable: only pages run this, never a worker")
}

/// The page's document.
pub(super) fn document() -> Document {
    window()
        .document()
        .expect_throw("unreachable: a page has a document")
}

/// The page's element with this id.
pub(super) fn by_id<T: JsCast>(id: &str) -> T {
    let element = document().get_element_by_id(id);
    typed(element, id)
}

/// The part of a stamped template marked `data-part="name"`.
pub(super) fn part<T: JsCast>(root: &Element, name: &str) -> T {
    let element = root.query_selector(&format!("[data-part='{name}']"));
    typed(element.ok().flatten(), name)
}

/// All elements within this one that a selector finds, in the order of the page.
pub(super) fn all<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
    let found = root
        .query_selector_all(selector)
        .expect_throw("unreachable: the selector is valid");
    (0..found.length())
        .filter_map(|at| found.item(at)?.dyn_into().ok())
        .collect()
}

/// The attribute of the element that has it, among the one an event happened on and those around it.
pub(super) fn attribute_at(event: &Event, attribute: &str) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let element = target.closest(&format!("[{attribute}]")).ok()??;
    element.get_attribute(attribute)
}

/// A copy of the one element in the page's template with this id.
pub(super) fn stamp<T: JsCast>(template: &str) -> T {
    let first = by_id::<HtmlTemplateElement>(template)
        .content()
        .first_element_child();
    let copy = first.and_then(|first| first.clone_node_with_deep(true).ok());
    typed(copy, template)
}

fn typed<T: JsCast>(node: Option<impl JsCast>, name: &str) -> T {
    node.and_then(|node| node.dyn_into().ok())
        .unwrap_or_else(|| panic!("the page has no `{name}` of the right kind"))
}

/// Sets a node's text, and leaves it alone when it already says so: what does not change does not
/// flicker, is not announced and keeps a selection.
pub(super) fn set_text(node: &Node, text: &str) {
    if node.text_content().as_deref() != Some(text) {
        node.set_text_content(Some(text));
    }
}

/// Shows these words, or nothing where there are none.
pub(super) fn show_text(element: &HtmlElement, text: &str) {
    set_text(element, text);
    element.set_hidden(text.is_empty());
}

/// Sets an attribute; the names used here are all valid.
pub(super) fn set_attribute(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        element
            .set_attribute(name, value)
            .expect_throw("unreachable: the name is valid");
    }
}

/// A list's items, as many as wanted: those that stand in it stay, copies of a template are added.
pub(super) fn items(list: &Element, template: &str, count: usize) -> Vec<Element> {
    let mut items = Vec::with_capacity(count);
    let mut next = list.first_element_child();
    while let Some(item) = next {
        next = item.next_element_sibling();
        if items.len() < count {
            items.push(item);
        } else {
            item.remove();
        }
    }
    while items.len() < count {
        let item: Element = stamp(template);
        append(list, &item);
        items.push(item);
    }
    items
}

/// Fills a list with one item for each text.
pub(super) fn list_texts(list: &Element, texts: &[&str]) {
    for (item, text) in items(list, "item", texts.len()).iter().zip(texts) {
        set_text(item, text);
    }
}

/// Appends a node that stands nowhere else.
pub(super) fn append(parent: &Node, child: &Node) {
    parent
        .append_child(child)
        .expect_throw("unreachable: the child is no ancestor");
}

/// The element that has the focus.
pub(super) fn focused() -> Option<Element> {
    document().active_element()
}

/// Whether the keyboard is this page's, and not that of the page around its frame.
pub(super) fn has_focus() -> bool {
    document().has_focus().unwrap_or_default()
}

/// Moves the focus; an element that cannot take it leaves it where it is.
pub(super) fn focus(element: &HtmlElement) {
    element.focus().ok();
}

/// The link that dials a number as it is noted: `tel:+12125550117` for `+1 (212) 555-0117`.
pub(super) fn dial(phone: &str) -> String {
    let digits = |char: &char| char.is_ascii_digit() || matches!(char, '+' | '*' | '#' | ',' | ';');
    format!("tel:{}", phone.chars().filter(digits).collect::<String>())
}

/// Scrolls the page until the element stands in its middle.
pub(super) fn scroll_to_middle(element: &Element) {
    let middle = ScrollIntoViewOptions::new();
    middle.set_block(ScrollLogicalPosition::Center);
    element.scroll_into_view_with_scroll_into_view_options(&middle);
}

/// Scrolls its list as little as shows all of the element.
pub(super) fn scroll_near(element: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// For how many milliseconds the page has stood, by a clock that nobody can put back.
pub(super) fn uptime() -> f64 {
    window()
        .performance()
        .map_or(0.0, |performance| performance.now())
}

/// Notes in the page's timeline that it has come this far.
pub(super) fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // A browser that keeps no timeline misses nothing.
        performance.mark(name).ok();
    }
}
