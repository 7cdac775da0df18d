//! The notebook's model: one client, and what the writer knows of them.
//!
//! A record is read leniently and written back whole: a field that is missing is empty, a key that
//! this version does not know is kept where it stood. Days are text (`2026-10-16`), so that one that
//! was typed in another way is kept as it was typed.

mod called;
pub mod date;
mod history;
pub mod lookup;
mod person;
mod postal;
mod record;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::called::called;
pub use self::date::{Age, PartialDate};
pub use self::history::{Contact, Note, Project, Promise};
pub use self::person::{AgeOn, NameParts, Occasion, Person};
pub use self::postal::PostalAddress;

/// What a newer version of Candor wrote into a record: kept, so that an older version never drops it.
pub type Other = serde_json::Map<String, Value>;

/// One client as the notebook keeps them. Every field may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Other", into = "Other")]
pub struct Client {
    /// The notebook's key, made once when the client is added; empty outside the notebook.
    pub id: String,
    /// Full name, as the client writes it.
    pub name: String,
    /// What they like to be called; empty: the first word of the name.
    pub call_me: String,
    /// The name in parts, where an address book told them; see [`NameParts::is_of`].
    pub name_parts: NameParts,
    /// Other names they go or went by: a maiden name, the name in another script.
    pub other_names: Vec<String>,
    /// Company or organisation.
    pub company: String,
    /// Their part in it.
    pub role: String,
    /// Mail addresses, the one to write to first.
    pub emails: Vec<String>,
    /// Phone numbers as dialled, the one they prefer first.
    pub phones: Vec<String>,
    /// What an address, number or web site is for (`work`, `home`, `mobile`), by how it stands in its
    /// list.
    pub labels: BTreeMap<String, String>,
    /// Mail domains of their company: `foundation.example`. Whoever writes from one is somebody there.
    pub domains: Vec<String>,
    /// When they like to be called, in the writer's words: `mornings`.
    pub call_hours: String,
    /// IANA name of their time zone: `America/New_York`; empty when unknown.
    pub timezone: String,
    /// The language they like to be written to in, in the writer's words or as a tag: `French`, `fr-CA`.
    pub language: String,
    /// Where letters and parcels reach them, the one to use first.
    pub addresses: Vec<PostalAddress>,
    /// Their web sites.
    pub websites: Vec<String>,
    /// Who is around them: partner, children, assistant, pets.
    pub people: Vec<Person>,
    /// What they do when they do not work.
    pub interests: Vec<String>,
    /// Their holidays: which they keep, and where they go.
    pub holidays: Vec<String>,
    /// What is dear to them.
    pub cares_about: Vec<String>,
    /// Days that come back each year: a birthday, the fair they hold.
    pub dates: Vec<Occasion>,
    /// What has to succeed for them.
    pub must_succeed: String,
    /// What they fear.
    pub fears: String,
    /// Why they chose us.
    pub chose_us: String,
    /// What they are trained or work in: words of these fields are not jargon to them.
    pub expertise: Vec<String>,
    /// Terms they are known to understand.
    pub known_terms: Vec<String>,
    /// What they need and we do not do: somebody else may be of help.
    pub needs: Vec<String>,
    /// What they do for others: another client may need it.
    pub offers: Vec<String>,
    /// What we do for them.
    pub projects: Vec<Project>,
    /// One line on who they are.
    pub about: String,
    /// What is worth remembering about the person, newest first.
    pub notes: Vec<Note>,
    /// Past conversations, newest first.
    pub contacts: Vec<Contact>,
    /// What was promised to them, newest first.
    pub promises: Vec<Promise>,
    /// After how many days without a word from us they should hear something.
    pub cadence: Option<u16>,
    /// Properties of an imported vCard that have no field here, one unfolded line of vCard 4.0 each, for
    /// the card to be whole when it is exported.
    pub vcard: Vec<String>,
    /// Keys this version does not know.
    pub other: Other,
}

impl Client {
    /// Reads a record that is written as JSON; `None` where it is none.
    ///
    /// By `serde` it would be read as well, with words on what is wrong with one that cannot be read. They take as
    /// much room in a wasm module as all else that reads.
    pub fn from_json(text: &str) -> Option<Self> {
        match serde_json::from_str(text) {
            Ok(Value::Object(record)) => Some(record.into()),
            _ => None,
        }
    }

    /// What to call them in a sentence: their own wish, else the first name, else `the client`.
    pub fn first_name(&self) -> &str {
        if self.call_me.is_empty() {
            match called(&self.name) {
                "" => "the client",
                name => name,
            }
        } else {
            &self.call_me
        }
    }

    /// What an address, number or web site of theirs is for; empty when nobody said.
    pub fn label(&self, of: &str) -> &str {
        self.labels.get(of).map_or("", String::as_str)
    }

    /// The day of the year on which they were born, where it is noted and can be read.
    pub fn birthday(&self) -> Option<PartialDate> {
        let birthday = self.dates.iter().find(|date| date.what == Occasion::BIRTHDAY)?;
        birthday.day.parse().ok()
    }
}
