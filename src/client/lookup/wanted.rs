//! One word of a query, and how like another word is to it.

use super::letters::LONGEST;

/// A word that is looked for.
pub(super) struct Wanted {
    word: String,
    letters: usize,
    set: LetterSet,
    /// How many letters may be wrong.
    tolerance: u32,
    pattern: Pattern,
}

/// How a word is like the wanted one: the less, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Likeness {
    /// How many letters had to be dropped, added, swapped or replaced.
    pub(super) typos: u32,
    /// What of the word it is.
    pub(super) part: Part,
    /// The word's letter with which it begins.
    pub(super) skip: usize,
    /// How many of the word's letters it takes.
    pub(super) count: usize,
}

/// What of a word is like the wanted one, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Whole,
    Start,
    Inside,
}

/// Which letters a word has, some of them sharing a bit: a quick look that spares a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LetterSet(u32);

impl LetterSet {
    pub(super) fn of(word: &str) -> Self {
        let bit = |char: char| match char {
            'a'..='z' => u32::from(char) - u32::from('a'),
            '0'..='9' => 26 + u32::from(char) % 4,
            _ => 30 + u32::from(char) % 2,
        };
        Self(word.chars().fold(0, |set, char| set | 1 << bit(char)))
    }

    pub(super) fn bits(self) -> u32 {
        self.0
    }

    pub(super) fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// How many of these letters, at least, the other word does not have.
    fn missing_in(self, other: Self) -> u32 {
        (self.0 & !other.0).count_ones()
    }
}

impl Wanted {
    /// Wants this folded word.
    pub(super) fn new(word: &str) -> Self {
        let letters = word.chars().count();
        Self {
            word: word.to_owned(),
            letters,
            set: LetterSet::of(word),
            // A wrong digit makes another number, and a short word with a wrong letter another word.
            tolerance: match letters {
                _ if word.contains(|char: char| char.is_ascii_digit()) => 0,
                ..=2 => 0,
                3..=7 => 1,
                _ => 2,
            },
            pattern: Pattern::new(word),
        }
    }

    pub(super) fn is_number(&self) -> bool {
        self.word.bytes().all(|byte| byte.is_ascii_digit())
    }

    pub(super) fn word(&self) -> &str {
        &self.word
    }

    /// How a word is like this one; `None` when it is not. `inside` asks for what stands within words,
    /// too.
    pub(super) fn likeness(&self, word: &str, set: LetterSet, inside: bool) -> Option<Likeness> {
        let missing = self.set.missing_in(set);
        if missing == 0
            && let Some(likeness) = self.as_spelled(word, inside)
        {
            return Some(likeness);
        }
        // A letter dropped, doubled or replaced changes a word's length by one at most, and a word that
        // is only begun is shorter.
        if missing > self.tolerance || word.len() + (self.tolerance as usize) < self.letters {
            return None;
        }
        self.with_typos(word)
    }

    fn as_spelled(&self, word: &str, inside: bool) -> Option<Likeness> {
        let likeness = |part, skip| Likeness {
            typos: 0,
            part,
            skip,
            count: self.letters,
        };
        if word.starts_with(&self.word) {
            let part = if word.len() == self.word.len() {
                Part::Whole
            } else {
                Part::Start
            };
            return Some(likeness(part, 0));
        }
        // Two letters stand within nearly every word.
        if !inside || self.letters < 3 {
            return None;
        }
        let at = word.find(&self.word)?;
        Some(likeness(Part::Inside, word[..at].chars().count()))
    }

    fn with_typos(&self, word: &str) -> Option<Likeness> {
        if self.tolerance == 0 {
            return None;
        }
        let mut best: Option<Likeness> = None;
        let mut offer = |typos, part, count| {
            let likeness = Likeness {
                typos,
                part,
                skip: 0,
                count,
            };
            if typos <= self.tolerance && best.is_none_or(|best| likeness < best) {
                best = Some(likeness);
            }
        };
        let most = self.letters + self.tolerance as usize;
        let mut distance = self.pattern.distance();
        let (mut last, mut before, mut count) = ('\0', '\0', 0);
        for char in word.chars().take(most + 1) {
            if self.may_end_with(before, last) {
                offer(distance.typos, Part::Start, count);
            }
            distance.read(char);
            (before, last) = (last, char);
            count += 1;
        }
        // Three letters with one of them wrong are too many words, unless they begin alike.
        if count <= most && (self.letters > 3 || word.chars().next() == self.word.chars().next()) {
            offer(distance.typos, Part::Whole, count);
        }
        best
    }

    /// Whether the start of a word that ends with these two letters may be what was typed so far.
    ///
    /// A wrong letter at the end would let the rest be like the start of a good part of all words, so the
    /// end has to be right, or its two letters swapped; and four letters are too few in any case.
    fn may_end_with(&self, before: char, last: char) -> bool {
        let (end_before, end) = self.pattern.end;
        self.letters > 4 && (last == end || (last == end_before && before == end))
    }
}

/// A word to compare others with, as bits: bit `n` of a letter's mask is set where the word's letter
/// `n` is that letter.
struct Pattern {
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
    /// The bit of the last letter.
    last: u64,
    letters: u32,
    /// The last two letters.
    end: (char, char),
}

