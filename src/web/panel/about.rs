//! The region *About <name>*: what the writer noted about whom they write to, and a field for more.

use std::collections::HashMap;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlFormElement, HtmlInputElement, KeyboardEvent};

use crate::Client;
use crate::draft::LocalTime;
use crate::web::correspondent::Correspondent;
use crate::web::{dom, portrait, wording};

#[derive(Debug)]
pub(super) struct AboutRegion {
    region: HtmlElement,
    tabs: HtmlElement,
    card: HtmlElement,
    whom: HtmlElement,
    missing: HtmlElement,
    add: HtmlElement,
    notes: HtmlElement,
    more: HtmlElement,
    more_count: HtmlElement,
    more_notes: HtmlElement,
    facts: HtmlElement,
    line: HtmlElement,
    personal: HtmlElement,
    personal_count: HtmlElement,
    personal_lines: HtmlElement,
    form: HtmlFormElement,
    note: HtmlInputElement,
    others: HtmlElement,
    trouble: HtmlElement,
    /// Whose tab was chosen by hand; empty, or of nobody the mail goes to any more: the first one is shown.
    chosen: String,
    /// The key of the client shown; empty when it is nobody of the notebook.
    shown: String,
    /// What was typed about other clients and not kept yet.
    unkept: HashMap<String, String>,
}

impl AboutRegion {
    pub(super) fn new() -> Self {
        Self {
            region: dom::by_id("about"),
            tabs: dom::by_id("about-tabs"),
            card: dom::by_id("about-card"),
            whom: dom::by_id("about-whom"),
            missing: dom::by_id("about-missing"),
            add: dom::by_id("add-client"),
            notes: dom::by_id("notes"),
            more: dom::by_id("more"),
            more_count: dom::by_id("more-count"),
            more_notes: dom::by_id("more-notes"),
            facts: dom::by_id("about-facts"),
            line: dom::by_id("about-line"),
            personal: dom::by_id("personal"),
            personal_count: dom::by_id("personal-count"),
            personal_lines: dom::by_id("personal-lines"),
            form: dom::by_id("note-form"),
            note: dom::by_id("note"),
            others: dom::by_id("about-others"),
            trouble: dom::by_id("about-trouble"),
            chosen: String::new(),
            shown: String::new(),
            unkept: HashMap::new(),
        }
    }

    /// The button that adds the recipient as a client.
    pub(super) fn add_button(&self) -> &HtmlElement {
        &self.add
    }

    /// The form that keeps a note.
    pub(super) fn note_form(&self) -> &HtmlFormElement {
        &self.form
    }

    /// Takes the note out of its field, with the key of the client it is about; `None` when it says
    /// nothing. What is typed while it is being kept is the next note.
    pub(super) fn take_note(&self) -> Option<(String, String)> {
        let text = self.note.value().trim().to_owned();
        if text.is_empty() || self.shown.is_empty() {
            return None;
        }
        self.note.set_value("");
        Some((self.shown.clone(), text))
    }

    /// Puts a note that could not be kept back before what was typed since.
    pub(super) fn give_note_back(&mut self, id: String, text: &str) {
        let join = |since: &str| wording::joined(" ", [text, since]);
        if id == self.shown {
            self.note.set_value(&join(&self.note.value()));
        } else {
            let since = self.unkept.entry(id).or_default();
            *since = join(since);
        }
    }

    /// Puts the focus into the note's field, once there is one to write in.
    pub(super) fn focus_note(&self) {
        dom::focus(&self.note);
    }

    /// Says why something could not be kept; an empty text says that all is well.
    pub(super) fn show_trouble(&self, words: &str) {
        dom::show_text(&self.trouble, words);
    }

    /// The tabs of those it goes to.
    pub(super) fn tabs(&self) -> &HtmlElement {
        &self.tabs
    }

