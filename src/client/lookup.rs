//! Finding clients by what one remembers of them: a name, a company, a number, a word from a note.
//!
//! Every word of the query must begin a word of the client's record. Letters are compared without
//! case and accents, numbers without what stands between the digits, so that `jose` finds José and
//! `2125550117` finds +1 (212) 555-0117.

use super::Client;

/// The clients that match, best first: those whose name holds the query, then those whose company or
/// address does, then the rest; by name within each. An empty query matches everybody.
///
/// ```
/// use candor::client::{Client, lookup::lookup};
///
/// let clients = [
///     Client { name: "Priya Raman".into(), about: "met José at the fair".into(), ..Client::default() },
///     Client { name: "José Pérez".into(), ..Client::default() },
/// ];
/// let found: Vec<&str> = lookup(&clients, "jose").iter().map(|client| &*client.name).collect();
/// assert_eq!(found, ["José Pérez", "Priya Raman"]);
/// ```
pub fn lookup<'a>(clients: &'a [Client], query: &str) -> Vec<&'a Client> {
    let wanted: Vec<String> = words(&fold(query)).map(str::to_owned).collect();
    let wanted_digits = digits(query);
    let mut found: Vec<(u8, String, &Client)> = clients
        .iter()
        .filter_map(|client| {
            let rank = rank(client, &wanted, &wanted_digits)?;
            Some((rank, fold(&client.name), client))
        })
        .collect();
    found.sort_by(|(rank, name, client), (other_rank, other_name, other)| {
        (rank, name, &client.id).cmp(&(other_rank, other_name, &other.id))
    });
    found.into_iter().map(|(_, _, client)| client).collect()
}

/// How well a client matches, 0 best; `None` when they do not.
fn rank(client: &Client, wanted: &[String], wanted_digits: &str) -> Option<u8> {
    // Two digits are in nearly every number.
    let by_number = wanted_digits.len() >= 3
        && wanted
            .iter()
            .all(|word| word.bytes().all(|byte| byte.is_ascii_digit()))
        && client
            .phones
            .iter()
            .any(|phone| digits(phone).contains(wanted_digits));
    let mut record = fold(&format!("{} {}", client.name, client.call_me));
    if holds(&record, wanted) {
        return Some(0);
    }
    extend(
        &mut record,
        [&client.company, &client.role].into_iter().chain(&client.emails),
    );
    if by_number || holds(&record, wanted) {
        return Some(1);
    }
    extend(
        &mut record,
        client
            .phones
            .iter()
            .chain(&client.expertise)
            .chain([&client.about]),
    );
    extend(&mut record, client.notes.iter().map(|note| &note.text));
    extend(&mut record, client.contacts.iter().map(|contact| &contact.topic));
    holds(&record, wanted).then_some(2)
}

fn extend<'a>(record: &mut String, fields: impl IntoIterator<Item = &'a String>) {
    for field in fields {
        record.push(' ');
        record.push_str(&fold(field));
    }
}

/// Whether each wanted word begins a word of the text.
fn holds(folded: &str, wanted: &[String]) -> bool {
    wanted
        .iter()
        .all(|wanted| words(folded).any(|word| word.starts_with(wanted.as_str())))
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .split(|char: char| !char.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The text in lower case and without accents.
///
/// Covers the accented Latin letters of European names, composed or not; others are only lowered.
/// A full decomposition table would weigh more than the rest of the lookup.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars().flat_map(char::to_lowercase) {
        match char {
            // Loose accents go, and an apostrophe joins: O'Brien is found by `obrien`.
            '\u{300}'..='\u{36f}' | '\'' | '’' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            _ => folded.push(base(char)),
        }
    }
    folded
}

/// The plain letter below an accented one.
fn base(char: char) -> char {
    const LETTERS: [(char, &str); 19] = [
        ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
        ('c', "çćĉċč"),
        ('d', "ďđð"),
        ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
        ('g', "ĝğġģ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįıǐỉị"),
        ('j', "ĵ"),
        ('k', "ķ"),
        ('l', "ĺļľŀł"),
        ('n', "ñńņňŉ"),
        ('o', "òóôõöøōŏőǒ"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűųǔ"),
        ('w', "ŵ"),
        ('y', "ýÿŷ"),
        ('z', "źżž"),
    ];
    if char.is_ascii() {
        return char;
    }
    LETTERS
        .iter()
        .find(|(_, accented)| accented.contains(char))
        .map_or(char, |&(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::{Contact, Note};

    fn clients() -> Vec<Client> {
        vec![
            Client {
                name: "Cathy Andre".into(),
                company: "Andre Lighting".into(),
                emails: vec!["cathy@andrelighting.example".into()],
                phones: vec!["+1 (212) 555-0117".into()],
                notes: vec![Note {
                    text: "Daughter started school".into(),
                    ..Note::default()
                }],
                ..Client::default()
            },
            Client {
                name: "Łukasz Nowak".into(),
                call_me: "Luk".into(),
                expertise: vec!["structural engineering".into()],
                contacts: vec![Contact {
                    topic: "andre's referral".into(),
                    ..Contact::default()
                }],
                ..Client::default()
            },
            Client {
                name: "Zoe\u{308} O’Brien".into(),
                about: "runs a bakery".into(),
                ..Client::default()
            },
        ]
    }

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let clients = clients();
        let found: Vec<&str> = lookup(&clients, query)
            .iter()
            .map(|client| client.name.split(' ').next().unwrap())
            .collect();
        assert_eq!(found, expected, "{query:?}");
    }

    #[test]
    fn an_empty_query_finds_everybody_by_name() {
        check(" ", &["Cathy", "Łukasz", "Zoe\u{308}"]);
    }

    #[test]
    fn every_word_must_begin_a_word() {
        check("cath li", &["Cathy"]);
        check("athy", &[]);
        check("cathy bakery", &[]);
    }

    #[test]
    fn names_come_before_what_was_talked_about() {
        check("andre", &["Cathy", "Łukasz"]);
    }

    #[test]
    fn accents_case_and_apostrophes_do_not_matter() {
        check("LUKASZ", &["Łukasz"]);
        check("zoë obrien", &["Zoe\u{308}"]);
        check("o'brien", &["Zoe\u{308}"]);
    }

    #[test]
    fn numbers_are_found_by_their_digits() {
        check("212555", &["Cathy"]);
        check("555 0117", &["Cathy"]);
        check("12", &[]);
    }

    #[test]
    fn every_field_that_one_may_remember_is_looked_at() {
        for query in ["luk", "engineering", "referral"] {
            check(query, &["Łukasz"]);
        }
        for query in ["daughter", "andrelighting", "cathy@andre"] {
            check(query, &["Cathy"]);
        }
    }

    #[test]
    fn a_query_without_letters_or_digits_finds_everybody() {
        check("—", &["Cathy", "Łukasz", "Zoe\u{308}"]);
    }
}