impl Pattern {
    fn new(word: &str) -> Self {
        let mut pattern = Self {
            ascii: [0; 128],
            others: Vec::new(),
            last: 0,
            letters: 0,
            end: ('\0', '\0'),
        };
        for (at, char) in word.chars().take(LONGEST).enumerate() {
            let bit = 1 << at;
            if let Some(mask) = pattern.ascii.get_mut(char as usize) {
                *mask |= bit;
            } else if let Some((_, mask)) = pattern.others.iter_mut().find(|(other, _)| *other == char) {
                *mask |= bit;
            } else {
                pattern.others.push((char, bit));
            }
            pattern.last = bit;
            pattern.letters += 1;
            pattern.end = (pattern.end.1, char);
        }
        pattern
    }

    fn mask(&self, char: char) -> u64 {
        self.ascii.get(char as usize).copied().unwrap_or_else(|| {
            let other = self.others.iter().find(|(other, _)| *other == char);
            other.map_or(0, |&(_, mask)| mask)
        })
    }

    fn distance(&self) -> Distance<'_> {
        Distance {
            pattern: self,
            more: !0,
            less: 0,
            same: 0,
            mask_before: 0,
            typos: self.letters,
        }
    }
}

/// How many letters have to be dropped, added, replaced or swapped with their neighbour to get from the
/// pattern to what has been read so far.
///
/// A column of the table of distances as bits, after Hyyrö, "A Bit-Vector Algorithm for Computing
/// Levenshtein and Damerau Edit Distances" (2003): a letter costs a dozen operations, whatever the
/// pattern's length.
struct Distance<'p> {
    pattern: &'p Pattern,
    /// Where the column goes up by one.
    more: u64,
    /// Where it goes down by one.
    less: u64,
    /// Where its diagonal stays the same.
    same: u64,
    mask_before: u64,
    typos: u32,
}

impl Distance<'_> {
    fn read(&mut self, char: char) {
        let mask = self.pattern.mask(char);
        let swapped = ((!self.same & mask) << 1) & self.mask_before;
        self.same = (((mask & self.more).wrapping_add(self.more)) ^ self.more) | mask | self.less | swapped;
        let mut right_more = self.less | !(self.same | self.more);
        let mut right_less = self.same & self.more;
        self.typos += u32::from(right_more & self.pattern.last != 0);
        self.typos -= u32::from(right_less & self.pattern.last != 0);
        right_more = (right_more << 1) | 1;
        right_less <<= 1;
        self.more = right_less | !(self.same | right_more);
        self.less = right_more & self.same;
        self.mask_before = mask;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn likeness(wanted: &str, word: &str) -> Option<(u32, Part)> {
        let found = Wanted::new(wanted).likeness(word, LetterSet::of(word), true)?;
        Some((found.typos, found.part))
    }

    #[test]
    fn words_are_alike_with_a_letter_dropped_doubled_swapped_or_wrong() {
        for (wanted, word, found) in [
            ("cathy", "cathy", Some((0, Part::Whole))),
            ("cath", "cathy", Some((0, Part::Start))),
            ("light", "andrelighting", Some((0, Part::Inside))),
            ("caty", "cathy", Some((1, Part::Whole))),
            ("catthy", "cathy", Some((1, Part::Whole))),
            ("cahty", "cathy", Some((1, Part::Whole))),
            ("cqthy", "cathy", Some((1, Part::Whole))),
            ("oathy", "cathy", Some((1, Part::Whole))),
            ("architetc", "architecture", Some((1, Part::Start))),
            ("arhcitets", "architects", Some((2, Part::Whole))),
            ("jon", "joan", Some((1, Part::Whole))),
            ("jon", "ion", None),
            ("marc", "martin", None),
            ("marc", "architects", None),
            ("marcus", "marrcusson", Some((1, Part::Start))),
            ("cat", "catch", Some((0, Part::Start))),
            ("ca", "cb", None),
            ("2026", "2027", None),
            ("иавнов", "иванов", Some((1, Part::Whole))),
            ("cathy", "bakery", None),
        ] {
            assert_eq!(likeness(wanted, word), found, "{wanted} in {word}");
        }
    }

    /// The table of distances as every textbook has it.
    fn distance(one: &[char], other: &[char]) -> u32 {
        let mut table = vec![vec![0u32; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u32
                } else {
                    let replaced = table[i - 1][j - 1] + u32::from(one[i - 1] != other[j - 1]);
                    let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[one.len()][other.len()]
    }

    proptest! {
        #[test]
        fn the_bits_tell_the_same_distance_as_the_table(one in "[a-cд]{1,20}", other in "[a-cд]{0,20}") {
            let pattern = Pattern::new(&one);
            let mut bits = pattern.distance();
            other.chars().for_each(|char| bits.read(char));
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(bits.typos, distance(&letters(&one), &letters(&other)));
        }

        /// The quick look at lengths and letters leaves out no word that the long look would take.
        #[test]
        fn one_typo_is_forgiven_in_every_word(
            word in "[a-zд]{4,30}",
            at in any::<prop::sample::Index>(),
            letter in "[a-zд]",
            what in 0..4,
        ) {
            let mut letters: Vec<char> = word.chars().collect();
            let at = at.index(letters.len());
            let letter = letter.chars().next().unwrap();
            match what {
                0 if letters.len() > 4 => drop(letters.remove(at)),
                1 => letters.insert(at, letter),
                2 => letters[at] = letter,
                _ => {
                    let next = (at + 1).min(letters.len() - 1);
                    letters.swap(at, next);
                }
            }
            let typed: String = letters.into_iter().collect();
            let found = likeness(&typed, &word);
            prop_assert!(found.is_some_and(|(typos, _)| typos <= 1), "{} for {}: {:?}", typed, word, found);
        }
    }
}
