//! What a plan that was agreed to has the notebook write.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Whom, merged_into, names_agree};
use crate::Client;
use crate::client::Note;
use crate::exchange::merging::fields;
use crate::exchange::text::address_key;

/// The records of a plan that was agreed to.
pub(super) struct Writing<'c> {
    clients: HashMap<&'c str, &'c Client>,
    today: &'c str,
    pub(super) records: Vec<Client>,
    /// Where among the records somebody stands.
    place: HashMap<Whom, usize>,
    /// Whose an address of the notebook is.
    owners: HashMap<String, &'c Client>,
    /// Addresses of the notebook and of the records: each is one client's.
    taken: HashSet<String>,
}

impl<'c> Writing<'c> {
    pub(super) fn new(clients: &'c [Client], today: &'c str) -> Self {
        let owners: HashMap<String, &Client> = clients
            .iter()
            .flat_map(|client| {
                let addresses = client.emails.iter();
                addresses.map(move |address| (address_key(address), client))
            })
            .collect();
        Self {
            clients: clients
                .iter()
                .map(|client| (client.id.as_str(), client))
                .collect(),
            today,
            records: Vec::new(),
            place: HashMap::new(),
            taken: owners.keys().cloned().collect(),
            owners,
        }
    }

    /// Adds somebody who was not in the notebook when the plan was made. Who came into it since, by one of
    /// their addresses, is merged with them, or left alone where that is not sure.
    pub(super) fn add_new(&mut self, at: usize, client: &Client) {
        let mut addresses = client.emails.iter();
        let known = addresses.find_map(|address| self.owners.get(&address_key(address)).copied());
        match known {
            None => self.add(at, client),
            Some(known) if names_agree(known, client) => {
                self.merge(at, &Whom::Client(known.id.clone()), client, &[]);
            }
            Some(_) => {}
        }
    }

    pub(super) fn add(&mut self, at: usize, client: &Client) {
        let mut client = client.clone();
        client
            .emails
            .retain(|address| self.taken.insert(address_key(address)));
        date_notes(&mut client.notes, &[], self.today);
        self.place.insert(Whom::Entry(at), self.records.len());
        self.records.push(client);
    }

    pub(super) fn merge(&mut self, at: usize, whom: &Whom, newcomer: &Client, except: &[String]) {
        let place = self.place.get(whom).copied();
        let known = match (place, whom) {
            (Some(place), _) => self.records[place].clone(),
            (None, Whom::Client(id)) => match self.clients.get(id.as_str()) {
                Some(&known) => known.clone(),
                // Deleted since the plan was made: what the file says is all there is.
                None => return self.add(at, newcomer),
            },
            (None, Whom::Entry(_)) => return self.add(at, newcomer),
        };
        let mut record = merged_into(&known, newcomer);
        if !except.is_empty() {
            record = without(&known, &record, except);
        }
        let own: HashSet<String> = known.emails.iter().map(|address| address_key(address)).collect();
        let taken = &mut self.taken;
        record
            .emails
            .retain(|address| own.contains(&address_key(address)) || taken.insert(address_key(address)));
        date_notes(&mut record.notes, &known.notes, self.today);
        if record == known {
            return;
        }
        let place = place.unwrap_or(self.records.len());
        if place == self.records.len() {
            self.records.push(record);
        } else {
            self.records[place] = record;
        }
        self.place.insert(whom.clone(), place);
        self.place.insert(Whom::Entry(at), place);
    }
}

/// The record with these fields as they were before.
fn without(before: &Client, after: &Client, except: &[String]) -> Client {
    let (before, mut fields_after) = (fields(before), fields(after));
    for field in except {
        match before.get(field) {
            Some(value) => fields_after.insert(field.clone(), value.clone()),
            None => fields_after.remove(field),
        };
    }
    serde_json::from_value(Value::Object(fields_after)).unwrap_or_else(|_| after.clone())
}

fn date_notes(notes: &mut [Note], known: &[Note], today: &str) {
    for note in notes
        .iter_mut()
        .filter(|note| note.date.is_empty() && !known.contains(note))
    {
        today.clone_into(&mut note.date);
    }
}
