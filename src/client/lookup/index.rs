//! The heads of a shelf with their index, ready to be read.
//!
//! To find the words of ten thousand heads takes most of what a person waits for the popup. So it is
//! done once, when heads are written, and kept with them: to read it takes a copy of words and numbers.

use super::agenda::day;
use super::bytes::{Reader, Writer};
use super::letters::{contracted, each_word, spelled_out};
use super::shelf::{Field, Head, head_items, rows_of};
use super::vocabulary::Vocabulary;
use super::{FIELDS, Lookup, Row, place};

/// The heads of a shelf, and their index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads {
    text: String,
    index: Vec<u8>,
}

/// What is known of a row, one bit each.
const HAS_CONTACT: u32 = 1;
const IS_AWAITED: u32 = 2;
const HAS_DAYS: u32 = 4;

impl Heads {
    /// The heads of a [`Shelf`](super::Shelf), with an index made of them.
    pub fn new(text: String) -> Self {
        let index = index_of(&text);
        Self { text, index }
    }

    /// The heads alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The same, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        let length = (self.text.len() as u32).to_le_bytes();
        [self.text.as_bytes(), &self.index, &length].concat()
    }

    /// What was kept so; `None` when it is something else. Whoever keeps it has to see to it that no other index
    /// than that of these heads is there.
    pub fn from_bytes(mut bytes: Vec<u8>) -> Option<Self> {
        let (rest, length) = bytes.split_last_chunk()?;
        let (length, rest) = (u32::from_le_bytes(*length) as usize, rest.len());
        if length > rest {
            return None;
        }
        bytes.truncate(rest);
        let index = bytes.split_off(length);
        let text = String::from_utf8(bytes).ok()?;
        Some(Self { text, index })
    }
}

impl Lookup {
    /// Puts these heads behind the others. `None`, and part of them there, where their index is none of theirs.
    pub(super) fn add_heads(&mut self, heads: &Heads) -> Option<()> {
        let first = self.rows.len() as u32;
        let first_word = self.head_words.len();
        let mut start = self.heads.len();
        self.heads.push_str(&heads.text);
        let mut index = Reader(&heads.index);
        let count = index.number()?;
        for row in first..first.checked_add(count)? {
            let end = start + index.number()? as usize;
            self.heads.get(start..end)?;
            let known = index.number()?;
            let (mut last_contact, mut patience) = (None, 0);
            if known & HAS_CONTACT > 0 {
                last_contact = Some(index.fixed()?.cast_signed().into());
                patience = index.number()?.into();
            }
            self.rows.push(Row {
                head: start..end,
                details: 0..0,
                joined_name: first_word + index.number()?,
                last_contact,
                patience,
                is_awaited: known & IS_AWAITED > 0,
                has_days: known & HAS_DAYS > 0,
            });
            for _ in 0..index.number()? {
                self.numbers.push((self.digits.len() as u32, row));
                self.digits.push('\n');
                self.digits.push_str(index.text()?);
            }
            // What ends the row.
            start = end + 1;
        }
        self.head_words.append(&mut index, |place| {
            (place / FIELDS < count).then_some(first * FIELDS + place)
        })?;
        let words = self.head_words.len();
        let rows = &self.rows[first as usize..];
        rows.iter().all(|row| row.joined_name < words).then_some(())
    }
}

