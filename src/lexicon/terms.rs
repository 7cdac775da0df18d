//! Terms of each trade with a plain twin to offer, from `data/jargon`.

use super::data;

/// A term a client from another trade may not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// As listed, in the language of patterns.
    pub(super) pattern: String,
    /// What to write instead or explain it with, starting lower-case, no full stop.
    pub plain: String,
    /// The trade whose clients know it: `web`, `law`, `office`.
    pub trade: &'static str,
}

impl Term {
    /// Whether it is written in capitals and counts only so.
    pub fn is_acronym(&self) -> bool {
        !self.pattern.chars().any(char::is_lowercase)
    }

    /// Whether one of its words takes the endings of a verb.
    pub fn inflects(&self) -> bool {
        self.pattern.contains('~')
    }

    /// The word of it that takes endings, in lower case, and how many words stand before that one.
    pub fn inflected_word(&self) -> Option<(String, usize)> {
        let lower = self.pattern.to_lowercase();
        let words = lower.split([' ', '-', '/', '&']).filter(|word| !word.is_empty());
        words
            .enumerate()
            .find_map(|(at, word)| Some((word.strip_suffix('~')?.to_owned(), at)))
    }

    /// The term as a person would read it in a list.
    pub fn name(&self) -> String {
        self.pattern.replace('~', "")
    }
}

/// Every term, by trade and then as listed. The name of a file is the name of its trade.
pub(super) fn load() -> Vec<Term> {
    let trades = data::files().filter_map(|(name, table)| {
        let trade = name.strip_prefix("jargon/")?.strip_suffix(".csv")?;
        Some((trade, table))
    });
    trades
        .flat_map(|(trade, table)| {
            table.lines().skip(1).filter_map(move |line| {
                let (pattern, plain) = split_row(line)?;
                Some(Term {
                    pattern,
                    plain,
                    trade,
                })
            })
        })
        .collect()
}

/// The plural of a term, by its last word; verbs stay as they are listed.
pub(super) fn plural(pattern: &str) -> String {
    if pattern.ends_with('~') {
        return pattern.to_owned();
    }
    if let Some(stem) = pattern
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']))
    {
        return format!("{stem}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|ending| pattern.ends_with(ending));
    format!("{pattern}{}", if hisses { "es" } else { "s" })
}

/// `term,plain` or `term,"plain, with a comma"`.
fn split_row(line: &str) -> Option<(String, String)> {
    let (term, plain) = line.split_once(',')?;
    let unquote = |field: &str| match field.strip_prefix('"').and_then(|field| field.strip_suffix('"')) {
        Some(inside) => inside.replace("\"\"", "\""),
        None => field.to_owned(),
    };
    Some((unquote(term.trim()), unquote(plain.trim())))
}
