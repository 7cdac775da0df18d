//! Who of a file is who of the notebook: surely, perhaps, or nobody yet.

use std::collections::HashMap;

use serde_json::Value;

use super::{Candidate, Entry, FieldChange, Outcome, TakenAddress, Whom, merged_into, names_agree};
use crate::Client;
use crate::exchange::merging::fields;
use crate::exchange::text::{address_key, name_key, phone_key, same_phone};

/// A plan in the making, with what is known of everybody by what one can be told by.
pub(super) struct Planning<'c> {
    clients: HashMap<&'c str, &'c Client>,
    pub(super) entries: Vec<Entry>,
    /// The entry about a client.
    entry_of: HashMap<String, usize>,
    by_uid: HashMap<String, Whom>,
    by_address: HashMap<String, Whom>,
    by_name: HashMap<String, Vec<Whom>>,
    by_phone: HashMap<String, Vec<Whom>>,
}

impl<'c> Planning<'c> {
    pub(super) fn new(clients: &'c [Client]) -> Self {
        let mut planning = Self {
            clients: clients
                .iter()
                .map(|client| (client.id.as_str(), client))
                .collect(),
            entries: Vec::new(),
            entry_of: HashMap::new(),
            by_uid: HashMap::new(),
            by_address: HashMap::new(),
            by_name: HashMap::new(),
            by_phone: HashMap::new(),
        };
        for client in clients {
            planning.learn(&Whom::Client(client.id.clone()), client);
        }
        planning
    }

    /// Takes note of what somebody can be told by.
    fn learn(&mut self, whom: &Whom, client: &Client) {
        for uid in uids(client) {
            self.by_uid.entry(uid).or_insert_with(|| whom.clone());
        }
        for address in &client.emails {
            self.by_address
                .entry(address_key(address))
                .or_insert_with(|| whom.clone());
        }
        let also = |index: &mut HashMap<String, Vec<Whom>>, key: String| {
            let known = index.entry(key).or_default();
            if !known.contains(whom) {
                known.push(whom.clone());
            }
        };
        also(&mut self.by_name, name_key(&client.name));
        for key in client.phones.iter().filter_map(|phone| phone_key(phone)) {
            also(&mut self.by_phone, key);
        }
    }

    fn client<'s>(&'s self, whom: &Whom) -> Option<&'s Client> {
        match whom {
            Whom::Client(id) => self.clients.get(id.as_str()).copied(),
            Whom::Entry(at) => self.entries.get(*at).map(|entry| &entry.client),
        }
    }

    pub(super) fn record(&mut self, line: usize, client: Client) {
        if let Some(whom) = self.surely(&client) {
            self.known(line, client, &whom);
            return;
        }
        let candidates = self.perhaps(&client);
        let outcome = if candidates.is_empty() {
            Outcome::New
        } else {
            let taken = self.taken(&client);
            Outcome::Doubtful { candidates, taken }
        };
        self.push(line, client, outcome);
    }

    fn push(&mut self, line: usize, client: Client, outcome: Outcome) {
        let at = self.entries.len();
        self.learn(&Whom::Entry(at), &client);
        self.entries.push(Entry {
            lines: vec![line],
            client,
            outcome,
        });
    }

    /// Who this is beyond doubt: by the card's own key, or by an address with a name that goes with it.
    fn surely(&self, client: &Client) -> Option<Whom> {
        let by_uid = uids(client).find_map(|uid| self.by_uid.get(&uid));
        let by_address = || {
            let mut known = client
                .emails
                .iter()
                .filter_map(|address| self.by_address.get(&address_key(address)));
            known.find(|whom| self.client(whom).is_some_and(|other| names_agree(client, other)))
        };
        by_uid.or_else(by_address).cloned()
    }

    /// Who this may be.
    fn perhaps(&self, client: &Client) -> Vec<Candidate> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut add = |whom: &Whom, why: &str| {
            let name = self
                .client(whom)
                .map(|client| client.name.clone())
                .unwrap_or_default();
            if !candidates.iter().any(|known| known.whom == *whom) {
                candidates.push(Candidate {
                    whom: whom.clone(),
                    name,
                    why: why.to_owned(),
                });
            }
        };
        for address in &client.emails {
            if let Some(whom) = self.by_address.get(&address_key(address)) {
                add(whom, &format!("same address {address}"));
            }
        }
        let name = name_key(&client.name);
        for whom in self
            .by_name
            .get(&name)
            .into_iter()
            .flatten()
            .filter(|_| !name.is_empty())
        {
            add(whom, "same name");
        }
        for phone in &client.phones {
            for whom in phone_key(phone)
                .and_then(|key| self.by_phone.get(&key))
                .into_iter()
                .flatten()
            {
                let is_theirs = |other: &Client| other.phones.iter().any(|other| same_phone(other, phone));
                if self.client(whom).is_some_and(is_theirs) {
                    add(whom, &format!("same phone {phone}"));
                }
            }
        }
        candidates
    }

    /// Which of their addresses are somebody's already.
    fn taken(&self, client: &Client) -> Vec<TakenAddress> {
        let taken = |address: &String| {
            let whom = self.by_address.get(&address_key(address))?.clone();
            let address = address.clone();
            Some(TakenAddress { address, whom })
        };
        client.emails.iter().filter_map(taken).collect()
    }

    /// Somebody who is in the notebook, or before in the file.
    fn known(&mut self, line: usize, client: Client, whom: &Whom) {
        let before = match whom {
            Whom::Entry(at) => Some(*at),
            Whom::Client(id) => self.entry_of.get(id).copied(),
        };
        let at = before.unwrap_or_else(|| {
            self.entries.push(Entry {
                lines: Vec::new(),
                client: Client::default(),
                outcome: Outcome::New,
            });
            self.entries.len() - 1
        });
        let entry = &mut self.entries[at];
        entry.client = if entry.lines.is_empty() {
            client
        } else {
            merged_into(&entry.client, &client)
        };
        entry.lines.push(line);
        let said = entry.client.clone();
        if let Whom::Client(id) = whom
            && let Some(known) = self.clients.get(id.as_str())
        {
            let changes = changes(known, &merged_into(known, &said));
            let id = id.clone();
            self.entry_of.insert(id.clone(), at);
            self.entries[at].outcome = if changes.is_empty() {
                Outcome::Same { id }
            } else {
                Outcome::Changed { id, changes }
            };
        }
        self.learn(whom, &said);
    }
}

/// What a card is known by apart from what stands on it.
fn uids(client: &Client) -> impl Iterator<Item = String> + '_ {
    let own = (!client.id.is_empty()).then(|| client.id.to_lowercase());
    let cards = client
        .vcard
        .iter()
        .filter_map(|kept| kept.strip_prefix("UID")?.split_once(':'))
        .map(|(_, uid)| uid);
    own.into_iter().chain(cards.map(|uid| {
        uid.trim()
            .to_lowercase()
            .trim_start_matches("urn:uuid:")
            .to_owned()
    }))
}

fn changes(before: &Client, after: &Client) -> Vec<FieldChange> {
    let (mut before, after) = (fields(before), fields(after));
    after
        .into_iter()
        .filter_map(|(field, after)| {
            let before = before.remove(&field).unwrap_or(Value::Null);
            (before != after).then_some(FieldChange { field, before, after })
        })
        .collect()
}
