//! Numbers and texts as bytes, as the index of a shelf is kept.

/// Writes what a [`Reader`] reads.
#[derive(Debug, Default)]
pub(super) struct Writer(pub(super) Vec<u8>);

impl Writer {
    /// A number in as few bytes as it takes, seven bits each.
    pub(super) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    /// A number that may as well be large as small, in four bytes.
    pub(super) fn fixed(&mut self, number: u32) {
        self.0.extend(number.to_le_bytes());
    }

    /// A text, and before it its length.
    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u32);
        self.0.extend(text.as_bytes());
    }
}

/// Reads what a [`Writer`] wrote, in the same order; `None` where there is less, or something else.
#[derive(Debug)]
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn fixed(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*bytes))
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.number()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec(any::<u32>(), 0..20), text in any::<String>()) {
            let mut writer = Writer::default();
            for &number in &numbers {
                writer.number(number >> (number % 32));
                writer.fixed(number);
            }
            writer.text(&text);
            let mut reader = Reader(&writer.0);
            for &number in &numbers {
                prop_assert_eq!(reader.number(), Some(number >> (number % 32)));
                prop_assert_eq!(reader.fixed(), Some(number));
            }
            prop_assert_eq!(reader.text(), Some(&*text));
            prop_assert_eq!(reader.number(), None);
        }

        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut reader = Reader(&bytes);
            while reader.number().is_some() && reader.text().is_some() && reader.fixed().is_some() {}
        }
    }
}
