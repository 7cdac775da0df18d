//! Every word of many texts once, with all the places where it stands.
//!
//! What is typed is compared with words and not with texts: ten thousand clients have a million words,
//! but only some ten thousand different ones.

use super::bytes::{Reader, Writer};
use super::wanted::{LetterSet, Likeness, Wanted};

/// Words and where they stand, one beside the other.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All words, one after the other.
    text: String,
    entries: Vec<Word>,
    /// Of what each word stands, word by word.
    places: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Where it ends in the text; it starts where the one before ends.
    end: u32,
    /// Where its places end; they start where those of the one before end.
    places_end: u32,
    letters: LetterSet,
    /// Whether what stands within it counts: it stands so in a text, and was not made up.
    is_real: bool,
}

impl Words {
    /// Puts a word behind the others that is not among them, a made-up one that stands nowhere yet, and gives its
    /// number.
    pub(super) fn push(&mut self, word: &str, letters: LetterSet) -> u32 {
        self.text.push_str(word);
        self.entries.push(Word {
            end: self.text.len() as u32,
            places_end: self.places.len() as u32,
            letters,
            is_real: false,
        });
        self.entries.len() as u32 - 1
    }

    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.entries.len() as u32
    }

    /// Notes that a word stands so in a text.
    pub(super) fn set_real(&mut self, number: u32) {
        self.entries[number as usize].is_real = true;
    }

    /// The word of this number.
    pub(super) fn word(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at
            .checked_sub(1)
            .map_or(0, |before| self.entries[before].end as usize);
        &self.text[start..self.entries[at].end as usize]
    }

    /// Calls `each` with every word that is like the wanted one.
    pub(super) fn each_like(&self, wanted: &Wanted, inside: bool, mut each: impl FnMut(Likeness, u32)) {
        let mut start = 0;
        for (number, word) in (0..).zip(&self.entries) {
            let end = word.end as usize;
            let text = &self.text[start..end];
            if let Some(likeness) = wanted.likeness(text, word.letters, inside && word.is_real) {
                each(likeness, number);
            }
            start = end;
        }
    }

    /// Of what a word stands in the texts.
    pub(super) fn places(&self, number: u32) -> &[u32] {
        let at = number as usize;
        let start = at
            .checked_sub(1)
            .map_or(0, |before| self.entries[before].places_end as usize);
        &self.places[start..self.entries[at].places_end as usize]
    }

    /// Puts other places in the stead of those of each word: `each` is told these, and puts the others behind those
    /// of the words before.
    pub(super) fn replace_places(&mut self, mut each: impl FnMut(u32, &mut Vec<u32>, &[u32])) {
        let known = std::mem::take(&mut self.places);
        let mut start = 0;
        for (number, word) in (0..).zip(&mut self.entries) {
            let end = word.places_end as usize;
            each(number, &mut self.places, &known[start..end]);
            word.places_end = self.places.len() as u32;
            start = end;
        }
    }

    /// Writes them down, to be put behind others by [`append`](Self::append).
    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.entries.len() as u32);
        to.text(&self.text);
        let (mut start, mut places_start) = (0, 0);
        for word in &self.entries {
            to.number((word.end - start) << 1 | u32::from(word.is_real));
            to.fixed(word.letters.bits());
            to.number(word.places_end - places_start);
            for &place in &self.places[places_start as usize..word.places_end as usize] {
                to.number(place);
            }
            (start, places_start) = (word.end, word.places_end);
        }
    }

    /// Puts words that were written down behind these, each of their places as `place` gives it. A word that is
    /// here already is here twice then: nobody who looks through them minds.
    ///
    /// `None`, and half of them there, where they are not as they were written.
    pub(super) fn append(&mut self, from: &mut Reader<'_>, place: impl Fn(u32) -> Option<u32>) -> Option<()> {
        let count = from.number()?;
        let text = from.text()?;
        self.text.push_str(text);
        let mut rest = text;
        for _ in 0..count {
            let length = from.number()?;
            let letters = LetterSet::from_bits(from.fixed()?);
            for _ in 0..from.number()? {
                self.places.push(place(from.number()?)?);
            }
            // Words that are cut within a letter would stop whoever compares them.
            rest = rest.get((length >> 1) as usize..)?;
            self.entries.push(Word {
                end: (self.text.len() - rest.len()) as u32,
                places_end: self.places.len() as u32,
                letters,
                is_real: length & 1 == 1,
            });
        }
        rest.is_empty().then_some(())
    }
}
