//! Words of the draft and names of clients as a message shows them.

/// How many words of a clause a headline shows.
const SHOWN: usize = 7;

/// The words in typographic quotation marks, a long clause cut after a few words.
pub(crate) fn quote(words: &str) -> String {
    format!("“{}”", elide(words))
}

/// A name as it stands at the start of a sentence: "the client" becomes "The client".
pub(crate) fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first words of a clause, on one line, with `…` where the rest was left out.
pub(crate) fn elide(words: &str) -> String {
    let mut all = words.split_whitespace();
    let mut shown: Vec<&str> = all.by_ref().take(SHOWN).collect();
    let rest: Vec<&str> = all.collect();
    if rest.len() == 1 {
        // One word more is no longer than the sign that would stand for it.
        shown.extend(rest);
        return shown.join(" ");
    }
    let text = shown.join(" ");
    if rest.is_empty() {
        text
    } else {
        format!("{} …", text.trim_end_matches([',', ';', ':']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_clauses_are_cut_and_breaks_closed() {
        assert_eq!(quote("a\nb"), "“a b”");
        assert_eq!(quote("1 2 3 4 5 6 7 8"), "“1 2 3 4 5 6 7 8”");
        assert_eq!(quote("1 2 3 4 5 6 7, 8 9"), "“1 2 3 4 5 6 7 …”");
    }
}
