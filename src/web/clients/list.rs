//! Everybody in the notebook, by name or by what is typed in the field above.

use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::Client;
use crate::client::lookup::Lookup;
use crate::web::{browser, dom, wording};

/// As many are listed at a time: a page of ten thousand is slow, and nobody reads it.
const STEP: usize = 200;

#[derive(Debug)]
pub(super) struct List {
    side: HtmlElement,
    filter: HtmlInputElement,
    rows: HtmlElement,
    none: HtmlElement,
    more: HtmlElement,
    total: HtmlElement,
    /// How many are listed at most.
    most: usize,
    /// Everybody, by their place among the clients.
    lookup: Lookup,
}

impl List {
    pub(super) fn new() -> Self {
        Self {
            side: dom::by_id("side"),
            filter: dom::by_id("filter"),
            rows: dom::by_id("list"),
            none: dom::by_id("none"),
            more: dom::by_id("more"),
            total: dom::by_id("total"),
            most: STEP,
            lookup: Lookup::default(),
        }
    }

    /// Takes everybody as they are now; once for all keys that are typed then.
    pub(super) fn renew(&mut self, clients: &[Client]) {
        self.lookup = Lookup::new(clients, browser::local_time(""));
    }

    /// The key of the client whose row was pressed.
    pub(super) fn pressed(event: &web_sys::Event) -> Option<String> {
        dom::attribute_at(event, "data-client")
    }

    /// Begins at the top: something else is looked for.
    pub(super) fn begin_anew(&mut self) {
        self.most = STEP;
    }

    /// Lists more of them.
    pub(super) fn grow(&mut self) {
        self.most += STEP;
    }

    /// Lists the clients that match, who are those of the last [`renew`](Self::renew); `shown` is the key of the one
    /// who is shown beside.
    pub(super) fn show(&self, clients: &[Client], shown: &str) {
        self.side.set_hidden(clients.is_empty());
        let total = match clients.len() {
            0 => String::new(),
            count => wording::count(count, "client"),
        };
        dom::show_text(&self.total, &total);
        let found = self.lookup.find(&self.filter.value(), self.most);
        self.none.set_hidden(found.total > 0 || clients.is_empty());
        let left = found.total - found.best.len();
        self.more.set_hidden(left == 0);
        dom::set_text(&self.more, &format!("Show more ({left})"));
        let rows = dom::items(&self.rows, "client", found.best.len());
        let found = found.best.iter().filter_map(|found| clients.get(found.client));
        for (row, client) in rows.iter().zip(found) {
            dom::set_attribute(row, "data-client", &client.id);
            dom::set_text(&dom::part::<Element>(row, "name"), &client.name);
            dom::set_text(&dom::part::<Element>(row, "company"), &client.company);
            let is_shown = client.id == shown;
            let button: Element = dom::part(row, "button");
            dom::set_attribute(&button, "aria-current", if is_shown { "true" } else { "false" });
        }
    }
}
