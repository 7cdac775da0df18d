//! Words that tell a commitment from a meeting, an event, a wish or a condition, and those of dates: lists of
//! `src/promise/data`, one entry a line.

use std::sync::LazyLock;

/// The entries of a list, in its order.
pub(super) type Words = LazyLock<Vec<&'static str>>;

macro_rules! lists {
    ($($name:ident $file:literal)*) => {
        $(
            pub(super) static $name: Words =
                LazyLock::new(|| entries(include_str!(concat!("data/", $file, ".txt"))));
        )*

        const ALL: &[(&str, &Words)] = &[$(($file, &$name)),*];
    };
}

lists! {
    ADVERBS "adverbs"
    AIMS "aims"
    ARRIVING "arriving"
    ASKING "asking"
    BEFALLS "befalls"
    COMPANIES "companies"
    CONDITIONS "conditions"
    CREW "crew"
    DECIDING "deciding"
    DEEDS "deeds"
    DELIVERABLES "deliverables"
    DENIAL "denial"
    DOING "doing"
    DONE "done"
    DONE_IRREGULARLY "done-irregularly"
    DOUBT "doubt"
    EVENTS "events"
    FACTS "facts"
    FINITE "finite"
    FUNCTION_WORDS "function-words"
    GETTING "getting"
    IN_HAND "in-hand"
    NOT_DONE_FOR_THEM "not-done-for-them"
    NO_DEED "no-deed"
    NO_DEED_UNDER_WAY "no-deed-under-way"
    NO_GAIN "no-gain"
    NUMBERS "numbers"
    OF_DATES "of-dates"
    OPENERS "openers"
    ORDINALS "ordinals"
    OTHERS "others"
    OURS "ours"
    PARTS_OF_DAY "parts-of-day"
    PAST "past"
    REACHES "reaches"
    REQUESTS "requests"
    SERVED "served"
    STANDING "standing"
    STRESS "stress"
    UNDER_WAY "under-way"
    VISITING "visiting"
    WORKS "works"
    ZONES "zones"
}

/// Lists of words of dates, which say nothing of the sentence around one.
const OF_DATE_PHRASES: [&str; 6] = [
    "numbers",
    "of-dates",
    "ordinals",
    "parts-of-day",
    "stress",
    "zones",
];

/// All lists but those, by name.
pub(super) fn lists_of_sentences() -> impl Iterator<Item = (&'static str, &'static Words)> {
    ALL.iter()
        .copied()
        .filter(|(name, _)| !OF_DATE_PHRASES.contains(name))
}

fn entries(list: &'static str) -> Vec<&'static str> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_says_what_it_is_and_nothing_twice() {
        for (name, words) in ALL {
            let path = format!("src/promise/data/{name}.txt");
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("# "), "{path}");
            for (at, word) in words.iter().enumerate() {
                assert!(!words[..at].contains(word), "{path}: {word} stands there twice");
                assert_eq!(word.to_lowercase().trim(), *word, "{path}");
            }
        }
        let files = std::fs::read_dir("src/promise/data").unwrap().count();
        assert_eq!(files, ALL.len(), "a file that is no list");
    }
}