    /// The tab that an event of theirs turns to: the pressed one, or the one that an arrow key leads to.
    pub(super) fn turned(event: &web_sys::Event) -> Option<String> {
        let tab: Element = event.target()?.dyn_into().ok()?;
        let tab = tab.closest("[role='tab']").ok()??;
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return tab.get_attribute("data-tab");
        };
        let list = tab.parent_element()?;
        let next = match key.key().as_str() {
            "ArrowRight" => tab.next_element_sibling().or_else(|| list.first_element_child()),
            "ArrowLeft" => tab
                .previous_element_sibling()
                .or_else(|| list.last_element_child()),
            "Home" => list.first_element_child(),
            "End" => list.last_element_child(),
            _ => None,
        }?;
        event.prevent_default();
        dom::focus(next.dyn_ref()?);
        next.get_attribute("data-tab")
    }

    /// Chooses whose tab is shown, by what [`turned`](Self::turned) gave or by a client's key.
    pub(super) fn choose(&mut self, tab: String) {
        self.chosen = tab;
    }

    /// Folds away what is personal, until it is asked for anew.
    pub(super) fn begin_anew(&mut self) {
        self.chosen.clear();
        self.fold();
    }

    /// Whom the region is about, among those the mail goes to.
    pub(super) fn whom<'c, 'a>(&self, all: &'c [Correspondent<'a>]) -> Option<&'c Correspondent<'a>> {
        let chosen = all
            .iter()
            .find(|one| tab_of(one).is_some_and(|tab| tab == self.chosen));
        chosen.or(all.first())
    }

    /// Shows whom the mail goes to, those whom the notebook knows in tabs.
    pub(super) fn show(&mut self, all: &[Correspondent], today: LocalTime) {
        let Some(to) = self.whom(all) else {
            self.hide();
            return;
        };
        let nobody = Client::default();
        let client = if let Correspondent::Known(client) = to {
            client
        } else {
            &nobody
        };
        self.region.set_hidden(false);
        self.show_tabs(all, to);
        self.turn_to(client);
        self.show_newcomer(to);

        let whom = to.name();
        dom::set_text(&self.whom, &format!("About {whom}"));
        self.form.set_hidden(client.id.is_empty());
        let prompt = format!("A note about {whom}");
        dom::set_attribute(&self.note, "placeholder", &prompt);
        dom::set_attribute(&self.note, "aria-label", &prompt);

        let notes: Vec<&str> = portrait::open_notes(client).map(|note| &*note.text).collect();
        let (first, rest) = notes.split_at(notes.len().min(1));
        dom::list_texts(&self.notes, first);
        self.more.set_hidden(rest.is_empty());
        dom::set_text(&self.more_count, &format!("{} more", rest.len()));
        dom::list_texts(&self.more_notes, rest);
        list_lines(&self.facts, &portrait::of_work(client, today));
        dom::show_text(&self.line, &line(client, today));
        let personal = portrait::personal(client, today);
        self.personal.set_hidden(personal.is_empty());
        dom::set_text(&self.personal_count, &format!("Personal ({})", personal.len()));
        list_lines(&self.personal_lines, &personal);

        // Who has a tab is named there.
        let others = all.iter().filter(|one| !one.is(to) && tab_of(one).is_none());
        let others: Vec<String> = others.map(Correspondent::name).collect();
        let others: Vec<&str> = others.iter().map(String::as_str).collect();
        let also = match &*others {
            [] => String::new(),
            others => format!("Also to {}.", wording::list(others)),
        };
        let judged = match &all[0] {
            Correspondent::Known(client) if all.len() > 1 => format!("Judged for {}.", client.first_name()),
            _ => String::new(),
        };
        dom::show_text(&self.others, &wording::joined(" ", [&*also, &judged]));
    }

    /// Hides the region: there is no draft, or no notebook to look in.
    pub(super) fn hide(&mut self) {
        self.turn_to(&Client::default());
        self.region.set_hidden(true);
    }

    fn show_tabs(&self, all: &[Correspondent], to: &Correspondent) {
        let tabs: Vec<(&str, &str)> = all
            .iter()
            .filter_map(|one| Some((tab_of(one)?, name_on_tab(one))))
            .collect();
        let count = if tabs.len() > 1 { tabs.len() } else { 0 };
        self.tabs.set_hidden(count == 0);
        for (item, (tab, name)) in dom::items(&self.tabs, "tab", count).iter().zip(tabs) {
            let is_shown = tab_of(to) == Some(tab);
            dom::set_text(item, name);
            dom::set_attribute(item, "data-tab", tab);
            dom::set_attribute(item, "aria-selected", if is_shown { "true" } else { "false" });
            // One stop for the Tab key; arrows lead from there.
            dom::set_attribute(item, "tabindex", if is_shown { "0" } else { "-1" });
        }
        if count > 0 {
            dom::set_attribute(&self.card, "role", "tabpanel");
            dom::set_attribute(&self.card, "aria-labelledby", "about-whom");
        } else {
            self.card.remove_attribute("role").ok();
        }
    }

    /// What there is to say of somebody who is not in the notebook, and whether to add them.
    fn show_newcomer(&self, to: &Correspondent) {
        let newcomer = to.newcomer();
        let missing = match to {
            Correspondent::Unknown(_) => "Not in your notebook yet.".to_owned(),
            Correspondent::Colleague { recipient, clients } => {
                let known: Vec<&str> = clients.iter().map(|client| client.name.as_str()).collect();
                format!(
                    "{} is not in your notebook yet. You know {} there.",
                    recipient.label(),
                    wording::list(&known)
                )
            }
            Correspondent::Addressless(_) => format!(
                "{} has no address here, so Candor cannot tell who this is.",
                to.name()
            ),
            _ => String::new(),
        };
        dom::show_text(&self.missing, &missing);
        self.add.set_hidden(newcomer.is_none());
        let name = newcomer.map(|newcomer| newcomer.name).unwrap_or_default();
        dom::set_text(&self.add, &format!("Add {name} as a client"));
    }

    fn fold(&self) {
        for folded in [&self.personal, &self.more] {
            // Removing what is not there is no failure.
            folded.remove_attribute("open").ok();
        }
    }

    /// Keeps a half-typed note with the client it is about, and takes up what was typed about this one.
    fn turn_to(&mut self, client: &Client) {
        if self.shown == client.id {
            return;
        }
        let typed = self.note.value();
        let before = std::mem::replace(&mut self.shown, client.id.clone());
        if !before.is_empty() {
            self.unkept.insert(before, typed);
        }
        self.note
            .set_value(&self.unkept.remove(&client.id).unwrap_or_default());
        self.show_trouble("");
        self.fold();
    }
}

