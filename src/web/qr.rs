//! A phone number as a QR code, for the phone on the desk to dial.
//!
//! Numbers are short, so this knows the five smallest sizes at the lowest level of correction: one block of
//! bytes each, on a screen that has no stains. A library for all of it would add a fiftieth to the panel's
//! module; the tests compare with one.

/// Bytes of a code and of its correction, by its version less one.
const SIZES: [(usize, usize); 5] = [(19, 7), (34, 10), (55, 15), (80, 20), (108, 26)];

/// What the mode and the length of a text take, in bytes and a half.
const HEADER: usize = 2;

/// A code's squares, dark or light.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct QrCode {
    size: usize,
    dark: Vec<bool>,
}

impl QrCode {
    /// The code of a text of at most 106 bytes; `None` for a longer one.
    pub(super) fn of(text: &str) -> Option<Self> {
        let version = SIZES.iter().position(|&(data, _)| text.len() + HEADER <= data)?;
        let (data, correction) = SIZES[version];
        let mut bytes = data_bytes(text, data);
        bytes.extend(correction_bytes(&bytes, correction));
        let mut drawing = Drawing::new(version + 1);
        drawing.draw_bytes(&bytes);
        Some(drawing.code)
    }

    /// How many squares it is wide and high, without the margin of 4 that it needs around.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Its dark squares as the path of an SVG image, one unit to a square.
    pub(super) fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let width = (x..self.size).take_while(|&x| self.is_dark(x, y)).count();
                if width > 0 {
                    path.extend([format!("M{x} {y}h{width}v1h-{width}z")]);
                }
                x += width + 1;
            }
        }
        path
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        self.dark[y * self.size + x]
    }
}

/// The mode for bytes, the text's length, the text, and padding up to `length` bytes.
fn data_bytes(text: &str, length: usize) -> Vec<u8> {
    const BYTE_MODE: u8 = 0b0100;
    let count = u8::try_from(text.len()).unwrap_or(u8::MAX);
    // All of it is shifted by the four bits of the mode.
    let mut bytes = Vec::with_capacity(length);
    let mut high = BYTE_MODE;
    for &byte in [count].iter().chain(text.as_bytes()) {
        bytes.push((high << 4) | (byte >> 4));
        high = byte & 0b1111;
    }
    bytes.push(high << 4);
    bytes.extend([0xEC, 0x11].iter().cycle().take(length - bytes.len()));
    bytes
}

/// The remainder of Reed and Solomon's division.
fn correction_bytes(data: &[u8], count: usize) -> Vec<u8> {
    let mut divisor = vec![0; count];
    divisor[count - 1] = 1;
    let mut root = 1;
    for _ in 0..count {
        for at in 0..count {
            divisor[at] = product(divisor[at], root) ^ divisor.get(at + 1).copied().unwrap_or(0);
        }
        root = product(root, 2);
    }
    let mut remainder = vec![0; count];
    for byte in data {
        let factor = byte ^ remainder[0];
        remainder.rotate_left(1);
        remainder[count - 1] = 0;
        for (one, &by) in remainder.iter_mut().zip(&divisor) {
            *one ^= product(by, factor);
        }
    }
    remainder
}

/// The product of two numbers of the field of 256, modulo x⁸ + x⁴ + x³ + x² + 1.
fn product(one: u8, other: u8) -> u8 {
    (0..8).rev().fold(0, |sum, bit| {
        let doubled = (sum << 1) ^ if sum & 0x80 == 0 { 0 } else { 0x1D };
        doubled ^ if (other >> bit) & 1 == 1 { one } else { 0 }
    })
}

/// A code while it is drawn.
struct Drawing {
    code: QrCode,
    /// Which squares are not for data.
    fixed: Vec<bool>,
}

impl Drawing {
    /// What every code of a version has: three eyes, a small one, two rulers and what it says of itself.
    fn new(version: usize) -> Self {
        let size = 17 + 4 * version;
        let code = QrCode {
            size,
            dark: vec![false; size * size],
        };
        let fixed = vec![false; size * size];
        let mut drawing = Self { code, fixed };
        for at in 0..size {
            drawing.fix(6, at, at % 2 == 0);
            drawing.fix(at, 6, at % 2 == 0);
        }
        let far = size - 4;
        for (x, y) in [(3, 3), (far, 3), (3, far)] {
            // With the light square around them, as far as there is room.
            drawing.draw_eye(x, y, 4, &[0, 1, 3]);
        }
        if version > 1 {
            drawing.draw_eye(size - 7, size - 7, 2, &[0, 2]);
        }
        drawing.draw_format();
        drawing
    }

