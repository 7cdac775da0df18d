//! Texts as the lookup compares them: words in lower case and without accents.

use std::ops::Range;

/// As many letters of a word as are compared; no word that anybody types is longer.
pub(super) const LONGEST: usize = 64;

/// Calls `each` with every word of a text, folded, and with where it stands in the text.
///
/// A word is a run of letters and digits; a character of a script that puts no spaces between words is
/// a word of its own. Loose accents go, and an apostrophe joins: O'Brien is found by `obrien`.
pub(super) fn each_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    if text.is_ascii() {
        each_ascii_word(text, each);
        return;
    }
    let mut word = String::new();
    let mut span = 0..0;
    let mut letters = 0;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        if is_mark(char) {
            span.end = if word.is_empty() { span.end } else { end };
            continue;
        }
        let alone = stands_alone(char);
        if (alone || !char.is_alphanumeric()) && !word.is_empty() {
            each(&word, span.clone());
            word.clear();
        }
        if alone {
            each(char.encode_utf8(&mut [0; 4]), at..end);
        } else if char.is_alphanumeric() {
            if word.is_empty() {
                span.start = at;
                letters = 0;
            }
            span.end = end;
            letters += 1;
            if letters <= LONGEST {
                fold(char, &mut word);
            }
        }
    }
    if !word.is_empty() {
        each(&word, span);
    }
}

/// The same for a text without accents, as most are: several times as quick.
fn each_ascii_word(text: &str, mut each: impl FnMut(&str, Range<usize>)) {
    let mut word = String::new();
    let mut span = 0..0;
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_alphanumeric() {
            if word.is_empty() {
                span.start = at;
            }
            span.end = at + 1;
            if word.len() < LONGEST {
                word.push(char::from(byte.to_ascii_lowercase()));
            }
        } else if byte == b'\'' {
            span.end = if word.is_empty() { span.end } else { at + 1 };
        } else if !word.is_empty() {
            each(&word, span.clone());
            word.clear();
        }
    }
    if !word.is_empty() {
        each(&word, span);
    }
}

/// Where a word's letters from `skip` on, `count` of them, stand within its own text; they are counted
/// as folded, and the text's character that one comes from is taken whole.
pub(super) fn letters_in(word: &str, skip: usize, count: usize) -> Range<usize> {
    let mut folded = String::new();
    let (mut letters, mut start, mut end) = (0, word.len(), word.len());
    for (at, char) in word.char_indices() {
        if is_mark(char) {
            continue;
        }
        if letters >= skip + count {
            end = at;
            break;
        }
        if letters <= skip {
            start = at;
        }
        folded.clear();
        fold(char, &mut folded);
        letters += folded.chars().count();
    }
    start..end
}

/// The word with its umlauts spelled out, as those write it who have no such keys: `mueller` for
/// Müller. `None` when it has none.
pub(super) fn spelled_out(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut spelled = String::with_capacity(word.len() + 2);
    let mut any = false;
    for char in word.chars() {
        let long = match char {
            'ä' | 'Ä' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            '\u{308}' if spelled.ends_with(['a', 'o', 'u']) => "e",
            _ if is_mark(char) => continue,
            _ => {
                fold(char, &mut spelled);
                continue;
            }
        };
        any = true;
        spelled.push_str(long);
    }
    any.then_some(spelled)
}

