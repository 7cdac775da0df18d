//! What somebody is called, from a full name that may begin with titles: "Dr Anna Weber" is Anna, "Sir Julian
//! Astley" is Sir Julian, and "Mrs Weber" stays Mrs Weber.

/// Titles that go before a full name and are left out where a first name follows.
const LEFT_OUT: &[&str] = &[
    "mr",
    "mister",
    "mrs",
    "ms",
    "miss",
    "mx",
    "master",
    "messrs",
    "mme",
    "madame",
    "mlle",
    "monsieur",
    "herr",
    "frau",
    "señor",
    "señora",
    "dr",
    "doctor",
    "drs",
    "prof",
    "professor",
    "ing",
    "ir",
    "engr",
    "arch",
    "dipl-ing",
    "rev",
    "revd",
    "reverend",
    "hon",
    "honourable",
    "honorable",
    "judge",
    "cllr",
    "councillor",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "ambassador",
    "president",
    "mayor",
    "mp",
    "capt",
    "captain",
    "cpt",
    "cdr",
    "commander",
    "col",
    "colonel",
    "maj",
    "major",
    "gen",
    "general",
    "brig",
    "brigadier",
    "adm",
    "admiral",
    "lt",
    "lieutenant",
    "sgt",
    "sergeant",
    "cpl",
    "corporal",
    "pvt",
    "insp",
    "inspector",
    "supt",
    "superintendent",
    "det",
    "detective",
    "chief",
    "atty",
    "attorney",
    "adv",
    "advocate",
    "barrister",
    "solicitor",
    "pharm",
    "nurse",
    "coach",
    "esq",
    "hrh",
    "sheikh",
    "sheikha",
    "datuk",
    "dato",
    "engineer",
    "chev",
    "alhaji",
    "alhaja",
    "hajia",
    "oba",
    "otunba",
    "shri",
    "smt",
    "kumari",
];

/// Titles that belong to the name that follows them: nobody says "Julian" to Sir Julian unasked.
const KEPT: &[&str] = &[
    "sir",
    "dame",
    "sister",
    "sr",
    "brother",
    "br",
    "father",
    "fr",
    "mother",
    "lord",
    "lady",
    "baroness",
    "rabbi",
    "imam",
    "pastor",
    "canon",
    "swami",
    "bishop",
    "archbishop",
    "cardinal",
    "princess",
    "countess",
    "viscount",
    "viscountess",
    "marquess",
];

/// Words that only lead to a title: "the Rt Hon".
const LEADING: &[&str] = &["the", "rt", "right", "very", "most"];

/// What to call somebody with this name, as it stands in it; empty where it is.
pub fn called(name: &str) -> &str {
    let name = name.trim();
    let mut words = words_of(name).peekable();
    let mut kept = None;
    let mut is_titled = false;
    while let Some(&(start, end)) = words.peek() {
        let word = plain(&name[start..end]);
        let leads = LEADING.contains(&&*word) && {
            let next = words_of(&name[end..]).next();
            next.is_some_and(|(from, to)| is_title(&plain(&name[end..][from..to])))
        };
        // "Mr and Mrs Weber" are two.
        if is_titled && matches!(&*word, "and" | "&" | "und" | "y") {
            return name;
        }
        if KEPT.contains(&&*word) {
            kept = Some(start);
        } else if !leads && !LEFT_OUT.contains(&&*word) {
            break;
        }
        is_titled = true;
        words.next();
    }
    let Some((start, end)) = words.next() else {
        // A title and nothing else, or nothing.
        return name;
    };
    let is_last = words.next().is_none();
    match kept {
        Some(from) => &name[from..end],
        // Of "Dr Weber" nobody knows the first name.
        None if is_titled && is_last => name,
        None => &name[start..end],
    }
}

fn is_title(word: &str) -> bool {
    LEFT_OUT.contains(&word) || KEPT.contains(&word) || LEADING.contains(&word)
}

/// In lower case, without the marks around it and the full stop of an abbreviation.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | '(' | ')' | '"' | '“' | '”'));
    word.to_lowercase()
}

/// Where the words of a name stand. "Prof.Dr." is two of them.
fn words_of(name: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &name[at..];
        let start = at + (rest.len() - rest.trim_start().len());
        let word = name[start..].split_whitespace().next()?;
        let abbreviated = word
            .find('.')
            .map(|dot| dot + 1)
            .filter(|&end| end < word.len() && is_title(&plain(&word[..end])));
        let end = start + abbreviated.unwrap_or(word.len());
        at = end;
        Some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_no_first_name() {
        for (name, wanted) in [
            ("Cathy Andre", "Cathy"),
            ("Cathy", "Cathy"),
            ("Sir Julian Astley", "Sir Julian"),
            ("Dame Judi Hall", "Dame Judi"),
            ("Sister Agnes Daly", "Sister Agnes"),
            ("Fr. Tom Boyle", "Fr. Tom"),
            ("Lady Astor", "Lady Astor"),
            ("Hon. Lydia Marsh", "Lydia"),
            ("The Rt. Hon. Sir Keir Vale", "Sir Keir"),
            ("The Hon. Lydia Marsh", "Lydia"),
            ("Dr Anna Weber", "Anna"),
            ("Dr. Weber", "Dr. Weber"),
            ("Prof. Dr. Anna Weber", "Anna"),
            ("Prof.Dr. Anna Weber", "Anna"),
            ("PROF. ANNA WEBER", "ANNA"),
            ("Rev. Dr. Grace Obi", "Grace"),
            ("Mr. John Smith", "John"),
            ("Ms Smith", "Ms Smith"),
            ("Mr. and Mrs. Smith", "Mr. and Mrs. Smith"),
            ("Mr & Mrs Smith", "Mr & Mrs Smith"),
            ("Capt. Ruth Lee", "Ruth"),
            ("Cllr Idris Bevan", "Idris"),
            ("Alhaji Musa Bello", "Musa"),
            ("Judge Amy Chen", "Amy"),
            ("Dr", "Dr"),
            ("The Pet Shop", "The"),
            ("J. R. Hartley", "J."),
            ("Earl Jones", "Earl"),
            ("Tan Wei Ming", "Tan"),
            ("Gen Tanaka", "Gen Tanaka"),
            ("", ""),
            ("  Zoë  Young ", "Zoë"),
        ] {
            assert_eq!(called(name), wanted, "{name}");
        }
    }
}
