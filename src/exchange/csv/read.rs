//! From tables to clients.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;

use super::columns::{Column, Half, Part, Slot, column};
use super::dates::{self, Order};
use super::rows::{Row, rows};
use super::unescaped;
use crate::client::{Client, NameParts, Note, Occasion, Person, PostalAddress};
use crate::exchange::encoding::Text;
use crate::exchange::text::{line, tidy};
use crate::exchange::vcard;
use crate::exchange::{Import, Record, Refused, Rejected};

/// What Google puts between several values in one cell.
const SEVERAL: &str = ":::";

/// Reads a table with a heading; a bad row costs that row.
///
/// # Errors
///
/// When its heading is of no program that is known here.
pub(in crate::exchange) fn read(text: &mut Text, head: &str) -> Result<Import, Refused> {
    let mut import = Import::default();
    let rows = rows(text, head, &mut import);
    let mut rows = rows.into_iter();
    let heading = rows.next().ok_or(Refused::Empty)?;
    let table = Table::new(&heading.cells).ok_or(Refused::Unknown)?;
    let rows: Vec<Row> = rows.collect();
    import.notices.extend(table.notices(&rows));
    let dates = |row: &Row| -> Vec<String> { table.dates(row).map(str::to_owned).collect() };
    let dates: Vec<String> = rows.iter().flat_map(dates).collect();
    let order = Order::of(dates.iter().map(String::as_str));
    if order.is_guessed {
        import
            .notices
            .push("Dates like 4/3/1980 were read as month, day, year.".to_owned());
    }
    for row in &rows {
        if let Some(client) = table.client(row, order, &mut import) {
            import.records.push(Record {
                line: row.line,
                client,
            });
        }
    }
    Ok(import)
}

/// The columns of a table.
struct Table {
    columns: Vec<(String, Column)>,
}

impl Table {
    /// Of a heading that names at least whom a row is about.
    fn new(heading: &StringRecord) -> Option<Self> {
        let columns: Vec<_> = heading.iter().map(|name| (line(name), column(name))).collect();
        let tells_who = |column: &Column| {
            matches!(
                column,
                Column::Name
                    | Column::Given
                    | Column::Family
                    | Column::Company
                    | Column::Email(_, Half::Value)
            )
        };
        columns
            .iter()
            .any(|(_, column)| tells_who(column))
            .then_some(Self { columns })
    }

    /// What is missing, doubled or not known.
    fn notices(&self, rows: &[Row]) -> Vec<String> {
        let mut notices = Vec::new();
        let has = |wanted: fn(&Column) -> bool| self.columns.iter().any(|(_, column)| wanted(column));
        if !has(|column| matches!(column, Column::Name | Column::Given | Column::Family)) {
            notices.push("No column holds names.".to_owned());
        }
        if !has(|column| matches!(column, Column::Email(_, Half::Value))) {
            notices.push("No column holds mail addresses.".to_owned());
        }
        let mut seen = BTreeSet::new();
        let doubled: BTreeSet<&str> = self
            .columns
            .iter()
            .filter(|(name, column)| {
                !matches!(column, Column::Unknown | Column::Ignored) && !seen.insert(name)
            })
            .map(|(name, _)| name.as_str())
            .collect();
        for name in doubled {
            notices.push(format!(
                "Two columns are named “{name}”; where they differ, the first counts."
            ));
        }
        let unknown: Vec<&str> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, (_, column))| *column == Column::Unknown)
            .filter(|(at, _)| {
                rows.iter()
                    .any(|row| row.cells.get(*at).is_some_and(|cell| !cell.trim().is_empty()))
            })
            .map(|(_, (name, _))| {
                if name.is_empty() {
                    "(no name)"
                } else {
                    name.as_str()
                }
            })
            .collect();
        if !unknown.is_empty() {
            notices.push(format!("These columns were left out: {}.", unknown.join(", ")));
        }
        notices
    }

    fn dates<'r>(&'r self, row: &'r Row) -> impl Iterator<Item = &'r str> {
        self.columns
            .iter()
            .zip(&row.cells)
            .filter_map(|((_, column), cell)| {
                matches!(
                    column,
                    Column::Birthday | Column::Anniversary | Column::Event(_, Half::Value)
                )
                .then_some(cell)
            })
    }

    fn client(&self, row: &Row, order: Order, import: &mut Import) -> Option<Client> {
        let surplus = row.cells.iter().skip(self.columns.len());
        if surplus.clone().any(|cell| !cell.trim().is_empty()) {
            let (cells, columns) = (row.cells.len(), self.columns.len());
            import.reject(
                row.line,
                "",
                format!("has {cells} cells where the heading has {columns}, so none can be told apart"),
            );
            return None;
        }
        let mut cells: BTreeMap<&Column, String> = BTreeMap::new();
        for ((name, column), cell) in self.columns.iter().zip(&row.cells) {
            let text = tidy(unescaped(cell));
            if text.is_empty() || matches!(column, Column::Ignored | Column::Unknown) {
                continue;
            }
            match cells.get_mut(column) {
                // The second and third line of Outlook's streets.
                Some(known) if matches!(column, Column::Address(_, Part::Extended)) => {
                    known.push('\n');
                    known.push_str(&text);
                }
                Some(known) if *known != text => {
                    import.reject(
                        row.line,
                        name.as_str(),
                        "says something else than another column that means the same",
                    );
                }
                Some(_) => {}
                None => {
                    cells.insert(column, text);
                }
            }
        }
        let mut rejected = Vec::new();
        let client = Filling {
            cells,
            line: row.line,
            rejected: &mut rejected,
        }
        .client(order);
        for rejected in rejected {
            import.reject(rejected.line, rejected.field, rejected.reason);
        }
        if client.is_none() {
            import.reject(row.line, "", "tells no name, company, address or number");
        }
        client
    }
}