/// The folded word with spelled out umlauts as plain letters: `muller` for `mueller`. `None` when it
/// has none. Most words with these letters have no umlaut, and are none the worse for it.
pub(super) fn contracted(word: &str) -> Option<String> {
    ["ae", "oe", "ue"]
        .iter()
        .any(|long| word.contains(long))
        .then(|| word.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
}

/// What adds to the letter before it, or only joins letters.
fn is_mark(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36f}' | '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// Han and kana, of which each begins something.
fn stands_alone(char: char) -> bool {
    matches!(char, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Appends the letter in lower case and without accents.
///
/// Covers the accented Latin letters of European names; others are only lowered. A full table of
/// decompositions would weigh more than the rest of the lookup.
fn fold(char: char, folded: &mut String) {
    if char.is_ascii() {
        folded.push(char.to_ascii_lowercase());
        return;
    }
    for char in char.to_lowercase() {
        match char {
            '\u{300}'..='\u{36f}' => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ς' => folded.push('σ'),
            'ё' => folded.push('е'),
            _ => folded.push(base(char)),
        }
    }
}

/// The plain letter below an accented one.
fn base(char: char) -> char {
    const LETTERS: [(char, &str); 25] = [
        ('a', "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
        ('c', "çćĉċč"),
        ('d', "ďđð"),
        ('e', "èéêëēĕėęěẹẻẽếềểễệ"),
        ('g', "ĝğġģ"),
        ('h', "ĥħ"),
        ('i', "ìíîïĩīĭįıǐỉị"),
        ('j', "ĵ"),
        ('k', "ķ"),
        ('l', "ĺļľŀł"),
        ('n', "ñńņňŉ"),
        ('o', "òóôõöøōŏőǒọỏốồổỗộơớờởỡợ"),
        ('r', "ŕŗř"),
        ('s', "śŝşšș"),
        ('t', "ţťŧț"),
        ('u', "ùúûüũūŭůűųǔụủưứừửữự"),
        ('w', "ŵ"),
        ('y', "ýÿŷỳỵỷỹ"),
        ('z', "źżž"),
        ('α', "ά"),
        ('ε', "έ"),
        ('η', "ή"),
        ('ι', "ίϊΐ"),
        ('ο', "ό"),
        ('υ', "ύϋΰ"),
    ];
    LETTERS
        .iter()
        .find(|(_, accented)| accented.contains(char))
        .map_or(char, |&(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let mut words = Vec::new();
        each_word(text, |word, span| {
            words.push((word.to_owned(), text[span].to_owned()));
        });
        let words: Vec<(&str, &str)> = words.iter().map(|(word, own)| (&**word, &**own)).collect();
        assert_eq!(words, expected);
    }

    #[test]
    fn words_are_folded_where_they_stand() {
        check(
            "Zoë O’Brien, Łódź!",
            &[("zoe", "Zoë"), ("obrien", "O’Brien"), ("lodz", "Łódź")],
        );
        check("Zoe\u{308} — Groß", &[("zoe", "Zoe\u{308}"), ("gross", "Groß")]);
        check("山田 Taro", &[("山", "山"), ("田", "田"), ("taro", "Taro")]);
        check("' - '", &[]);
    }

    #[test]
    fn a_text_without_accents_is_cut_as_any_other() {
        for text in [
            "Cathy O'Brien, cathy.b@home-page.example ",
            "'tis' '' x' 12",
            &"Long".repeat(40),
        ] {
            let (mut plain, mut other) = (Vec::new(), Vec::new());
            each_word(text, |word, span| plain.push((word.to_owned(), span)));
            // One letter more, and the other way is taken.
            each_word(&format!("{text} é"), |word, span| {
                other.push((word.to_owned(), span));
            });
            other.pop();
            assert_eq!(plain, other, "{text}");
        }
    }

    #[test]
    fn letters_are_found_in_the_word_as_it_is_written() {
        let of = |word: &'static str, skip, count| &word[letters_in(word, skip, count)];
        assert_eq!(of("O’Brien", 0, 3), "O’Br");
        assert_eq!(of("Größe", 0, 4), "Größ");
        assert_eq!(of("Zoe\u{308}", 2, 1), "e\u{308}");
        assert_eq!(of("Cathy", 1, 3), "ath");
        assert_eq!(of("Cathy", 0, 9), "Cathy");
    }

    #[test]
    fn umlauts_are_known_in_both_spellings() {
        assert_eq!(spelled_out("Müller").as_deref(), Some("mueller"));
        assert_eq!(spelled_out("Mu\u{308}ller").as_deref(), Some("mueller"));
        assert_eq!(spelled_out("Zoë"), None);
        assert_eq!(contracted("mueller").as_deref(), Some("muller"));
        assert_eq!(contracted("muller"), None);
    }
}
