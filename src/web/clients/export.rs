//! Writing the notebook into a file: an export for another program, or a backup.

use gloo::events::EventListener;
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::field;
use super::worker::{Answer, Exchange, Order};
use crate::Client;
use crate::exchange::{Details, Format};
use crate::web::inbox::Inbox;
use crate::web::{browser, dom, files, wording};

/// What happens to an export.
#[derive(Debug)]
pub(super) enum Event {
    /// One click makes a backup.
    BackUp,
    Asked,
    /// Another format was chosen, or more or less of what is noted.
    Turned,
    Ordered,
    Cancelled,
    Answered(Answer),
}

/// How an export ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// A file was made; of a backup, the generation of the notebook that it holds.
    Saved {
        backup_of: Option<u32>,
    },
    Failed(String),
}

#[derive(Debug)]
pub(super) struct Export {
    inbox: Inbox<super::Event>,
    dialog: HtmlDialogElement,
    format: HtmlElement,
    /// What is being made, and of which generation of the notebook.
    under_way: Option<(Exchange, Format, u32)>,
    _listeners: Vec<EventListener>,
}

impl Export {
    pub(super) fn new(inbox: &Inbox<super::Event>) -> Self {
        let on = |id: &str, event: &'static str, make: fn() -> Event| {
            inbox.on(&dom::by_id::<Element>(id), event, move |event| {
                if event.type_() == "submit" {
                    event.prevent_default();
                }
                Some(super::Event::Export(make()))
            })
        };
        Self {
            inbox: inbox.clone(),
            dialog: dom::by_id("export-dialog"),
            format: dom::by_id("export-format"),
            under_way: None,
            _listeners: vec![
                on("back-up", "click", || Event::BackUp),
                on("export", "click", || Event::Asked),
                on("export-format", "change", || Event::Turned),
                on("export-details", "change", || Event::Turned),
                on("export-form", "submit", || Event::Ordered),
                on("export-cancel", "click", || Event::Cancelled),
            ],
        }
    }

    /// Takes what happened; `clients` are those of the notebook now, in this generation. Gives back how it
    /// ended, once it has.
    pub(super) fn on(&mut self, event: Event, clients: &[Client], generation: u32) -> Option<Ended> {
        match event {
            Event::BackUp => {
                return self.begin(
                    &Order {
                        format: Format::Backup,
                        details: Details::All,
                        passphrase: String::new(),
                    },
                    clients,
                    generation,
                );
            }
            Event::Asked => {
                let words = format!("Export {}", wording::count(clients.len(), "client"));
                dom::set_text(&dom::by_id::<Element>("export-heading"), &words);
                self.show_choices();
                // Refused only when it is open already.
                self.dialog.show_modal().ok();
            }
            Event::Turned => self.show_choices(),
            Event::Ordered => {
                if !self.is_passphrase_sure() {
                    return None;
                }
                self.dialog.close();
                return self.begin(&self.order(), clients, generation);
            }
            Event::Cancelled => self.dialog.close(),
            Event::Answered(Answer::File { file, name }) => {
                let (_, format, generation) = self.under_way.take()?;
                files::save(&file, &name);
                let backup_of = (format == Format::Backup).then_some(generation);
                return Some(Ended::Saved { backup_of });
            }
            Event::Answered(Answer::Failed(why) | Answer::Refused(why)) => {
                self.under_way = None;
                return Some(Ended::Failed(why));
            }
            Event::Answered(_) => {}
        }
        None
    }

    /// Whether a passphrase for a backup was typed twice in the same way. Nobody could open one with a slip in
    /// it again.
    fn is_passphrase_sure(&self) -> bool {
        let (first, again) = (passphrase_field(), again_field());
        let is_sure = !self.is_backup() || field::typed(&first) == field::typed(&again);
        if !is_sure {
            say_trouble("These are two different passphrases.");
            dom::focus(&again);
        }
        is_sure
    }

    fn is_backup(&self) -> bool {
        field::typed(&self.format) == "backup"
    }

    fn order(&self) -> Order {
        let passphrase = passphrase_field();
        let format = browser::from_js(&field::typed(&self.format).into()).unwrap_or(Format::VCard4);
        let words = field::typed(&passphrase);
        field::fill(&passphrase, "");
        field::fill(&again_field(), "");
        Order {
            format,
            details: if is_all_wanted() {
                Details::All
            } else {
                Details::Contact
            },
            passphrase: if format == Format::Backup {
                words
            } else {
                String::new()
            },
        }
    }

    fn begin(&mut self, order: &Order, clients: &[Client], generation: u32) -> Option<Ended> {
        let inbox = self.inbox.clone();
        let hear = move |answer| inbox.put(super::Event::Export(Event::Answered(answer)));
        match Exchange::start(hear) {
            Ok(exchange) => {
                exchange.export(order, clients, &browser::now());
                self.under_way = Some((exchange, order.format, generation));
                None
            }
            Err(why) => Some(Ended::Failed(why)),
        }
    }

    /// A backup holds everything and may be sealed; nothing else is. What comes of all that is noted is said to whoever
    /// asks for it.
    fn show_choices(&self) {
        let is_backup = self.is_backup();
        let is_table = field::typed(&self.format).ends_with("csv");
        for (id, is_shown) in [
            ("export-details", !is_backup),
            ("export-cards", is_all_wanted() && !is_table),
            ("export-tables", is_all_wanted() && is_table),
            ("export-seal", is_backup),
        ] {
            dom::by_id::<HtmlElement>(id).set_hidden(!is_shown);
        }
        say_trouble("");
    }
}

/// Whether all that is noted is to be exported, and not only what stands in any address book.
fn is_all_wanted() -> bool {
    dom::by_id::<HtmlInputElement>("export-all").checked()
}

fn passphrase_field() -> HtmlElement {
    dom::by_id("export-passphrase")
}

fn again_field() -> HtmlElement {
    dom::by_id("export-again")
}

fn say_trouble(words: &str) {
    dom::show_text(&dom::by_id("export-trouble"), words);
}
