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

/// One step of a pattern, all alternatives spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Word(String),
    Number,
    Any,
    Gap,
}

/// Groups that many patterns share, written `<name>` in them.
const CLASSES: &[(&str, &str)] = &[
    ("be", "is|are|was|were|will be|be|been|being"),
    ("count", "#|a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of|half a|some|another"),
    ("money", "#|# (euros|euro|dollars|pounds|quid|francs|kronor|dirhams|rupees)"),
    ("unit", "minute|minutes|hour|hours|day|days|week|weeks|fortnight|month|months|quarter|year|years"),
];

/// Every sequence of steps that a pattern stands for.
pub(super) fn expand(pattern: &str) -> Vec<Vec<Step>> {
    let (sequences, rest) = alternatives(pattern);
    assert!(rest.is_empty(), "`{pattern}` closes a group that it does not open");
    sequences
}

/// Alternatives up to the end or to the `)` that closes them, and what comes after it.
fn alternatives(pattern: &str) -> (Vec<Vec<Step>>, &str) {
    let mut all = Vec::new();
    let mut sequences = vec![Vec::new()];
    let mut rest = pattern.trim_start();
    while !rest.is_empty() && !rest.starts_with(')') {
        if let Some(after) = rest.strip_prefix('|') {
            all.append(&mut sequences);
            sequences.push(Vec::new());
            rest = after.trim_start();
            continue;
        }
        let item;
        (item, rest) = next_item(rest);
        sequences = sequences
            .iter()
            .flat_map(|sequence| item.iter().map(move |more| [&sequence[..], &more[..]].concat()))
            .collect();
        rest = rest.trim_start();
    }
    all.append(&mut sequences);
    (all, rest)
}

/// The alternatives of the first item, and the pattern after it.
fn next_item(pattern: &str) -> (Vec<Vec<Step>>, &str) {
    if let Some(inside) = pattern.strip_prefix('(') {
        let (mut group, after) = alternatives(inside);
        let after = after.strip_prefix(')').unwrap_or_else(|| panic!("`{pattern}` opens a group that it does not close"));
        let after = after.strip_prefix('?').inspect(|_| group.push(Vec::new())).unwrap_or(after);
        return (group, after);
    }
    let end = pattern.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '|')).unwrap_or(pattern.len());
    let (item, after) = pattern.split_at(end);
    let group = match item {
        "#" => vec![vec![Step::Number]],
        "*" => vec![vec![Step::Any]],
        "..." => vec![vec![Step::Gap]],
        class if class.starts_with('<') => {
            let named = CLASSES.iter().find(|(name, _)| class == format!("<{name}>"));
            let (_, members) = named.unwrap_or_else(|| panic!("`{class}` is no class of words"));
            expand(members)
        }
        word => match word.strip_suffix('~') {
            Some(stem) => split_compound(stem, &inflections),
            None => split_compound(word, &|word| vec![word.to_owned()]),
        },
    };
    (group, after)
}

/// A hyphenated word as the words it is read as; the last one takes the endings.
fn split_compound(word: &str, forms: &dyn Fn(&str) -> Vec<String>) -> Vec<Vec<Step>> {
    let lower = word.to_lowercase();
    let mut parts: Vec<&str> = lower.split(['-', '/', '&']).filter(|part| !part.is_empty()).collect();
    let Some(last) = parts.pop() else { return vec![Vec::new()] };
    let before: Vec<Step> = parts.into_iter().map(step).collect();
    forms(last).iter().map(|form| [&before[..], &[step(form)]].concat()).collect()
}

fn step(word: &str) -> Step {
    if word.starts_with(|c: char| c.is_ascii_digit()) { Step::Number } else { Step::Word(word.to_owned()) }
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
        let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| stem.ends_with(ending));
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

    #[track_caller]
    fn check(pattern: &str, phrases: &[&str]) {
        let spell = |steps: Vec<Step>| {
            let words: Vec<String> = steps
                .into_iter()
                .map(|step| match step {
                    Step::Word(word) => word,
                    Step::Number => "#".to_owned(),
                    Step::Any => "*".to_owned(),
                    Step::Gap => "...".to_owned(),
                })
                .collect();
            words.join(" ")
        };
        let found: Vec<String> = expand(pattern).into_iter().map(spell).collect();
        assert_eq!(found, phrases);
    }

    #[test]
    fn groups_are_spelled_out() {
        check("(is|has been) late", &["is late", "has been late"]);
        check("a (bit)? late", &["a bit late", "a late"]);
        check("left (us|the (firm|team))", &["left us", "left the firm", "left the team"]);
        check("# ... * late", &["# ... * late"]);
    }

    #[test]
    fn verbs_take_their_regular_endings() {
        check("slip~", &["slip", "slips", "sliped", "sliping", "slipped", "slipping"]);
        check("move~", &["move", "moves", "moved", "moving"]);
        check("deny~", &["deny", "denies", "denied", "denying"]);
        check("delay~", &["delay", "delays", "delayed", "delaying"]);
        check("push~ back", &["push back", "pushes back", "pushed back", "pushing back"]);
    }

    #[test]
    fn compounds_are_read_as_words() {
        check("Low-hanging fruit", &["low hanging fruit"]);
        check("A/B test~", &["a b test", "a b tests", "a b tested", "a b testing"]);
    }
}