/// The index of the heads of a shelf, as [`Lookup::add_heads`] reads it.
fn index_of(heads: &str) -> Vec<u8> {
    let mut words = Vocabulary::default();
    let mut index = Writer::default();
    index.number(rows_of(heads).count() as u32);
    for (row, text) in rows_of(heads).enumerate() {
        let head = Head(text);
        for (field, text) in head_items(head) {
            add_words(&mut words, text, place(row, field));
        }
        let joined_name = add_joined(&mut words, head.name(), place(row, Field::Name));
        add_joined(&mut words, head.company(), place(row, Field::Company));
        index.number(text.len() as u32);
        let contact = head.last_contact().and_then(|(on, ..)| day(on)?.try_into().ok());
        let has_days = head.promises().next().is_some() || head.occasions().next().is_some();
        let known = [
            (contact.is_some(), HAS_CONTACT),
            (head.is_awaited(), IS_AWAITED),
            (has_days, HAS_DAYS),
        ];
        index.number(known.iter().map(|&(is, bit)| u32::from(is) * bit).sum());
        if let Some(contact) = contact {
            index.fixed(i32::cast_unsigned(contact));
            index.number(u32::try_from(head.patience()).unwrap_or(u32::MAX));
        }
        index.number(joined_name);
        index.number(head.phones().count() as u32);
        for phone in head.phones() {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            index.text(&digits);
        }
    }
    words.finish().write(&mut index);
    index.0
}

fn add_words(words: &mut Vocabulary, text: &str, of: u32) {
    each_word(text, |word, span| {
        words.add(word, of, true);
        if let Some(spelled) = spelled_out(&text[span]) {
            words.add(&spelled, of, true);
        }
        if let Some(plain) = contracted(word) {
            words.add(&plain, of, false);
        }
    });
}

/// Adds what a name is without spaces, from each of its words on: `vandenberg`. Gives the number of
/// the whole.
fn add_joined(words: &mut Vocabulary, text: &str, of: u32) -> u32 {
    let (mut joined, mut starts) = (String::new(), Vec::new());
    each_word(text, |word, _| {
        starts.push(joined.len());
        joined.push_str(word);
    });
    // Nobody's name has more words that begin something.
    let inner = starts.len().saturating_sub(1).min(5);
    for &start in starts.iter().take(inner).skip(1) {
        words.add(&joined[start..], of, false);
    }
    words.add(&joined, of, false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Client;
    use crate::client::lookup::Shelf;

    fn heads() -> Heads {
        let client = |record: &str| serde_json::from_str::<Client>(record).unwrap();
        let mut shelf = Shelf::default();
        for record in [
            r#"{"id":"1","name":"Zoë Müller","phones":["+1 (212) 555-0117"],"contacts":[{"date":"1969-12-24"}]}"#,
            r#"{"id":"2","name":"Hanna van den Berg","dates":[{"what":"birthday","day":"--04-21"}]}"#,
        ] {
            shelf.append(&client(record));
        }
        Heads::new(shelf.heads)
    }

    #[test]
    fn heads_that_were_kept_are_found_again() {
        let heads = heads();
        let kept = Heads::from_bytes(heads.to_bytes()).unwrap();
        assert_eq!(kept, heads);
        let mut lookup = Lookup::default();
        for _ in 0..2 {
            lookup.add_heads(&kept).unwrap();
        }
        let known = |row: usize| {
            let row = &lookup.rows[row];
            (row.last_contact, row.patience, row.has_days)
        };
        assert_eq!(
            [known(2), known(3)],
            [(Some(-8), 90, false), (None, 0, true)],
            "of the second shelf as of the first"
        );
        for query in ["mueller", "vandenberg", "0117"] {
            assert_eq!(lookup.find(query, 9).total, 2, "{query}");
        }
    }

    proptest! {
        /// Neither bytes of any kind nor an index that was damaged stops the lookup, and what it cannot read it
        /// makes anew.
        #[test]
        fn an_index_of_other_hands_does_no_harm(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let _ = Heads::from_bytes(bytes.clone());
            let whole = heads();
            let mut index = whole.index.clone();
            let at = at.index(index.len());
            index[at] ^= 1_u8 << bit;
            for index in [bytes, index[..at].to_vec(), index] {
                let lookup = Lookup::of_heads(&[Heads { text: whole.text.clone(), index }], None);
                lookup.find("zoe", 9);
                lookup.find("555", 9);
                lookup.find("", 9);
            }
        }
    }
}
