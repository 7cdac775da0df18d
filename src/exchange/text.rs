//! Text as it is kept and as it is compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Text as the notebook keeps it: without space around it, with one kind of line end, and without
/// characters that nobody can type or see.
pub(super) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    tidied.push('\n');
                }
            }
            '\n' | '\t' => tidied.push(char),
            _ if char.is_control() || char == '\u{feff}' => {}
            _ => tidied.push(char),
        }
    }
    let trimmed = tidied.trim();
    if trimmed.len() == tidied.len() {
        tidied
    } else {
        trimmed.to_owned()
    }
}

/// The same as one line.
pub(super) fn line(text: &str) -> String {
    let tidied = tidy(text);
    if tidied.contains(['\n', '\t']) {
        tidied.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        tidied
    }
}

/// A name to compare by: without case, accents and what stands between its words, which may come in any
/// order (`Andre, Cathy`).
pub(super) fn name_key(name: &str) -> String {
    let mut words = words(name);
    words.sort_unstable();
    words.join(" ")
}

/// The words of a text, lowered and without accents.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .filter(|&char| !is_combining_mark(char) && !matches!(char, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    let words = folded.split(|char: char| !char.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A mail address to compare by.
pub(super) fn address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

/// What two ways to write one phone number have in common: the last seven digits. `None` for a number too
/// short to tell anybody by.
pub(super) fn phone_key(phone: &str) -> Option<String> {
    let digits = digits(phone);
    digits.len().checked_sub(7).map(|from| digits[from..].to_owned())
}

/// Whether two numbers reach the same phone: alike, but for a country's code or a trunk's zero before one.
pub(super) fn same_phone(one: &str, other: &str) -> bool {
    let (one, other) = (digits(one), digits(other));
    let (long, short) = if one.len() < other.len() {
        (other, one)
    } else {
        (one, other)
    };
    let (long, short) = (long.trim_start_matches('0'), short.trim_start_matches('0'));
    short.len() >= 7 && long.ends_with(short) && long.len() - short.len() <= 3
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_kept_as_one_would_type_it() {
        assert_eq!(tidy(" a\r\nb\rc\u{0}\u{7} \n"), "a\nb\nc");
        assert_eq!(tidy("\u{feff}é"), "é");
        assert_eq!(line("12 High St\r\nLeeds"), "12 High St Leeds");
    }

    #[test]
    fn names_and_numbers_are_compared_by_what_matters() {
        assert_eq!(name_key("Pérez, José"), name_key("jose PEREZ"));
        assert_eq!(name_key("Zoe\u{308} O’Brien"), name_key("Zoë O'Brien"));
        assert!(same_phone("+31 (0)20 555 0117", "020-5550117"));
        assert!(same_phone("+353 1 555 0117", "(01) 555 0117"));
        assert!(!same_phone("+1 212 555 0117", "+1 312 555 0117"));
        assert!(!same_phone("555 01", "555 01"));
        assert_eq!(phone_key("020-5550117"), phone_key("+31205550117"));
        assert_eq!(phone_key("555 01"), None);
    }
}
