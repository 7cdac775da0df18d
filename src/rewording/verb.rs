//! The endings of English verbs.

/// How a verb stands in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// use
    Base,
    /// uses
    Third,
    /// using
    Ing,
    /// used, took
    Past,
    /// used, taken
    Participle,
}

/// Verbs of the plain twins with forms of their own: base, past, participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "were", "been"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("come", "came", "come"),
    ("cut", "cut", "cut"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("find", "found", "found"),
    ("forbid", "forbade", "forbidden"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("keep", "kept", "kept"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("outbid", "outbid", "outbid"),
    ("pay", "paid", "paid"),
    ("put", "put", "put"),
    ("redraw", "redrew", "redrawn"),
    ("run", "ran", "run"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("show", "showed", "shown"),
    ("shrink", "shrank", "shrunk"),
    ("shut", "shut", "shut"),
    ("split", "split", "split"),
    ("spread", "spread", "spread"),
    ("steal", "stole", "stolen"),
    ("sublet", "sublet", "sublet"),
    ("take", "took", "taken"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("win", "won", "won"),
];

/// Words after which a verb in its past form is a participle.
const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "get", "gets", "got", "had", "has", "have", "having", "is", "not",
    "was", "were",
];

impl Form {
    /// The form of `word`, one of the regular forms of `stem`, after the word `before`.
    pub(super) fn of(word: &str, stem: &str, before: Option<&str>) -> Self {
        if word == stem {
            Self::Base
        } else if word.ends_with("ing") {
            Self::Ing
        } else if word.ends_with('d') {
            let after_auxiliary = before.is_some_and(|before| AUXILIARIES.contains(&before));
            if after_auxiliary {
                Self::Participle
            } else {
                Self::Past
            }
        } else {
            Self::Third
        }
    }
}

/// A verb, given as its base, in this form.
pub(super) fn inflect(base: &str, form: Form) -> String {
    let irregular = IRREGULAR.iter().find(|(verb, _, _)| *verb == base);
    match (form, irregular) {
        (Form::Base, _) => base.to_owned(),
        (Form::Third, _) if base == "be" => "is".to_owned(),
        (Form::Third, _) => third(base),
        (Form::Ing, _) => ing(base),
        (Form::Past, Some((_, past, _))) => (*past).to_owned(),
        (Form::Participle, Some((_, _, participle))) => (*participle).to_owned(),
        (Form::Past | Form::Participle, None) => ed(base),
    }
}

fn third(base: &str) -> String {
    if let Some(short) = ends_in_consonant_y(base) {
        return format!("{short}ies");
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|ending| base.ends_with(ending));
    format!("{base}{}", if hisses { "es" } else { "s" })
}

fn ed(base: &str) -> String {
    if let Some(short) = ends_in_consonant_y(base) {
        return format!("{short}ied");
    }
    if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{}ed", doubled(base))
    }
}

fn ing(base: &str) -> String {
    if let Some(short) = base.strip_suffix("ie") {
        return format!("{short}ying");
    }
    match base.strip_suffix('e') {
        Some(short) if base != "be" && !base.ends_with("ee") => format!("{short}ing"),
        _ => format!("{}ing", doubled(base)),
    }
}

fn ends_in_consonant_y(base: &str) -> Option<&str> {
    let short = base.strip_suffix('y')?;
    (!short.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(short)
}

/// The verb with its last letter twice where its endings want that: "stop", "put", "sublet".
fn doubled(base: &str) -> String {
    const STRESSED_AT_THE_END: &[&str] = &["forbid", "outbid", "sublet"];
    let is_vowel = |letter: &char| "aeiou".contains(*letter);
    let letters: Vec<char> = base.chars().collect();
    let groups = letters.chunk_by(|one, other| is_vowel(one) == is_vowel(other));
    let short =
        groups.filter(|group| is_vowel(&group[0])).count() == 1 || STRESSED_AT_THE_END.contains(&base);
    match letters[..] {
        [.., before, vowel, last]
            if short
                && !is_vowel(&before)
                && is_vowel(&vowel)
                && !is_vowel(&last)
                && !"wxy".contains(last) =>
        {
            format!("{base}{last}")
        }
        _ => base.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_the_endings_that_people_write() {
        for (base, wanted) in [
            ("use", ["uses", "using", "used", "used"]),
            ("put", ["puts", "putting", "put", "put"]),
            ("take", ["takes", "taking", "took", "taken"]),
            ("stop", ["stops", "stopping", "stopped", "stopped"]),
            ("soften", ["softens", "softening", "softened", "softened"]),
            ("boil", ["boils", "boiling", "boiled", "boiled"]),
            ("tidy", ["tidies", "tidying", "tidied", "tidied"]),
            ("tie", ["ties", "tying", "tied", "tied"]),
            ("agree", ["agrees", "agreeing", "agreed", "agreed"]),
            ("go", ["goes", "going", "went", "gone"]),
            ("fix", ["fixes", "fixing", "fixed", "fixed"]),
            ("pass", ["passes", "passing", "passed", "passed"]),
            ("be", ["is", "being", "were", "been"]),
        ] {
            let forms =
                [Form::Third, Form::Ing, Form::Past, Form::Participle].map(|form| inflect(base, form));
            assert_eq!(forms, wanted);
        }
    }

    #[test]
    fn the_form_of_a_term_is_read_from_its_ending() {
        for (word, before, form) in [
            ("leverage", None, Form::Base),
            ("leverages", None, Form::Third),
            ("leveraging", None, Form::Ing),
            ("leveraged", Some("we"), Form::Past),
            ("leveraged", Some("been"), Form::Participle),
        ] {
            assert_eq!(Form::of(word, "leverage", before), form);
        }
    }
}
