//! The small language that word data is written in.
//!
//! | written | matches |
//! |---|---|
//! | `behind schedule` | these words; hyphen, space and line break are one |
//! | `delay~` | the word in all regular forms: delay, delays, delayed, delaying |
//! | `(is\|has been)` | one of these, each of one word or more; groups may stand in groups |
//! | `<unit>` | one of a class that many patterns share: see `CLASSES` |
//! | `(two)?` | these or nothing |
//! | `*` | any one word |
//! | `...` | up to three words, or none |
//! | `#` | any number: `14`, `1,900`, `3rd` |

/// One item of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// This word, lower-case.
    Word(String),
    /// Any number.
    Number,
    /// Any one word.
    Any,
    /// Up to three words, or none.
    Gap,
    /// One of these sequences.
    OneOf(Vec<Vec<Item>>),
}

/// Groups that many patterns share, written `<name>` in them.
const CLASSES: &[(&str, &str)] = &[
    ("be", "is|are|was|were|will be|be|been|being"),
    (
        "count",
        "#|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|half a|some|another",
    ),
    (
        "money",
        "#|# (euros|euro|dollars|pounds|quid|francs|kronor|dirhams|rupees)",
    ),
    (
        "unit",
        "minute|minutes|hour|hours|day|days|week|weeks|fortnight|month|months|quarter|year|years",
    ),
];

/// The items of a pattern, in order.
///
/// # Panics
///
/// On a pattern that is not well formed: word data ships with the program, and a test reads all of it.
pub(super) fn parse(pattern: &str) -> Vec<Item> {
    let (mut sequences, rest) = alternatives(pattern);
    assert!(
        rest.is_empty(),
        "`{pattern}` closes a group that it does not open"
    );
    if sequences.len() == 1 {
        sequences.remove(0)
    } else {
        vec![Item::OneOf(sequences)]
    }
}

/// Sequences up to the end or to the `)` that closes them, and what comes after it.
fn alternatives(pattern: &str) -> (Vec<Vec<Item>>, &str) {
    let mut all = Vec::new();
    let mut sequence = Vec::new();
    let mut rest = pattern.trim_start();
    while !rest.is_empty() && !rest.starts_with(')') {
        if let Some(after) = rest.strip_prefix('|') {
            all.push(std::mem::take(&mut sequence));
            rest = after;
        } else {
            rest = next_items(rest, &mut sequence);
        }
        rest = rest.trim_start();
    }
    all.push(sequence);
    (all, rest)
}

/// Adds the items at the start of the pattern and gives back what comes after them.
fn next_items<'p>(pattern: &'p str, sequence: &mut Vec<Item>) -> &'p str {
    if let Some(inside) = pattern.strip_prefix('(') {
        let (mut group, after) = alternatives(inside);
        let after = after
            .strip_prefix(')')
            .unwrap_or_else(|| panic!("`{pattern}` opens a group that it does not close"));
        let after = after
            .strip_prefix('?')
            .inspect(|_| group.push(Vec::new()))
            .unwrap_or(after);
        sequence.push(Item::OneOf(group));
        return after;
    }
    let end = pattern
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|'))
        .unwrap_or(pattern.len());
    let (item, after) = pattern.split_at(end);
    match item {
        "#" => sequence.push(Item::Number),
        "*" => sequence.push(Item::Any),
        "..." => sequence.push(Item::Gap),
        class if class.starts_with('<') => {
            let named = CLASSES.iter().find(|(name, _)| class == format!("<{name}>"));
            let (_, members) = named.unwrap_or_else(|| panic!("`{class}` is no class of words"));
            sequence.extend(parse(members));
        }
        word => compound(word, sequence),
    }
    after
}

/// A hyphenated word as the words it is read as; the last one takes the endings.
fn compound(word: &str, sequence: &mut Vec<Item>) {
    let lower = word.to_lowercase();
    let (stem, inflects) = lower
        .strip_suffix('~')
        .map_or((lower.as_str(), false), |stem| (stem, true));
    let mut parts: Vec<&str> = stem
        .split(['-', '/', '&'])
        .filter(|part| !part.is_empty())
        .collect();
    let Some(last) = parts.pop() else { return };
    sequence.extend(parts.into_iter().map(single));
    sequence.push(if inflects {
        Item::OneOf(inflections(last).iter().map(|form| vec![single(form)]).collect())
    } else {
        single(last)
    });
}

