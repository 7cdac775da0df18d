//! The words of many texts as they are gathered, to be looked through at any time.

use super::wanted::{LetterSet, Likeness, Wanted};
use super::words::Words;

/// Words and where they stand. Grows only.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Words,
    /// The hash of each word.
    hashes: Vec<u32>,
    /// The number of each word's place that was added last.
    last: Vec<u32>,
    /// Places that were added since they were gathered last.
    places: Vec<Place>,
    /// Numbers of words, each at or after the slot that its hash says; `NONE` where there is none. At
    /// least half of them are free.
    slots: Vec<u32>,
}

/// A place where a word stands: what the texts are of, and the place of the same word before it.
#[derive(Debug, Clone, Copy)]
struct Place {
    of: u32,
    before: u32,
}

const NONE: u32 = u32::MAX;

impl Vocabulary {
    /// Adds a word that stands somewhere, and gives its number. Made-up words, such as a name without
    /// its spaces, are never found by what stands within them.
    pub(super) fn add(&mut self, word: &str, of: u32, is_real: bool) -> u32 {
        let number = self.number(word);
        if is_real {
            self.words.set_real(number);
        }
        let last = &mut self.last[number as usize];
        let is_new = *last == NONE || self.places[*last as usize].of != of;
        if is_new {
            self.places.push(Place { of, before: *last });
            *last = self.places.len() as u32 - 1;
        }
        number
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
    pub(super) fn each_like(&self, wanted: &Wanted, inside: bool, each: impl FnMut(Likeness, u32)) {
        self.words.each_like(wanted, inside, each);
    }

    /// Of what a word stands in the texts.
    pub(super) fn places(&self, number: u32) -> impl Iterator<Item = u32> {
        let mut next = self.last[number as usize];
        let added = std::iter::from_fn(move || {
            let place = self.places.get(next as usize)?;
            next = place.before;
            Some(place.of)
        });
        added.chain(self.words.places(number).iter().copied())
    }

    /// Puts the places of each word beside each other: to walk over those of a frequent word takes a fraction of
    /// the time then. For when no more is to be added for a while.
    pub(super) fn gather(&mut self) {
        let Self {
            words, last, places, ..
        } = self;
        words.replace_places(|number, gathered, known| {
            let mut next = last[number as usize];
            while let Some(place) = places.get(next as usize) {
                gathered.push(place.of);
                next = place.before;
            }
            gathered.extend(known);
        });
        self.last.fill(NONE);
        self.places = Vec::new();
    }

    /// The words with all their places, which grow no more.
    pub(super) fn finish(mut self) -> Words {
        self.gather();
        self.words
    }

    fn number(&mut self, word: &str) -> u32 {
        if self.hashes.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let hash = hash(word);
        let slot = self.slot_of(word, hash);
        if self.slots[slot] != NONE {
            return self.slots[slot];
        }
        let number = self.words.push(word, LetterSet::of(word));
        self.slots[slot] = number;
        self.hashes.push(hash);
        self.last.push(NONE);
        number
    }

    /// The slot of a word, or the free one where it would stand. There is a slot.
    fn slot_of(&self, word: &str, hash: u32) -> usize {
        let mut slot = self.slot(hash);
        loop {
            let number = self.slots[slot];
            if number == NONE || self.hashes[number as usize] == hash && self.words.word(number) == word {
                return slot;
            }
            slot = self.next(slot);
        }
    }

    fn grow(&mut self) {
        self.slots = vec![NONE; (self.slots.len() * 2).max(1 << 10)];
        for (number, &hash) in (0..).zip(&self.hashes) {
            let mut slot = self.slot(hash);
            while self.slots[slot] != NONE {
                slot = self.next(slot);
            }
            self.slots[slot] = number;
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
        assert_eq!(vocabulary.hashes.len(), 1501);
        let number = vocabulary.number("word7");
        assert_eq!(vocabulary.words.word(number), "word7");
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
