//! Every word of many texts once, with all the places where it stands.
//!
//! What is typed is compared with words and not with texts: ten thousand clients have a million words,
//! but only some ten thousand different ones.

use super::wanted::{LetterSet, Likeness, Wanted};

/// Words and where they stand. Grows only.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// All words, one after the other.
    text: String,
    words: Vec<Word>,
    /// Places that were added since they were gathered last.
    places: Vec<Place>,
    /// Of what each word stands, word by word, as far as that is gathered.
    gathered: Vec<u32>,
    /// Where the places of each word end in what is gathered; they start where those of the word before end.
    ends: Vec<u32>,
    /// Numbers of words, each at or after the slot that its hash says; `NONE` where there is none. At
    /// least half of them are free.
    slots: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Where it ends in the text; it starts where the one before ends.
    end: u32,
    hash: u32,
    letters: LetterSet,
    /// Whether what stands within it counts: it stands so in a text, and was not made up.
    is_real: bool,
    /// The number of the place that was added last.
    last: u32,
}

/// A place where a word stands: what the texts are of, and the place of the same word before it.
#[derive(Debug, Clone, Copy)]
struct Place {
    of: u32,
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Vocabulary {
    /// One with room for the words of a text of so many bytes, where little of it repeats.
    pub(super) fn for_text_of(bytes: usize) -> Self {
        // Names and numbers take a good part of it.
        let words = bytes / 16;
        Self {
            text: String::with_capacity(words * 8),
            words: Vec::with_capacity(words),
            places: Vec::with_capacity(words * 2),
            gathered: Vec::new(),
            ends: Vec::new(),
            slots: vec![NONE; (words * 2).next_power_of_two()],
        }
    }

    /// Adds a word that stands somewhere, and gives its number. Made-up words, such as a name without
    /// its spaces, are never found by what stands within them.
    pub(super) fn add(&mut self, word: &str, of: u32, is_real: bool) -> u32 {
        let number = self.number(word);
        let known = &mut self.words[number as usize];
        known.is_real |= is_real;
        let is_new = known.last == NONE || self.places[known.last as usize].of != of;
        if is_new {
            self.places.push(Place {
                of,
                before: known.last,
            });
            known.last = self.places.len() as u32 - 1;
        }
        number
    }

    /// The word of this number.
    pub(super) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at
            .checked_sub(1)
            .map_or(0, |before| self.words[before].end as usize);
        &self.text[start..self.words[at].end as usize]
    }

    /// The number of this very word; `None` where it stands nowhere.
    pub(super) fn known(&self, word: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        let number = self.slots[self.slot_of(word, hash(word))];
        (number != NONE).then_some(number)
    }

    /// Calls `each` with every word that is like the wanted one.
    pub(super) fn each_like(&self, wanted: &Wanted, inside: bool, mut each: impl FnMut(Likeness, u32)) {
        let mut start = 0;
        for (number, word) in (0..).zip(&self.words) {
            let end = word.end as usize;
            let text = &self.text[start..end];
            if let Some(likeness) = wanted.likeness(text, word.letters, inside && word.is_real) {
                each(likeness, number);
            }
            start = end;
        }
    }

    /// Of what a word stands in the texts.
    pub(super) fn places(&self, number: u32) -> impl Iterator<Item = u32> {
        let mut next = self.words[number as usize].last;
        let added = std::iter::from_fn(move || {
            let place = self.places.get(next as usize)?;
            next = place.before;
            Some(place.of)
        });
        added.chain(self.gathered_places(number as usize).iter().copied())
    }

    fn gathered_places(&self, word: usize) -> &[u32] {
        let Some(&end) = self.ends.get(word) else {
            return &[];
        };
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.gathered[start as usize..end as usize]
    }