    /// Squares around a centre, those at these distances dark.
    fn draw_eye(&mut self, x: usize, y: usize, reach: usize, dark: &[usize]) {
        let around = |centre: usize| centre.saturating_sub(reach)..(centre + reach + 1).min(self.code.size);
        let (columns, rows) = (around(x), around(y));
        for row in rows {
            for column in columns.clone() {
                let distance = column.abs_diff(x).max(row.abs_diff(y));
                self.fix(column, row, dark.contains(&distance));
            }
        }
    }

    /// The level of correction and the mask, twice, with a correction of their own.
    fn draw_format(&mut self) {
        // The lowest level, 01, and the first mask, 000; the rest of their division by x¹⁰ + x⁸ + x⁵ + x⁴ +
        // x² + x + 1 behind them, and all of it changed as the standard wants.
        const FORMAT: u16 = 0b0111_0111_1100_0100;
        let size = self.code.size;
        for bit in 0..15 {
            let dark = (FORMAT >> bit) & 1 == 1;
            let (x, y) = match bit {
                0..=5 => (8, bit),
                6 | 7 => (8, bit + 1),
                8 => (7, 8),
                _ => (14 - bit, 8),
            };
            self.fix(x, y, dark);
            let (x, y) = if bit < 8 {
                (size - 1 - bit, 8)
            } else {
                (8, size - 15 + bit)
            };
            self.fix(x, y, dark);
        }
        self.fix(8, size - 8, true);
    }

    fn fix(&mut self, x: usize, y: usize, dark: bool) {
        let at = y * self.code.size + x;
        self.code.dark[at] = dark;
        self.fixed[at] = true;
    }

    /// Puts bits into the free squares, two columns at a time from the right, up and down by turns.
    ///
    /// Always with the first of the eight masks, a chessboard: choosing among them is to avoid large plain
    /// fields, which a number and its padding do not make.
    fn draw_bytes(&mut self, bytes: &[u8]) {
        let size = self.code.size;
        let mut bits = bytes
            .iter()
            .flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1 == 1));
        // The ruler's column is passed over.
        let pairs = (1..size)
            .rev()
            .step_by(2)
            .map(|right| if right <= 6 { right - 1 } else { right });
        for (turn, right) in pairs.enumerate() {
            for step in 0..size {
                let y = if turn % 2 == 0 { size - 1 - step } else { step };
                for x in [right, right - 1] {
                    let at = y * size + x;
                    if !self.fixed[at] {
                        self.code.dark[at] = bits.next().unwrap_or(false) ^ ((x + y) % 2 == 0);
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use qrcodegen::{Mask, QrCodeEcc, QrSegment, Version};

    use super::*;

    #[test]
    fn a_code_is_the_one_that_a_library_draws() {
        let all = "tel:+44 (0)20 7946 0958;ext=4523 ".repeat(4);
        for length in 0..=106 {
            let text = &all[..length];
            let ours = QrCode::of(text).unwrap();
            let segments = [QrSegment::make_bytes(text.as_bytes())];
            let theirs = qrcodegen::QrCode::encode_segments_advanced(
                &segments,
                QrCodeEcc::Low,
                Version::new(1),
                Version::new(5),
                Some(Mask::new(0)),
                false,
            )
            .unwrap();
            assert_eq!(ours.size(), usize::try_from(theirs.size()).unwrap(), "{text}");
            let squares = (0..theirs.size()).flat_map(|y| (0..theirs.size()).map(move |x| (x, y)));
            let dark: Vec<bool> = squares.map(|(x, y)| theirs.get_module(x, y)).collect();
            assert_eq!(ours.dark, dark, "{text}");
        }
        assert_eq!(QrCode::of(&all[..107]), None);
    }

    #[test]
    fn its_path_covers_the_dark_squares_alone() {
        let code = QrCode {
            size: 3,
            dark: [[true, true, false], [false, false, true], [true, false, true]].concat(),
        };
        assert_eq!(code.path(), "M0 0h2v1h-2zM2 1h1v1h-1zM0 2h1v1h-1zM2 2h1v1h-1z");
    }
}
