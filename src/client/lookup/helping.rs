//! Who could help whom: what a client needs and we do not do, against what other clients offer.

use super::Lookup;
use super::letters::each_word;

/// Somebody who could help a client, or whom they could help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// The other client's number in the lookup.
    pub client: usize,
    /// What is needed, as it is noted.
    pub need: String,
    /// What is offered, as it is noted.
    pub offer: String,
}

/// What everybody needs and offers, by the number of the row.
#[derive(Debug, Default)]
pub(super) struct Market {
    pub(super) needs: Vec<(usize, String)>,
    pub(super) offers: Vec<(usize, String)>,
}

impl Lookup {
    /// Who offers what this client needs.
    pub fn helpers(&self, client: usize) -> Vec<Help> {
        let mine = self.market.needs.iter().filter(|(row, _)| *row == client);
        let of_one = |(_, need): &(usize, String)| {
            let words = telling_words(need);
            let others = self.market.offers.iter().filter(move |(row, _)| *row != client);
            let fitting = others.filter(|(_, offer)| fits(&words, offer));
            let help = |(row, offer): &(usize, String)| Help {
                client: *row,
                need: need.clone(),
                offer: offer.clone(),
            };
            fitting.map(help).collect::<Vec<_>>()
        };
        mine.flat_map(of_one).collect()
    }

    /// Who needs what this client offers.
    pub fn helped_by(&self, client: usize) -> Vec<Help> {
        let mine = self.market.offers.iter().filter(|(row, _)| *row == client);
        let of_one = |(_, offer): &(usize, String)| {
            let words = telling_words(offer);
            let others = self.market.needs.iter().filter(move |(row, _)| *row != client);
            let fitting = others.filter(|(_, need)| fits(&words, need));
            let help = |(row, need): &(usize, String)| Help {
                client: *row,
                need: need.clone(),
                offer: offer.clone(),
            };
            fitting.map(help).collect::<Vec<_>>()
        };
        mine.flat_map(of_one).collect()
    }
}

/// The words that say what it is, each cut to what its forms share: `bookkeeper` and `bookkeeping` are one.
fn telling_words(text: &str) -> Vec<String> {
    const SAYS_NOTHING: &[&str] = &[
        "also",
        "anything",
        "best",
        "could",
        "does",
        "everything",
        "from",
        "good",
        "great",
        "have",
        "help",
        "helps",
        "kind",
        "kinds",
        "looking",
        "need",
        "needs",
        "offer",
        "offers",
        "once",
        "person",
        "reliable",
        "service",
        "services",
        "small",
        "some",
        "somebody",
        "someone",
        "something",
        "that",
        "their",
        "they",
        "this",
        "want",
        "wants",
        "with",
        "work",
        "works",
        "your",
    ];
    let mut words = Vec::new();
    each_word(text, |word, _| {
        if word.chars().count() > 2 && !SAYS_NOTHING.contains(&word) {
            words.push(word.chars().take(6).collect());
        }
    });
    words
}

fn fits(words: &[String], text: &str) -> bool {
    let others = telling_words(text);
    let like = |one: &String, other: &String| {
        let (short, long) = if one.len() < other.len() {
            (one, other)
        } else {
            (other, one)
        };
        one == other || short.chars().count() > 3 && long.starts_with(short.as_str())
    };
    words
        .iter()
        .any(|word| others.iter().any(|other| like(word, other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Client;

    #[test]
    fn a_need_finds_who_offers_it_and_the_other_way_round() {
        let client = |name: &str, needs: &[&str], offers: &[&str]| Client {
            id: name.to_owned(),
            name: name.to_owned(),
            needs: needs.iter().map(|&need| need.to_owned()).collect(),
            offers: offers.iter().map(|&offer| offer.to_owned()).collect(),
            ..Client::default()
        };
        let clients = [
            client("Cathy", &["somebody for payroll", "a van"], &["lamps"]),
            client(
                "Ann",
                &["help with her garden"],
                &["Bookkeeping and pay-roll", "payroll runs"],
            ),
            client("Bo", &["bookkeeper"], &["Gardening"]),
            client("Cy", &[], &["help of any kind"]),
        ];
        let lookup = Lookup::new(&clients, None);
        let names = |found: Vec<Help>| -> Vec<(String, String)> {
            let named = |help: Help| (lookup.head(help.client).name().to_owned(), help.offer);
            found.into_iter().map(named).collect()
        };
        assert_eq!(
            names(lookup.helpers(0)),
            [("Ann".to_owned(), "payroll runs".to_owned())]
        );
        assert_eq!(
            names(lookup.helpers(1)),
            [("Bo".to_owned(), "Gardening".to_owned())]
        );
        assert_eq!(lookup.helped_by(1).len(), 2);
        assert_eq!(lookup.helped_by(3), []);
        let found = lookup.find("payroll", 5).best;
        assert_eq!(lookup.head(found[0].client).name(), "Ann");
    }
}
