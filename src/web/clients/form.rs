//! The form of one client: what each field shows, and what was changed in it.
//!
//! Only what was changed is written. What another page writes into the same client meanwhile shows up
//! in every field that was not touched here, and stays.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::Client;
use crate::web::{browser, dom};

/// A field: its id in the page, what it shows, and how what is typed gets into the client.
type Field = (&'static str, fn(&Client) -> String, fn(&mut Client, &str));

const FIELDS: [Field; 11] = [
    (
        "name",
        |client| client.name.clone(),
        |client, text| client.name = line(text),
    ),
    (
        "call_me",
        |client| client.call_me.clone(),
        |client, text| client.call_me = line(text),
    ),
    (
        "company",
        |client| client.company.clone(),
        |client, text| client.company = line(text),
    ),
    (
        "role",
        |client| client.role.clone(),
        |client, text| client.role = line(text),
    ),
    (
        "emails",
        |client| client.emails.join("\n"),
        |client, text| client.emails = lines(text),
    ),
    (
        "phones",
        |client| client.phones.join("\n"),
        |client, text| client.phones = lines(text),
    ),
    (
        "call_hours",
        |client| client.call_hours.clone(),
        |client, text| client.call_hours = line(text),
    ),
    (
        "timezone",
        |client| client.timezone.clone(),
        |client, text| client.timezone = line(text),
    ),
    (
        "expertise",
        |client| client.expertise.join("\n"),
        |client, text| client.expertise = lines(text),
    ),
    (
        "known_terms",
        |client| client.known_terms.join("\n"),
        |client, text| client.known_terms = lines(text),
    ),
    (
        "about",
        |client| client.about.clone(),
        |client, text| client.about = line(text),
    ),
];

#[derive(Debug)]
pub(super) struct Form {
    shown: Rc<RefCell<Shown>>,
    trouble: HtmlElement,
}

/// What each field showed before anybody typed; none when nobody is shown.
type Shown = Option<[String; FIELDS.len()]>;

/// What was changed in the form: the number of the field, and what is typed in it.
#[derive(Debug)]
pub(super) struct Edits(Vec<(usize, String)>);

impl Form {
    pub(super) fn new() -> Self {
        Self {
            shown: Rc::default(),
            trouble: dom::by_id("form-trouble"),
        }
    }

    /// Lets go of who was shown, with what was typed and not saved.
    pub(super) fn forget(&mut self) {
        self.shown.replace(None);
        self.say_trouble("");
    }

    /// Tells at any time whether something is typed that is not saved.
    pub(super) fn unsaved(&self) -> impl Fn() -> bool + 'static {
        let shown = Rc::clone(&self.shown);
        move || {
            let shown = shown.borrow();
            let mut fields = FIELDS.iter().enumerate();
            fields.any(|(at, (id, _, _))| is_changed(&shown, at, &typed(id)))
        }
    }

    /// Shows a client; a field that was changed by hand keeps what is typed in it.
    pub(super) fn show(&mut self, client: &Client) {
        let now = FIELDS.map(|(_, text, _)| text(client));
        for (at, (id, _, _)) in FIELDS.iter().enumerate() {
            let untouched = !is_changed(&self.shown.borrow(), at, &typed(id));
            if untouched && typed(id) != now[at] {
                fill(id, &now[at]);
            }
        }
        self.shown.replace(Some(now));
    }

    /// What was changed, or why it cannot be saved.
    pub(super) fn edits(&self) -> Result<Edits, String> {
        if typed("name").trim().is_empty() {
            return Err("A client needs a name.".to_owned());
        }
        let zone = typed("timezone");
        if !zone.trim().is_empty() && browser::local_time(&zone).is_none() {
            return Err(format!(
                "This browser knows no time zone “{}”; they read like Europe/London.",
                zone.trim()
            ));
        }
        let shown = self.shown.borrow();
        let edits = FIELDS.iter().enumerate().filter_map(|(at, (id, _, _))| {
            let text = typed(id);
            is_changed(&shown, at, &text).then_some((at, text))
        });
        Ok(Edits(edits.collect()))
    }

    /// Puts the focus into the first field.
    pub(super) fn focus() {
        dom::focus(&dom::by_id(FIELDS[0].0));
    }

    /// Says why the form cannot be saved; an empty text says that it can.
    pub(super) fn say_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }
}

impl Edits {
    /// Writes them into a client.
    pub(super) fn apply(&self, client: &mut Client) {
        for (at, text) in &self.0 {
            let (_, _, set) = FIELDS[*at];
            set(client, text);
        }
    }
}

/// Whether a field holds something else than it showed.
fn is_changed(shown: &Shown, at: usize, text: &str) -> bool {
    shown.as_ref().is_some_and(|shown| shown[at] != text)
}

fn line(text: &str) -> String {
    text.trim().to_owned()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(line).filter(|line| !line.is_empty()).collect()
}

/// What stands in a field, whichever kind of field it is.
fn typed(id: &str) -> String {
    let field: HtmlElement = dom::by_id(id);
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.value(),
        Err(field) => field.unchecked_into::<HtmlTextAreaElement>().value(),
    }
}

fn fill(id: &str, text: &str) {
    let field: HtmlElement = dom::by_id(id);
    match field.dyn_into::<HtmlInputElement>() {
        Ok(input) => input.set_value(text),
        Err(field) => field.unchecked_into::<HtmlTextAreaElement>().set_value(text),
    }
}
