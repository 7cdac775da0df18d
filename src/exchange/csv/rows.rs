//! The rows of a table, read piece by piece.

use csv::StringRecord;
use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::exchange::encoding::Text;
use crate::exchange::{Import, LARGEST_CARD, LONGEST_LINE, Room};

/// How often reading begins anew after a quote that nobody closed.
const RESTARTS: usize = 100;

/// A row and the line on which it begins.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) cells: StringRecord,
}

/// The rows of a table with something in them; `head` is the beginning of its text.
///
/// A quote that is not closed would swallow the rest of the file: the line with it is given up, and reading
/// begins anew on the next one.
pub(super) fn rows(text: &mut Text, head: &str, import: &mut Import) -> Vec<Row> {
    let delimiter = delimiter(head);
    let mut reading = Reading {
        import,
        rows: Vec::new(),
        room: Room::default(),
    };
    let mut first = 1;
    for _ in 0..RESTARTS {
        let Some(unclosed) = reading.read(text, first, delimiter) else {
            break;
        };
        reading
            .import
            .reject(unclosed, "", "opens a quote that is never closed");
        first = unclosed + 1;
        text.rewind();
    }
    reading.rows
}

/// What stands between the cells: with Excel that depends on the country.
fn delimiter(head: &str) -> u8 {
    let heading = head
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with("sep="))
        .unwrap_or_default();
    let count = |delimiter: &u8| heading.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the last wins.
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

struct Reading<'i> {
    import: &'i mut Import,
    rows: Vec<Row>,
    room: Room,
}

impl Reading<'_> {
    /// Reads from a line on. Gives the line of a row with a quote that is never closed; `None` once the table
    /// is read, or as much as there is room for.
    fn read(&mut self, text: &mut Text, first: usize, delimiter: u8) -> Option<usize> {
        let mut core: Reader = ReaderBuilder::new().delimiter(delimiter).build();
        let mut place = Place::new(delimiter);
        let mut row = Partial::default();
        let mut output = [0; 4096];
        loop {
            let piece = text.piece();
            let is_end = piece.is_none();
            let mut input = piece.as_deref().unwrap_or_default().as_bytes();
            while place.line < first && !input.is_empty() {
                let next = input.iter().position(|&byte| byte == b'\n');
                place.line += usize::from(next.is_some());
                input = &input[next.map_or(input.len(), |at| at + 1)..];
            }
            // Nothing to read would say that the table ends here.
            while is_end || !input.is_empty() {
                let (result, read, written) = core.read_field(input, &mut output);
                place.pass(&input[..read]);
                input = &input[read..];
                row.push(&output[..written]);
                match result {
                    ReadFieldResult::InputEmpty if is_end => return None,
                    ReadFieldResult::InputEmpty => break,
                    ReadFieldResult::OutputFull => {}
                    ReadFieldResult::Field { record_end } => {
                        row.end_cell();
                        if !record_end {
                            continue;
                        }
                        let line = place.row.take().unwrap_or(place.line);
                        let is_short = self
                            .rows
                            .first()
                            .is_some_and(|heading| row.cells.len() < heading.cells.len());
                        if is_end && place.is_quoted && (is_short || row.is_too_long()) {
                            return Some(line);
                        }
                        place.end_row();
                        if !self.take(line, std::mem::take(&mut row)) {
                            return None;
                        }
                    }
                    ReadFieldResult::End => return None,
                }
            }
        }
    }

    /// Takes a row, unless there is no room for it.
    fn take(&mut self, line: usize, row: Partial) -> bool {
        if let Some((field, length)) = row.too_long {
            let name = self
                .rows
                .first()
                .and_then(|heading| heading.cells.get(field))
                .unwrap_or_default();
            let (long, longest) = (length >> 20, LONGEST_LINE >> 20);
            self.import.reject(
                line,
                name,
                format!("is {long} MB long, and up to {longest} MB are read"),
            );
        } else if row.bytes > LARGEST_CARD {
            let (large, largest) = (row.bytes >> 20, LARGEST_CARD >> 20);
            self.import.reject(
                line,
                "",
                format!("has {large} MB, and up to {largest} MB are read of one row"),
            );
        } else if row.cells.iter().any(|cell| !cell.trim().is_empty()) && !self.is_separator_line(&row.cells)
        {
            if let Some(most) = self.room.full() {
                self.import.stop(line, &most);
                return false;
            }
            // The heading is nobody.
            if !self.rows.is_empty() {
                self.room.take(row.bytes);
            }
            self.rows.push(Row {
                line,
                cells: row.cells,
            });
        }
        true
    }

    /// Excel's `sep=;` before the heading.
    fn is_separator_line(&self, cells: &StringRecord) -> bool {
        self.rows.is_empty() && cells.get(0).is_some_and(|cell| cell.starts_with("sep="))
    }
}

/// A row as far as it was read.
#[derive(Default)]
struct Partial {
    cells: StringRecord,
    /// The cell that is being read, as far as it is kept.
    cell: Vec<u8>,
    /// How many bytes the cell has.
    length: usize,
    /// The number of the first cell that is too long, and how many bytes it has.
    too_long: Option<(usize, usize)>,
    /// How many bytes the row has.
    bytes: usize,
}

impl Partial {
    fn push(&mut self, bytes: &[u8]) {
        self.length += bytes.len();
        self.bytes += bytes.len();
        if self.length <= LONGEST_LINE && self.bytes <= LARGEST_CARD {
            self.cell.extend_from_slice(bytes);
        }
    }

    fn end_cell(&mut self) {
        if self.length > LONGEST_LINE && self.too_long.is_none() {
            self.too_long = Some((self.cells.len(), self.length));
        }
        // It was cut out of text, at characters that stand for themselves.
        self.cells.push_field(&String::from_utf8_lossy(&self.cell));
        self.cell.clear();
        self.length = 0;
    }

    fn is_too_long(&self) -> bool {
        self.too_long.is_some() || self.bytes > LARGEST_CARD
    }
}

/// Where in the file reading is.
struct Place {
    delimiter: u8,
    /// The line, counted from 1.
    line: usize,
    /// The line on which the row began; `None` before its first character.
    row: Option<usize>,
    /// Whether a quote is open.
    is_quoted: bool,
    /// Whether a cell begins here.
    begins: bool,
}

impl Place {
    fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            line: 1,
            row: None,
            is_quoted: false,
            begins: true,
        }
    }

    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let is_line_end = matches!(byte, b'\r' | b'\n');
            // A row may be said to begin with the end of the line before it.
            if self.row.is_none() && !is_line_end {
                self.row = Some(self.line);
            }
            self.line += usize::from(byte == b'\n');
            if byte == b'"' && (self.is_quoted || self.begins) {
                self.is_quoted = !self.is_quoted;
                // A doubled quote goes on where the first seemed to end it.
                self.begins = true;
            } else {
                self.begins = !self.is_quoted && (byte == self.delimiter || is_line_end);
            }
        }
    }

    fn end_row(&mut self) {
        self.is_quoted = false;
        self.begins = true;
    }
}