    /// Puts the places of each word beside each other: to walk over those of a frequent word takes a fraction of
    /// the time then. For when no more is to be added for a while.
    pub(super) fn gather(&mut self) {
        let mut gathered = Vec::with_capacity(self.gathered.len() + self.places.len());
        let mut ends = Vec::with_capacity(self.words.len());
        for number in 0..self.words.len() as u32 {
            gathered.extend(self.places(number));
            ends.push(gathered.len() as u32);
        }
        for word in &mut self.words {
            word.last = NONE;
        }
        (self.gathered, self.ends, self.places) = (gathered, ends, Vec::new());
    }

    fn number(&mut self, word: &str) -> u32 {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(word);
        let slot = self.slot_of(word, hash);
        if self.slots[slot] != NONE {
            return self.slots[slot];
        }
        let number = self.words.len() as u32;
        self.slots[slot] = number;
        self.text.push_str(word);
        self.words.push(Word {
            end: self.text.len() as u32,
            hash,
            letters: LetterSet::of(word),
            is_real: false,
            last: NONE,
        });
        number
    }

    /// The slot of a word, or the free one where it would stand. There is a slot.
    fn slot_of(&self, word: &str, hash: u32) -> usize {
        let mut slot = self.slot(hash);
        loop {
            let number = self.slots[slot];
            if number == NONE || self.words[number as usize].hash == hash && self.word(number) == word {
                return slot;
            }
            slot = self.next(slot);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(1 << 10)];
        for number in 0..self.words.len() {
            let mut slot = self.slot(self.words[number].hash);
            while self.slots[slot] != NONE {
                slot = self.next(slot);
            }
            self.slots[slot] = number as u32;
        }
    }

    /// The slot of a hash; there is a power of two of them.
    fn slot(&self, hash: u32) -> usize {
        hash as usize & (self.slots.len() - 1)
    }

    fn next(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }
}

/// FNV-1a, with its upper bits mixed into the lower ones that choose the slot.
pub(super) fn hash(word: &str) -> u32 {
    let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_kept_once_with_all_its_places() {
        let mut vocabulary = Vocabulary::default();
        for of in 0..3000 {
            vocabulary.add(&format!("word{}", of % 1500), of, true);
            vocabulary.add("the", of, true);
            vocabulary.add("the", of, true);
        }
        assert_eq!(vocabulary.words.len(), 1501);
        let number = vocabulary.number("word7");
        assert_eq!(vocabulary.word(number), "word7");
        assert_eq!(vocabulary.places(number).collect::<Vec<_>>(), [1507, 7]);
        let the = vocabulary.number("the");
        assert_eq!(vocabulary.places(the).count(), 3000);
    }

    #[test]
    fn places_are_the_same_once_they_are_gathered() {
        let mut vocabulary = Vocabulary::default();
        for of in 0..20 {
            vocabulary.add(&format!("word{}", of % 7), of, true);
        }
        let of = |vocabulary: &Vocabulary, number| {
            let mut places: Vec<u32> = vocabulary.places(number).collect();
            places.sort_unstable();
            places
        };
        vocabulary.gather();
        assert_eq!(of(&vocabulary, 3), [3, 10, 17]);
        vocabulary.add("word3", 31, true);
        vocabulary.add("new", 32, true);
        assert_eq!(of(&vocabulary, 3), [3, 10, 17, 31]);
        assert_eq!(of(&vocabulary, 7), [32]);
        vocabulary.gather();
        assert_eq!(of(&vocabulary, 3), [3, 10, 17, 31]);
        assert_eq!((of(&vocabulary, 6), of(&vocabulary, 7)), (vec![6, 13], vec![32]));
    }

    #[test]
    fn only_real_words_are_found_by_what_stands_within() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add("andrelighting", 0, true);
        vocabulary.add("catandrelight", 1, false);
        let wanted = Wanted::new("light");
        let mut found = Vec::new();
        vocabulary.each_like(&wanted, true, |_, number| found.push(number));
        assert_eq!(found, [0]);
    }
}
