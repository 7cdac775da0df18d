//! Finding clients by what one remembers of them: a name, a company, a number, a word from a note.
//!
//! Every word of what is typed must be like a word of the client's record, in whatever order: the same
//! word, the start of it, or, from four letters on, one with a letter dropped, doubled, swapped or wrong
//! (two from eight letters on; with three, where they begin alike). Letters are compared without case and accents, numbers without what
//! stands between the digits: `jose` finds José, `2125550117` finds +1 (212) 555-0117.
//!
//! What is spelled as it was typed always stands above what is only like it. Then names come before
//! companies, those before addresses, and notes last; whole words before begun ones; and among equals
//! who was in touch last.
//!
//! A query is compared with the different words of all clients, not with their texts, so a keystroke
//! takes a few milliseconds with ten thousand clients. The index of names, addresses and numbers is
//! kept ready-made, so it answers at once; what else is known joins it shelf by shelf.

mod agenda;
mod bytes;
mod days;
mod helping;
mod index;
mod letters;
mod marks;
mod plan;
mod shelf;
mod vocabulary;
mod wanted;
mod words;

use std::ops::Range;

pub use self::agenda::{Agenda, Reminder, Why};
pub use self::helping::Help;
pub use self::index::Heads;
pub use self::marks::Marked;
pub use self::plan::Plan;
pub use self::shelf::{FORM, Field, Head, SHELVES, Shelf, shelf_of};

use self::days::{Days, WantedDay, wanted_day, without_ordinal};
use self::helping::Market;
use self::letters::{each_word, spelled_out};
use self::marks::is_read_within;
use self::shelf::{detail_items, head_items, id_of, late_head_items, push_item, rows_of, told};
use self::vocabulary::Vocabulary;
use self::wanted::{Likeness, Part, Wanted};
use self::words::Words;
use super::Client;
use crate::draft::LocalTime;
use crate::order::least;

/// An index over clients, to be asked at each keystroke.
///
/// ```
/// use candor::client::{Client, lookup::Lookup};
///
/// let clients = [
///     Client { name: "Priya Raman".into(), about: "met José at the fair".into(), ..Client::default() },
///     Client { name: "José Pérez".into(), ..Client::default() },
/// ];
/// let lookup = Lookup::new(&clients, None);
/// let found = lookup.find("jose", 10);
/// let names: Vec<&str> = found.best.iter().map(|found| lookup.head(found.client).name()).collect();
/// assert_eq!(names, ["José Pérez", "Priya Raman"]);
/// ```
#[derive(Debug, Default)]
pub struct Lookup {
    rows: Vec<Row>,
    heads: String,
    /// Details as they are shown.
    details: String,
    /// Words of heads, by row and field.
    head_words: Words,
    /// Words of details, by row and field.
    detail_words: Vocabulary,
    /// The digits of each phone number, each after a line break.
    digits: String,
    /// Where each number begins in the digits, and whose it is.
    numbers: Vec<(u32, u32)>,
    /// The rows of each shelf.
    shelves: Vec<Range<usize>>,
    /// What is needed and offered, as far as details are there.
    market: Market,
    /// By which ages are told.
    today: Option<LocalTime>,
}

#[derive(Debug)]
struct Row {
    head: Range<usize>,
    /// Empty until the details are there.
    details: Range<usize>,
    /// The folded name without spaces, by its number among the words of heads.
    joined_name: u32,
    /// The day of the newest conversation, in days from 1970.
    last_contact: Option<i64>,
    /// As of [`Head::patience`], for who has a newest conversation.
    patience: i64,
    /// As of [`Head::is_awaited`].
    is_awaited: bool,
    /// Whether there are promises or occasions to look at.
    has_days: bool,
}

/// Who matches a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// The best of them, the best first.
    pub best: Vec<FoundClient>,
    /// How many there are in all.
    pub total: usize,
}

/// A client who matches a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundClient {
    /// Their number in the lookup: clients are counted as they were put in.
    pub client: usize,
    cost: u32,
}

/// A result as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// The client's name.
    pub name: Marked,
    /// Their company.
    pub company: Marked,
    /// Another field, where not all that was typed is found in these two. The text of a note that is to
    /// stay folded is empty.
    pub other: Option<(Field, Marked)>,
}