fn single(word: &str) -> Item {
    // "3pl" is a word of its own; "24" is as good as any number.
    if word.chars().all(|c| c.is_ascii_digit()) {
        Item::Number
    } else {
        Item::Word(word.to_owned())
    }
}

/// The regular forms of a verb. Where spelling leaves a choice ("travelled", "traveled") both are given.
fn inflections(stem: &str) -> Vec<String> {
    let is_vowel = |c: char| "aeiou".contains(c);
    let mut letters = stem.chars().rev();
    let (last, second, third) = (letters.next(), letters.next(), letters.next());
    let after_vowel = second.is_some_and(is_vowel);
    let mut forms = vec![stem.to_owned()];
    if last == Some('e') {
        let short = &stem[..stem.len() - 1];
        forms.extend([format!("{stem}s"), format!("{stem}d"), format!("{short}ing")]);
    } else if last == Some('y') && !after_vowel {
        let short = &stem[..stem.len() - 1];
        forms.extend([format!("{short}ies"), format!("{short}ied"), format!("{stem}ing")]);
    } else {
        let hisses = ["s", "x", "z", "ch", "sh"]
            .iter()
            .any(|ending| stem.ends_with(ending));
        forms.push(format!("{stem}{}", if hisses { "es" } else { "s" }));
        forms.extend([format!("{stem}ed"), format!("{stem}ing")]);
        let doubles = last.is_some_and(|c| !is_vowel(c) && !"wxy".contains(c))
            && after_vowel
            && third.is_some_and(|c| !is_vowel(c));
        if let (true, Some(last)) = (doubles, last) {
            forms.extend([format!("{stem}{last}ed"), format!("{stem}{last}ing")]);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every phrase that a pattern stands for.
    fn spell(items: &[Item]) -> Vec<String> {
        items.iter().fold(vec![String::new()], |phrases, item| {
            let more = match item {
                Item::Word(word) => vec![word.clone()],
                Item::Number => vec!["#".to_owned()],
                Item::Any => vec!["*".to_owned()],
                Item::Gap => vec!["...".to_owned()],
                Item::OneOf(sequences) => sequences.iter().flat_map(|sequence| spell(sequence)).collect(),
            };
            let join = |phrase: &String, more: &String| format!("{phrase} {more}").trim().to_owned();
            phrases
                .iter()
                .flat_map(|phrase| more.iter().map(move |more| join(phrase, more)))
                .collect()
        })
    }

    #[track_caller]
    fn check(pattern: &str, phrases: &[&str]) {
        assert_eq!(spell(&parse(pattern)), phrases);
    }

    #[test]
    fn groups_are_spelled_out() {
        check("(is|has been) late", &["is late", "has been late"]);
        check("a (bit)? late", &["a bit late", "a late"]);
        check(
            "left (us|the (firm|team))",
            &["left us", "left the firm", "left the team"],
        );
        check("# ... * late", &["# ... * late"]);
        check("one|two", &["one", "two"]);
    }

    #[test]
    fn verbs_take_their_regular_endings() {
        check(
            "slip~",
            &["slip", "slips", "sliped", "sliping", "slipped", "slipping"],
        );
        check("move~", &["move", "moves", "moved", "moving"]);
        check("deny~", &["deny", "denies", "denied", "denying"]);
        check("delay~", &["delay", "delays", "delayed", "delaying"]);
        check(
            "push~ back",
            &["push back", "pushes back", "pushed back", "pushing back"],
        );
    }

    #[test]
    fn compounds_are_read_as_words() {
        check("Low-hanging fruit", &["low hanging fruit"]);
        check(
            "A/B test~",
            &["a b test", "a b tests", "a b tested", "a b testing"],
        );
    }
}
