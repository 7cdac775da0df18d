//! Terms of each trade with a plain twin to offer, from `data/jargon`.

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

const TRADES: &[(&str, &str)] = &[
    ("accounting", include_str!("data/jargon/accounting.csv")),
    ("construction", include_str!("data/jargon/construction.csv")),
    ("design", include_str!("data/jargon/design.csv")),
    ("energy", include_str!("data/jargon/energy.csv")),
    ("events", include_str!("data/jargon/events.csv")),
    ("finance", include_str!("data/jargon/finance.csv")),
    ("food", include_str!("data/jargon/food.csv")),
    ("hr", include_str!("data/jargon/hr.csv")),
    ("insurance", include_str!("data/jargon/insurance.csv")),
    ("it-support", include_str!("data/jargon/it-support.csv")),
    ("law", include_str!("data/jargon/law.csv")),
    ("logistics", include_str!("data/jargon/logistics.csv")),
    ("manufacturing", include_str!("data/jargon/manufacturing.csv")),
    ("marketing", include_str!("data/jargon/marketing.csv")),
    ("media", include_str!("data/jargon/media.csv")),
    ("medical", include_str!("data/jargon/medical.csv")),
    ("office", include_str!("data/jargon/office.csv")),
    ("property", include_str!("data/jargon/property.csv")),
    ("research", include_str!("data/jargon/research.csv")),
    ("software", include_str!("data/jargon/software.csv")),
    ("web", include_str!("data/jargon/web.csv")),
];

pub(super) fn load() -> Vec<Term> {
    TRADES
        .iter()
        .flat_map(|&(trade, table)| {
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