/// A query, ready to be compared.
struct Query {
    parts: Vec<QueryPart>,
}

/// A word, or digits with what else may stand between them in a number.
struct QueryPart {
    words: Vec<Wanted>,
    /// All digits in a row and what this costs, where they may be of a phone number; the cheapest first.
    digits: Vec<(String, u32)>,
    /// The day of the year that the words name.
    day: Option<WantedDay>,
}

/// What no match costs as much as.
const NO_MATCH: u32 = u32::MAX;

impl Lookup {
    /// An index over all of these clients and all that is known of them. Where nobody knows which day it is, people
    /// around them are found by when they were born and not by how old they are.
    pub fn new<'c>(clients: impl IntoIterator<Item = &'c Client>, today: Option<LocalTime>) -> Self {
        let mut shelf = Shelf::default();
        for client in clients {
            shelf.append(client);
        }
        let mut lookup = Self::of_heads(&[Heads::new(shelf.heads)], today);
        lookup.add_details(0, &shelf.details);
        lookup
    }

    /// An index over the heads of shelves alone, the shelves in order.
    pub fn of_heads(shelves: &[Heads], today: Option<LocalTime>) -> Self {
        Self::of_ready_heads(shelves, today).unwrap_or_else(|| {
            // An index that cannot be read was not made by this version: the heads tell all that it should.
            let anew = |heads: &Heads| Heads::new(heads.clone().into_text());
            let anew: Vec<Heads> = shelves.iter().map(anew).collect();
            Self::of_ready_heads(&anew, today).unwrap_or_default()
        })
    }

    fn of_ready_heads(shelves: &[Heads], today: Option<LocalTime>) -> Option<Self> {
        let mut lookup = Self {
            today,
            ..Self::default()
        };
        for heads in shelves {
            let first = lookup.rows.len();
            lookup.add_heads(heads)?;
            lookup.shelves.push(first..lookup.rows.len());
        }
        Some(lookup)
    }

    /// Lets the details of the shelf of this number be found, too. Those of clients who have no head are left out.
    pub fn add_details(&mut self, number: usize, details: &str) {
        let Some(rows) = self.shelves.get(number).cloned() else {
            return;
        };
        for row in rows.clone() {
            self.add_late_head_items(row);
        }
        let mut next = rows.start;
        for details in rows_of(details) {
            // They stand in the same order, unless something was written by other hands.
            let is_of = |row: usize| self.head(row).id() == id_of(details);
            let at = (next..rows.end).chain(rows.start..next).find(|&row| is_of(row));
            let Some(row) = at else { continue };
            next = row + 1;
            let start = self.details.len();
            for (field, item) in detail_items(details) {
                let text = told(item, self.today);
                match field {
                    Field::Need => self.market.needs.push((row, text.to_string())),
                    Field::Offer => self.market.offers.push((row, text.to_string())),
                    _ => {}
                }
                self.add_detail_words(&text, place(row, field));
                push_item(&mut self.details, field, &text);
            }
            self.rows[row].details = start..self.details.len();
        }
        if number + 1 == self.shelves.len() {
            self.detail_words.gather();
        }
    }

    fn add_detail_words(&mut self, text: &str, of: u32) {
        let words = &mut self.detail_words;
        let mut days = Days::default();
        each_word(text, |word, span| {
            words.add(word, of, true);
            if let Some(spelled) = spelled_out(&text[span]) {
                words.add(&spelled, of, true);
            }
            if let Some(day) = days.hear(word) {
                words.add(&day, of, false);
            }
        });
    }

    /// Lets be found what else is in a head.
    fn add_late_head_items(&mut self, row: usize) {
        let head = self.rows[row].head.clone();
        let text = self.heads[head].to_owned();
        for (field, text) in late_head_items(Head(&text)) {
            self.add_detail_words(text, place(row, field));
        }
    }

    /// How many clients there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What a result shows of a client, by their number.
    ///
    /// # Panics
    ///
    /// When there are fewer clients.
    pub fn head(&self, client: usize) -> Head<'_> {
        Head(&self.heads[self.rows[client].head.clone()])
    }

    fn last_contact(&self, client: usize) -> Option<i64> {
        self.rows[client].last_contact
    }

    /// Who matches the query: how many, and up to `most` of them, the best first. A query without a
    /// letter or digit matches everybody, in the order of their names.
    pub fn find(&self, query: &str, most: usize) -> Found {
        let query = Query::read(query);
        let mut costs = vec![0_u32; self.len()];
        for part in &query.parts {
            for (sum, cost) in costs.iter_mut().zip(self.costs(part)) {
                *sum = sum.saturating_add(cost);
            }
        }
        let total = costs.iter().filter(|&&cost| cost != NO_MATCH).count();
        let by_name = query.parts.is_empty();
        let found = (0..)
            .zip(costs)
            .filter(|&(_, cost)| cost != NO_MATCH)
            .map(|(client, cost)| FoundClient { client, cost });
        let best = least(found, most, |one, other| {
            let touched = |found: &FoundClient| (!by_name).then(|| self.last_contact(found.client));
            one.cost
                .cmp(&other.cost)
                .then_with(|| touched(other).cmp(&touched(one)))
                .then_with(|| {
                    self.name_to_sort_by(one.client)
                        .cmp(self.name_to_sort_by(other.client))
                })
        });
        Found { best, total }
    }

    fn name_to_sort_by(&self, client: usize) -> &str {
        self.head_words.word(self.rows[client].joined_name)
    }

    /// What a part of a query costs each client.
    fn costs(&self, part: &QueryPart) -> Vec<u32> {
        let mut by_word = part.words.iter().map(|wanted| self.costs_of_word(wanted));
        let mut costs = by_word.next().unwrap_or_else(|| vec![NO_MATCH; self.len()]);
        for more in by_word {
            for (sum, cost) in costs.iter_mut().zip(more) {
                *sum = sum.saturating_add(cost);
            }
        }
        for (digits, extra) in &part.digits {
            for (at, _) in self.digits.match_indices(digits.as_str()) {
                let number = self.numbers.partition_point(|&(start, _)| start as usize <= at) - 1;
                let least = &mut costs[self.numbers[number].1 as usize];
                *least = (*least).min(Field::Phone.rank() * RANK + extra);
            }
        }
        if let Some(day) = &part.day
            && let Some(number) = self.detail_words.known(&day.word)
        {
            for of in self.detail_words.places(number) {
                if let Some(field) = Field::of_number(of % FIELDS) {
                    let least = &mut costs[(of / FIELDS) as usize];
                    *least = (*least).min(day.typos * TYPO + field.rank() * RANK);
                }
            }
        }
        costs
    }

    fn costs_of_word(&self, wanted: &Wanted) -> Vec<u32> {
        let mut costs = vec![NO_MATCH; self.len()];
        let mut take = |likeness: Likeness, of: u32| {
            let Some(field) = Field::of_number(of % FIELDS) else {
                return;
            };
            if likeness.part == Part::Inside && !is_read_within(field) {
                return;
            }
            let least = &mut costs[(of / FIELDS) as usize];
            *least = (*least).min(cost(likeness, field));
        };
        let words = &self.head_words;
        words.each_like(wanted, true, |likeness, number| {
            words.places(number).iter().for_each(|&of| take(likeness, of));
        });
        let words = &self.detail_words;
        words.each_like(wanted, false, |likeness, number| {
            words.places(number).for_each(|of| take(likeness, of));
        });
        costs
    }

    /// Results with their letters marked that match the query.
    pub fn show(&self, found: &[FoundClient], query: &str) -> Vec<Shown> {
        let query = Query::read(query);
        let wanted: Vec<&Wanted> = query.parts.iter().flat_map(|part| &part.words).collect();
        found
            .iter()
            .map(|&found| self.show_one(found, &query, &wanted))
            .collect()
    }

    fn show_one(&self, found: FoundClient, query: &Query, wanted: &[&Wanted]) -> Shown {
        let head = self.head(found.client);
        let (name, in_name) = Marked::new(head.name(), Field::Name, wanted);
        let (company, in_company) = Marked::new(head.company(), Field::Company, wanted);
        let shown: Vec<u32> = in_name
            .into_iter()
            .zip(in_company)
            .map(|(name, company)| name.unwrap_or(NO_MATCH).min(company.unwrap_or(NO_MATCH)))
            .collect();
        // Where the two say all words as well as any field, no other is read.
        let is_enough = shown.iter().try_fold(0_u32, |sum, &cost| sum.checked_add(cost)) == Some(found.cost);
        let other = if is_enough {
            None
        } else {
            self.other_field(found.client, query, wanted, &shown)
        };
        Shown { name, company, other }
    }

    /// The field that says most of the words that name and company do not say as well.
    fn other_field(
        &self,
        client: usize,
        query: &Query,
        wanted: &[&Wanted],
        shown: &[u32],
    ) -> Option<(Field, Marked)> {
        let head = self.head(client);
        let by_digits = query
            .parts
            .iter()
            .flat_map(|part| &part.digits)
            .find_map(|(digits, _)| head.phones().find_map(|phone| Marked::number(phone, digits)));
        let details = &self.details[self.rows[client].details.clone()];
        let fields = head_items(head)
            .filter(|(field, _)| !matches!(field, Field::Name | Field::Company))
            .chain(late_head_items(head))
            .chain(detail_items(details));
        let by_words = fields
            .filter_map(|(field, text)| {
                let (marked, costs) = Marked::new(text, field, wanted);
                let better = costs.iter().zip(shown);
                let gain = better.map(|(cost, shown)| {
                    let gain = shown.saturating_sub(cost.unwrap_or(NO_MATCH));
                    // A word that stands nowhere in name and company matters more than how well.
                    u64::from(gain)
                });
                let gain: u64 = gain.sum();
                (gain > 0).then_some((gain, field, marked))
            })
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        if let Some(marked) = by_digits
            && by_words.is_none()
        {
            return Some((Field::Phone, marked));
        }
        let (_, field, marked) = by_words?;
        let marked = match field {
            Field::SensitiveNote => Marked::default(),
            _ => marked.cut(),
        };
        Some((field, marked))
    }
}

