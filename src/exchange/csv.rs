//! CSV as Google Contacts and Outlook export it, and as both import it.
//!
//! Columns are told by their names, in whatever order they stand. On the way out a cell that a spreadsheet
//! would take for a formula (`=`, `+`, `-`, `@` first) begins with an apostrophe, as spreadsheets write
//! text; on the way in that apostrophe is taken off again.

mod columns;
mod dates;
mod read;
mod rows;
mod write;

pub(super) use self::read::read;
pub use self::write::{write_google, write_outlook};

/// Whether a cell begins as formulas do, apostrophes apart that were put before it.
fn is_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'')
        .starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A cell that no spreadsheet works out.
fn escaped(cell: &str) -> String {
    if is_like_formula(cell) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The cell as it was before it was [`escaped`].
fn unescaped(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_like_formula(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_come_back_as_they_were() {
        for cell in ["=1+1", "+31 20", "-x", "@sum", "\t=1", "'=1", "''-1"] {
            let written = escaped(cell);
            assert!(written.starts_with('\''), "{cell}");
            assert_eq!(unescaped(&written), cell);
        }
        for cell in ["", "'", "'tis", "a=b", "1-2"] {
            assert_eq!((&*escaped(cell), unescaped(cell)), (cell, cell));
        }
    }
}