/// The cells of a row on their way into a client.
struct Filling<'t> {
    cells: BTreeMap<&'t Column, String>,
    line: usize,
    rejected: &'t mut Vec<Rejected>,
}

impl Filling<'_> {
    fn client(mut self, order: Order) -> Option<Client> {
        let mut client = Client::default();
        self.name(&mut client);
        client.call_me = self.line(&Column::Nickname);
        client.company = self.line(&Column::Company);
        client.role = self.line(&Column::Role);
        client.language = self.line(&Column::Language);
        let department = self.line(&Column::Department);
        if !department.is_empty() {
            client
                .vcard
                .push(vcard::company_with_department(&client.company, &department));
        }
        self.addresses_and_numbers(&mut client);
        self.places(&mut client);
        self.people(&mut client);
        self.days(&mut client, order);
        for hobby in self.line(&Column::Hobby).split([',', ';']).map(str::trim) {
            add(&mut client.interests, hobby);
        }
        self.notes(&mut client);
        if client.name.is_empty() {
            let first = [&client.company]
                .into_iter()
                .chain(&client.emails)
                .chain(&client.phones)
                .find(|text| !text.is_empty());
            first?.clone_into(&mut client.name);
        }
        Some(client)
    }

    fn take(&mut self, column: &Column) -> String {
        self.cells.remove(column).unwrap_or_default()
    }

    fn line(&mut self, column: &Column) -> String {
        line(&self.take(column))
    }

    fn reject(&mut self, field: &str, reason: &str) {
        self.rejected.push(Rejected::new(self.line, field, reason));
    }

    fn name(&mut self, client: &mut Client) {
        let parts = NameParts {
            prefix: self.line(&Column::Prefix),
            given: self.line(&Column::Given),
            middle: self.line(&Column::Middle),
            family: self.line(&Column::Family),
            suffix: self.line(&Column::Suffix),
            ..NameParts::default()
        };
        client.name = self.line(&Column::Name);
        if client.name.is_empty() {
            client.name = parts.full_name();
        }
        if parts != vcard::parts_of(&client.name) && parts.is_of(client) {
            client.name_parts = parts;
        }
    }

    fn addresses_and_numbers(&mut self, client: &mut Client) {
        for (label, cell) in self.labelled(|column| match column {
            Column::Email(number, half) => Some((u16::from(*number), "", *half)),
            _ => None,
        }) {
            for address in cell
                .split(SEVERAL)
                .map(line)
                .filter(|address| !address.is_empty())
            {
                if address.contains('@') {
                    list(client, |client| &mut client.emails, &address, &label);
                } else {
                    self.reject("E-mail", &format!("“{address}” is no mail address"));
                }
            }
        }
        for (label, cell) in self.labelled(|column| match column {
            Column::Phone(Slot::Fixed(rank, label), half) => Some((u16::from(*rank), label, *half)),
            Column::Phone(Slot::Numbered(number), half) => Some((0x100 + u16::from(*number), "", *half)),
            _ => None,
        }) {
            for phone in cell.split(SEVERAL).map(line) {
                list(client, |client| &mut client.phones, &phone, &label);
            }
        }
        for (label, cell) in self.labelled(|column| match column {
            Column::Website(number, half) => Some((u16::from(*number), "", *half)),
            _ => None,
        }) {
            for site in cell.split(SEVERAL).map(line) {
                list(client, |client| &mut client.websites, &site, &label);
            }
        }
    }

    /// The values of such columns with their labels: preferred ones first, then in order of their numbers.
    fn labelled(
        &mut self,
        of: impl Fn(&Column) -> Option<(u16, &'static str, Half)>,
    ) -> Vec<(String, String)> {
        let mut found: BTreeMap<u16, (String, String)> = BTreeMap::new();
        self.cells.retain(|column, cell| {
            let Some((number, fixed, half)) = of(column) else {
                return true;
            };
            let pair = found
                .entry(number)
                .or_insert_with(|| (fixed.to_owned(), String::new()));
            match half {
                Half::Label => pair.0 = std::mem::take(cell),
                Half::Value => pair.1 = std::mem::take(cell),
            }
            false
        });
        let mut found: Vec<(String, String)> = found
            .into_values()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        // Google marks the one to use first by a star.
        found.sort_by_key(|(label, _)| !label.starts_with('*'));
        for (label, _) in &mut found {
            *label = own_label(label);
        }
        found
    }

    fn places(&mut self, client: &mut Client) {
        let mut places: BTreeMap<Slot, (PostalAddress, String)> = BTreeMap::new();
        self.cells.retain(|column, cell| {
            let Column::Address(slot, part) = column else {
                return true;
            };
            let (place, formatted) = places.entry(*slot).or_default();
            if let Slot::Fixed(_, label) = slot {
                (*label).clone_into(&mut place.label);
            }
            let field = match part {
                Part::Label => &mut place.label,
                Part::Formatted => formatted,
                Part::Street => &mut place.street,
                Part::Extended => &mut place.extended,
                Part::PoBox => &mut place.po_box,
                Part::Locality => &mut place.locality,
                Part::Region => &mut place.region,
                Part::Code => &mut place.code,
                Part::Country => &mut place.country,
            };
            *field = std::mem::take(cell);
            false
        });
        for (mut place, formatted) in places.into_values() {
            if place.is_empty() {
                place.street = formatted;
            }
            place.label = own_label(&place.label);
            if !place.is_empty() && !client.addresses.contains(&place) {
                client.addresses.push(place);
            }
        }
    }

    fn people(&mut self, client: &mut Client) {
        let mut people: Vec<(String, String)> = vec![("partner".to_owned(), self.line(&Column::Spouse))];
        for child in self.line(&Column::Children).split([',', ';']) {
            people.push(("child".to_owned(), line(child)));
        }
        people.push(("assistant".to_owned(), self.line(&Column::Assistant)));
        let related = self.labelled(|column| match column {
            Column::Relation(number, half) => Some((u16::from(*number), "", *half)),
            _ => None,
        });
        people.extend(
            related
                .into_iter()
                .map(|(label, name)| (vcard::relation(&label.to_lowercase()).to_owned(), line(&name))),
        );
        for (relation, name) in people.into_iter().filter(|(_, name)| !name.is_empty()) {
            client.people.push(Person {
                relation,
                name,
                ..Person::default()
            });
        }
    }

    fn days(&mut self, client: &mut Client, order: Order) {
        let mut days = vec![
            (Occasion::BIRTHDAY.to_owned(), self.line(&Column::Birthday)),
            ("anniversary".to_owned(), self.line(&Column::Anniversary)),
        ];
        days.extend(self.labelled(|column| match column {
            Column::Event(number, half) => Some((u16::from(*number), "", *half)),
            _ => None,
        }));
        for (what, text) in days.into_iter().filter(|(_, text)| !dates::is_none(text)) {
            match order.read(&text) {
                Some(day) => {
                    let what = if what.eq_ignore_ascii_case("anniversary") {
                        "anniversary".to_owned()
                    } else {
                        what
                    };
                    client.dates.push(Occasion {
                        what,
                        day: day.to_string(),
                        ..Occasion::default()
                    });
                }
                None => self.reject(&what, &format!("“{text}” is no date that can be read")),
            }
        }
    }

    fn notes(&mut self, client: &mut Client) {
        let mut texts = vec![self.take(&Column::Notes)];
        let custom = self.labelled(|column| match column {
            Column::Custom(number, half) => Some((u16::from(*number), "", *half)),
            _ => None,
        });
        texts.extend(custom.into_iter().map(|(label, value)| {
            if label.is_empty() {
                value
            } else {
                format!("{label}: {value}")
            }
        }));
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            client.notes.push(Note {
                text,
                ..Note::default()
            });
        }
    }
}

fn list(client: &mut Client, list: fn(&mut Client) -> &mut Vec<String>, value: &str, label: &str) {
    if value.is_empty() {
        return;
    }
    add(list(client), value);
    if !label.is_empty() {
        client
            .labels
            .entry(value.to_owned())
            .or_insert_with(|| label.to_owned());
    }
}

fn add(list: &mut Vec<String>, value: &str) {
    if !value.is_empty() && !list.iter().any(|known| known == value) {
        list.push(value.to_owned());
    }
}

/// A label in the notebook's words: those that everybody has are lower case there.
fn own_label(label: &str) -> String {
    let label = line(label.trim_start_matches('*'));
    let lower = label.to_lowercase();
    let is_common = lower.split(' ').all(|word| {
        matches!(
            word,
            "home"
                | "work"
                | "mobile"
                | "fax"
                | "main"
                | "other"
                | "pager"
                | "birthday"
                | "anniversary"
                | "profile"
                | "blog"
        )
    });
    if is_common { lower } else { label }
}
