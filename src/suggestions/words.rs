//! What suggestions ask of the words of a draft.

use crate::checks::Context;

/// The writer's own message in lower case with straight apostrophes, without greeting and closing, each word
/// between two spaces.
pub(super) fn own_words(draft: &Context) -> String {
    let spoken = draft
        .message()
        .flat_map(|(_, sentence)| draft.body.words_of(sentence));
    let mut words = String::from(" ");
    for word in spoken {
        words.push_str(
            &draft.body.source[word.span.clone()]
                .to_lowercase()
                .replace('’', "'"),
        );
        words.push(' ');
    }
    words
}

/// What earlier mail says, in the same form.
pub(super) fn earlier_words(draft: &Context) -> String {
    let text = draft.earlier.join(" ").to_lowercase().replace('’', "'");
    let words = text.split(|char: char| !(char.is_alphanumeric() || matches!(char, '\'' | '-')));
    let mut all = String::from(" ");
    for word in words.filter(|word| !word.is_empty()) {
        all.push_str(word);
        all.push(' ');
    }
    all
}

/// Whether one of these phrases stands among the words.
pub(super) fn has_any(words: &str, phrases: &[&str]) -> bool {
    phrases
        .iter()
        .any(|phrase| words.contains(&format!(" {phrase} ")))
}

/// How many words there are.
pub(super) fn count(words: &str) -> usize {
    words.split_whitespace().count()
}

/// Words that say what a text is about: long ones, cut to what their forms share.
pub(super) fn topics(text: &str) -> Vec<String> {
    const SAYS_NOTHING: &[&str] = &[
        "about",
        "after",
        "again",
        "asked",
        "before",
        "could",
        "every",
        "first",
        "friday",
        "going",
        "having",
        "later",
        "march",
        "might",
        "monday",
        "month",
        "morning",
        "needs",
        "never",
        "other",
        "promise",
        "quite",
        "saturday",
        "should",
        "since",
        "still",
        "sunday",
        "their",
        "there",
        "these",
        "thing",
        "those",
        "thursday",
        "today",
        "tomorrow",
        "tuesday",
        "until",
        "wants",
        "wednesday",
        "week",
        "weeks",
        "where",
        "which",
        "while",
        "with",
        "would",
        "your",
        "have",
        "will",
        "that",
        "this",
        "from",
        "they",
        "them",
        "then",
        "than",
        "send",
        "give",
        "make",
        "days",
        "year",
        "last",
        "next",
        "likes",
        "very",
        "been",
        "were",
        "what",
        "when",
        "some",
        "into",
        "over",
        "only",
        "also",
        "more",
        "most",
        "much",
        "well",
        "just",
        "soon",
        "back",
        "done",
        "ready",
    ];
    let text = text.to_lowercase();
    text.split(|char: char| !char.is_alphanumeric())
        .filter(|word| word.chars().count() > 3 && !SAYS_NOTHING.contains(word))
        .filter(|word| !word.starts_with(|char: char| char.is_ascii_digit()))
        .map(|word| word.chars().take(5).collect())
        .collect()
}

/// Whether two texts are about something in common.
pub(super) fn share_a_topic(one: &str, other: &str) -> bool {
    let topics_of_other = topics(other);
    topics(one).iter().any(|topic| topics_of_other.contains(topic))
}