/// What tells somebody's tab from the others; `None` for who has none, since the notebook says nothing of them.
fn tab_of<'a>(one: &Correspondent<'a>) -> Option<&'a str> {
    match one {
        Correspondent::Known(client) => Some(&client.id),
        Correspondent::Colleague { recipient, .. } => Some(&recipient.address),
        _ => None,
    }
}

/// Their whole name, since several may be called alike.
fn name_on_tab<'a>(one: &Correspondent<'a>) -> &'a str {
    match one {
        Correspondent::Known(client) => &client.name,
        Correspondent::Colleague { recipient, .. } => recipient.label(),
        _ => "",
    }
}

fn list_lines(list: &HtmlElement, lines: &[String]) {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    dom::list_texts(list, &lines);
}

/// `Last call 3 weeks ago · likes mornings`.
fn line(client: &Client, today: LocalTime) -> String {
    let call = client.contacts.iter().find(|contact| contact.kind == "call");
    let last = call.or(client.contacts.first()).map(|contact| {
        let kind = if contact.kind.is_empty() {
            "contact"
        } else {
            &contact.kind
        };
        format!("Last {kind} {}", wording::ago(&contact.date, today))
    });
    let likes = wording::likes(&client.call_hours);
    wording::sentence_case(&wording::joined(" · ", [last.as_deref().unwrap_or(""), &likes]))
}
