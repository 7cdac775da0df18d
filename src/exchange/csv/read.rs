//! From tables to clients.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Column, Half, Part, Slot, column};
use super::dates::{self, Order};
use super::unescaped;
use crate::client::{Client, NameParts, Note, Occasion, Person, PostalAddress};
use crate::exchange::text::{line, tidy};
use crate::exchange::vcard;
use crate::exchange::{Import, LONGEST_LINE, Record, Refused, Rejected};

/// What Google puts between several values in one cell.
const SEVERAL: &str = ":::";

/// How often reading begins anew after a quote that nobody closed.
const RESTARTS: usize = 100;

/// Reads a table with a heading; a bad row costs that row.
///
/// # Errors
///
/// When its heading is of no program that is known here.
pub fn read(text: &str, progress: &mut dyn FnMut(usize, usize)) -> Result<Import, Refused> {
    let mut import = Import::default();
    let rows = rows(text, &mut import, progress);
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

/// A row and the line on which it begins.
struct Row {
    line: usize,
    cells: StringRecord,
}

/// The rows of a table with something in them.
///
/// A quote that is not closed would swallow the rest of the file: the line with it is given up, and reading
/// begins anew on the next one.
fn rows(text: &str, import: &mut Import, progress: &mut dyn FnMut(usize, usize)) -> Vec<Row> {
    let delimiter = delimiter(text);
    let (mut start, mut told) = (0, 0);
    let mut counter = LineCounter { line: 1, at: 0 };
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..RESTARTS {
        let mut builder = ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).delimiter(delimiter);
        let mut reader = builder.from_reader(&text.as_bytes()[start..]);
        let mut cells = StringRecord::new();
        let mut unclosed = None;
        // A text that is in memory cannot fail to be read.
        while reader.read_record(&mut cells).unwrap_or(false) {
            let at = start + cells.position().map_or(0, |position| position.byte() as usize);
            let number = counter.line_of(text, at);
            let done = start + reader.position().byte() as usize;
            if done > told + text.len() / 100 {
                told = done;
                progress(told, text.len());
            }
            let is_short = rows
                .first()
                .is_some_and(|heading| cells.len() < heading.cells.len());
            if done >= text.len() && is_short && ends_in_quote(&text[at..], delimiter) {
                unclosed = Some((at, number));
                break;
            }
            if let Some(field) = cells.iter().position(|cell| cell.len() > LONGEST_LINE) {
                let name = rows
                    .first()
                    .and_then(|heading| heading.cells.get(field))
                    .unwrap_or_default();
                let (long, longest) = (cells[field].len() >> 20, LONGEST_LINE >> 20);
                import.reject(
                    number,
                    name,
                    format!("is {long} MB long, and up to {longest} MB are read"),
                );
            } else if cells.iter().any(|cell| !cell.trim().is_empty()) && !is_separator_line(&cells, &rows) {
                rows.push(Row {
                    line: number,
                    cells: cells.clone(),
                });
            }
        }
        let Some((at, number)) = unclosed else { break };
        import.reject(number, "", "opens a quote that is never closed");
        // A row may be said to begin with the end of the line before it.
        let row = text[at..]
            .find(|char| !matches!(char, '\r' | '\n'))
            .map_or(at, |from| at + from);
        let Some(next) = text[row..].find('\n') else { break };
        start = row + next + 1;
    }
    progress(text.len(), text.len());
    rows
}

/// Counts lines on the way through a text.
struct LineCounter {
    line: usize,
    at: usize,
}

impl LineCounter {
    /// The line of what stands from here on; each place asked for is after the one before.
    fn line_of(&mut self, text: &str, at: usize) -> usize {
        let row = text[at..]
            .find(|char| !matches!(char, '\r' | '\n'))
            .map_or(text.len(), |from| at + from);
        self.line += text[self.at..row].matches('\n').count();
        self.at = row;
        self.line
    }
}

/// What stands between the cells: with Excel that depends on the country.
fn delimiter(text: &str) -> u8 {
    let heading = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("sep="))
        .unwrap_or_default();
    let count = |delimiter: &u8| heading.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last wins.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Excel's `sep=;` before the heading.
fn is_separator_line(cells: &StringRecord, rows: &[Row]) -> bool {
    rows.is_empty() && cells.get(0).is_some_and(|cell| cell.starts_with("sep="))
}

/// Whether a quote is open at the end of these rows.
fn ends_in_quote(rows: &str, delimiter: u8) -> bool {
    let (mut is_open, mut begins) = (false, true);
    for byte in rows.bytes() {
        if byte == b'"' && (is_open || begins) {
            is_open = !is_open;
            // A doubled quote goes on where the first seemed to end it.
            begins = true;
        } else {
            begins = !is_open && (byte == delimiter || byte == b'\n' || byte == b'\r');
        }
    }
    is_open
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