impl Query {
    fn read(text: &str) -> Self {
        let mut words = Vec::new();
        each_word(text, |word, _| words.push(word.to_owned()));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut rest = words.as_slice();
        let mut parts: Vec<QueryPart> = Vec::new();
        while let [word, after @ ..] = rest {
            rest = after;
            if let ["of", next, after @ ..] | [next, after @ ..] = after
                && let Some(day) = wanted_day(word, next)
            {
                rest = after;
                parts.push(QueryPart {
                    words: [*word, *next]
                        .map(|word| Wanted::new(without_ordinal(word)))
                        .into(),
                    digits: Vec::new(),
                    day: Some(day),
                });
                continue;
            }
            let word = Wanted::new(word);
            match parts.last_mut() {
                Some(part) if word.is_number() && part.is_number() => part.words.push(word),
                _ => parts.push(QueryPart {
                    words: vec![word],
                    digits: Vec::new(),
                    day: None,
                }),
            }
        }
        for part in parts.iter_mut().filter(|part| part.is_number()) {
            part.digits = digits(&part.words);
        }
        Self { parts }
    }
}

impl QueryPart {
    fn is_number(&self) -> bool {
        self.words.iter().all(Wanted::is_number)
    }
}

/// The digits by which these words may be found in a phone number.
fn digits(words: &[Wanted]) -> Vec<(String, u32)> {
    let all: String = words.iter().map(Wanted::word).collect();
    // A number noted with its country has no zero before the area.
    let area = all.trim_start_matches('0');
    let mut digits = Vec::new();
    // Two digits are in nearly every number.
    if area.len() >= 3 {
        digits.push((all.clone(), 0));
        if area.len() < all.len() {
            digits.push((area.to_owned(), 1));
        }
        // A number typed with its country may be noted without.
        if area.len() >= 10 {
            digits.push((area[area.len() - 8..].to_owned(), 2));
        }
    }
    digits
}

/// The number of fields, and more: a place is the number of a row and that of a field.
const FIELDS: u32 = 64;

fn place(row: usize, field: Field) -> u32 {
    row as u32 * FIELDS + field as u32
}

/// What it costs more to stand in a field of the next rank, above what parts of words make.
const RANK: u32 = 4;

/// What a typo costs, above what ranks and parts make for a query of many words.
const TYPO: u32 = 1 << 12;

/// What a word costs that is so like the wanted one, in this field; the less, the better it matches.
fn cost(likeness: Likeness, field: Field) -> u32 {
    likeness.typos * TYPO + field.rank() * RANK + likeness.part as u32
}

#[cfg(test)]
mod tests;
