//! From bytes to text.
//!
//! Address books write UTF-8, Windows programs UTF-16, mostly with a mark at its start, and older ones the
//! code page of Western Europe. Those three are read; a crate for all there are would weigh more than the vCards.
//! A few bytes of that code page within a file of UTF-8, as some program or other put them there, cost no
//! other letter.

use std::io::{self, Read, Seek, SeekFrom};

use super::Refused;

/// A file that can be read from any place: one in memory, or one that a browser has.
pub trait Source: Read + Seek {}

impl<S: Read + Seek> Source for S {}

/// How a file's letters were written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// But for some bytes, the first of them on this line.
    MostlyUtf8 {
        line: usize,
    },
    Utf16(Order),
    /// Taken for what it is when nothing else fits: any bytes are text in it.
    Windows1252,
}

/// Which byte of a unit of UTF-16 comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

impl Encoding {
    /// What is to be said of it, where the letters may be others than meant.
    pub(super) fn notice(self) -> Option<String> {
        match self {
            Self::Utf8 | Self::Utf16(_) => None,
            Self::MostlyUtf8 { line } => Some(format!(
                "Some letters of the file are not in UTF-8, the first on line {line}: they were read as Western \
                 European text. Look whether they came out right."
            )),
            Self::Windows1252 => Some(
                "The file is not in UTF-8: it was read as Western European text. Look whether accents came out \
                 right."
                    .to_owned(),
            ),
        }
    }
}

/// The text of a file, piece by piece: however large the file is, no more than a piece of it is in memory.
///
/// A file that cannot be read to its end seems to end there; [`Text::failure`] tells.
pub(super) struct Text<'f> {
    file: &'f mut dyn Source,
    progress: &'f mut dyn FnMut(usize, usize),
    encoding: Encoding,
    /// How many bytes the file has.
    size: u64,
    /// Where it begins after the mark of its encoding.
    start: u64,
    /// As far as it was read.
    at: u64,
    /// What of the bytes that were read is the beginning of a character only.
    begun: Vec<u8>,
    /// How much of the work was told, in bytes.
    told: u64,
    /// Whether it was read once to tell its encoding, which is half of the work.
    is_known: bool,
    failure: Option<io::Error>,
}

/// Enough of a file to tell what it is.
const HEAD: usize = 64 << 10;

/// The largest piece, in bytes.
const LARGEST_PIECE: u64 = 1 << 20;

/// The smallest piece, in bytes: a small file needs no hundred of them.
const SMALLEST_PIECE: u64 = 512;

impl<'f> Text<'f> {
    /// Looks through a file for its encoding, and gives the beginning of its text along with it.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or has bytes that no text has.
    pub(super) fn open(
        file: &'f mut dyn Source,
        progress: &'f mut dyn FnMut(usize, usize),
    ) -> Result<(Self, String), Refused> {
        let mut first = [0; 4];
        let size = (|| {
            let size = file.seek(SeekFrom::End(0))?;
            file.rewind()?;
            let there = usize::try_from(size).unwrap_or(4).min(4);
            file.read_exact(&mut first[..there])?;
            Ok(size)
        })()
        .map_err(|error: io::Error| Refused::Unreadable(error.to_string()))?;
        let (start, encoding) = match first {
            [0xef, 0xbb, 0xbf, ..] => (3, Encoding::Utf8),
            [0xff, 0xfe, ..] => (2, Encoding::Utf16(Order::Little)),
            [0xfe, 0xff, ..] => (2, Encoding::Utf16(Order::Big)),
            // Without a mark: all that is read here begins with letters of ASCII, which leave a byte empty.
            [1..=255, 0, 1..=255, 0] => (0, Encoding::Utf16(Order::Little)),
            [0, 1..=255, 0, 1..=255] => (0, Encoding::Utf16(Order::Big)),
            _ => (0, Encoding::Utf8),
        };
        let mut text = Self {
            file,
            progress,
            encoding,
            size,
            start,
            at: start,
            begun: Vec::new(),
            told: 0,
            is_known: false,
            failure: None,
        };
        text.rewind();
        let mut head = String::new();
        while head.len() < HEAD
            && let Some(piece) = text.piece()
        {
            head.push_str(&piece);
        }
        // A picture or an archive has them within its first bytes.
        if head.as_bytes().iter().take(4096).any(|&byte| byte == 0) {
            return Err(Refused::NotText);
        }
        text.rewind();
        if encoding == Encoding::Utf8 {
            text.encoding = text.survey(start > 0);
        }
        text.is_known = true;
        text.rewind();
        if text.encoding != encoding {
            head.clear();
            while head.len() < HEAD
                && let Some(piece) = text.piece()
            {
                head.push_str(&piece);
            }
            text.rewind();
        }
        if let Some(error) = text.failure() {
            return Err(Refused::Unreadable(error));
        }
        Ok((text, head))
    }

    /// Begins anew.
    pub(super) fn rewind(&mut self) {
        self.begun.clear();
        self.at = self.start;
        if let Err(error) = self.file.seek(SeekFrom::Start(self.start)) {
            self.failure.get_or_insert(error);
        }
    }

    /// How many bytes the file has.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Why the file could not be read to its end, in the words of whoever failed.
    pub(super) fn failure(&self) -> Option<String> {
        self.failure.as_ref().map(io::Error::to_string)
    }

    /// The next piece, which is not empty; `None` at the end.
    pub(super) fn piece(&mut self) -> Option<String> {
        loop {
            let (bytes, is_last) = self.bytes()?;
            let mut text = String::with_capacity(bytes.len());
            let done = match self.encoding {
                Encoding::Utf8 | Encoding::MostlyUtf8 { .. } => utf8(&bytes, is_last, |valid, strays| {
                    text.push_str(valid);
                    text.extend(strays.iter().map(|&byte| windows_1252(byte)));
                }),
                Encoding::Utf16(order) => utf16(&bytes, is_last, order, &mut text),
                Encoding::Windows1252 => {
                    text.extend(bytes.iter().map(|&byte| windows_1252(byte)));
                    bytes.len()
                }
            };
            self.begun = bytes[done..].to_vec();
            if !text.is_empty() {
                return Some(text);
            }
        }
    }

    /// All of it.
    pub(super) fn whole(&mut self) -> String {
        let mut whole = String::new();
        while let Some(piece) = self.piece() {
            whole.push_str(&piece);
        }
        whole
    }

    /// The next bytes after what was begun, and whether they are the last; `None` where there are none.
    fn bytes(&mut self) -> Option<(Vec<u8>, bool)> {
        let left = self.size.saturating_sub(self.at);
        if self.failure.is_some() || left == 0 {
            return None;
        }
        let piece = (self.size / 100).clamp(SMALLEST_PIECE, LARGEST_PIECE).min(left);
        let mut bytes = std::mem::take(&mut self.begun);
        let begun = bytes.len();
        bytes.resize(begun + piece as usize, 0);
        if let Err(error) = self.file.read_exact(&mut bytes[begun..]) {
            self.failure = Some(error);
            return None;
        }
        self.at += piece;
        // Looking through it for its encoding and reading it are as much work.
        let done = if self.is_known { self.size } else { 0 } + self.at;
        if done > self.told {
            self.told = done;
            (self.progress)(done.div_ceil(2) as usize, self.size as usize);
        }
        Some((bytes, self.at == self.size))
    }

    /// Whether it is UTF-8 throughout. Where `is_sure` is not said, a file with more bytes that are none than
    /// letters with accents is in another encoding as a whole.
    fn survey(&mut self, is_sure: bool) -> Encoding {
        let (mut accents, mut strays, mut line, mut lines) = (0, 0, 0, 1);
        while let Some((bytes, is_last)) = self.bytes() {
            let done = utf8(&bytes, is_last, |valid, invalid| {
                if !valid.is_ascii() {
                    accents += valid.chars().filter(|char| !char.is_ascii()).count();
                }
                if strays == 0 {
                    lines += valid.bytes().filter(|&byte| byte == b'\n').count();
                    line = lines;
                }
                strays += invalid.len();
            });
            self.begun = bytes[done..].to_vec();
        }
        match strays {
            0 => Encoding::Utf8,
            strays if is_sure || accents > strays => Encoding::MostlyUtf8 { line },
            _ => Encoding::Windows1252,
        }
    }
}

/// Takes bytes apart into text and what is none, and gives how many were: where more are to come, a character
/// that is only begun stays.
fn utf8(bytes: &[u8], is_last: bool, mut each: impl FnMut(&str, &[u8])) -> usize {
    let mut done = 0;
    for chunk in bytes.utf8_chunks() {
        let (valid, mut invalid) = (chunk.valid(), chunk.invalid());
        let is_at_end = done + valid.len() + invalid.len() == bytes.len();
        let is_begun = || std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none());
        if is_at_end && !is_last && is_begun() {
            invalid = &[];
        }
        each(valid, invalid);
        done += valid.len() + invalid.len();
    }
    done
}

fn utf16(bytes: &[u8], is_last: bool, order: Order, text: &mut String) -> usize {
    let unit = |pair: &[u8]| match order {
        Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
        Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let mut end = bytes.len() & !1;
    let is_first_of_two = |pair: &[u8]| (0xd800..0xdc00).contains(&unit(pair));
    if !is_last && end >= 2 && is_first_of_two(&bytes[end - 2..end]) {
        end -= 2;
    }
    let units = bytes[..end].chunks_exact(2).map(unit);
    text.extend(char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER)));
    if is_last { bytes.len() } else { end }
}

/// What a byte stands for in Windows-1252, as browsers read it: Latin-1 but for these.
fn windows_1252(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Result<(String, Encoding), Refused> {
        let mut file = io::Cursor::new(bytes);
        let mut progress = |_, _| {};
        let (mut text, _) = Text::open(&mut file, &mut progress)?;
        Ok((text.whole(), text.encoding()))
    }

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        assert_eq!(decode(bytes), Ok((text.into(), encoding)));
    }

    #[test]
    fn a_character_may_lie_across_two_pieces() {
        let text = "x🥖é\u{fb01}\n".repeat(700);
        for shift in 0..4 {
            let text = format!("{}{text}", "y".repeat(shift));
            check(text.as_bytes(), &text, Encoding::Utf8);
            let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            check(
                &[&[0xfe, 0xff], &*units].concat(),
                &text,
                Encoding::Utf16(Order::Big),
            );
        }
    }

    #[test]
    fn a_file_that_breaks_off_says_so() {
        struct Broken(u64);
        impl Read for Broken {
            fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
                if self.0 >= 1000 {
                    return Err(io::Error::other("it was moved"));
                }
                self.0 += bytes.len() as u64;
                bytes.fill(b'x');
                Ok(bytes.len())
            }
        }
        impl Seek for Broken {
            fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
                self.0 = match to {
                    SeekFrom::Start(at) => at,
                    _ => 100_000,
                };
                Ok(self.0)
            }
        }
        let refused = Text::open(&mut Broken(0), &mut |_, _| {}).map(|_| ());
        assert_eq!(refused, Err(Refused::Unreadable("it was moved".into())));
    }

    #[test]
    fn each_encoding_is_told_by_its_bytes() {
        check("Zoë 🥖".as_bytes(), "Zoë 🥖", Encoding::Utf8);
        check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë", Encoding::Utf8);
        check(b"\xff\xfeZ\0o\0\xeb\0", "Zoë", Encoding::Utf16(Order::Little));
        check(b"\xfe\xff\0Z\0o\0\xeb", "Zoë", Encoding::Utf16(Order::Big));
        check(b"Z\0o\0\xeb\0", "Zoë", Encoding::Utf16(Order::Little));
        check(b"\0Z\0o\0\xeb", "Zoë", Encoding::Utf16(Order::Big));
        check(
            b"Zo\xeb \x93rye\x94 \x80 5",
            "Zoë “rye” € 5",
            Encoding::Windows1252,
        );
        check(b"", "", Encoding::Utf8);
    }

    #[test]
    fn a_stray_byte_costs_no_other_letter() {
        let encoding = Encoding::MostlyUtf8 { line: 3 };
        check(
            b"Zo\xc3\xab\n\xc5\x81\xc3\xb3d\xc5\xba\nJos\xe9\n",
            "Zoë\nŁódź\nJosé\n",
            encoding,
        );
        assert!(encoding.notice().is_some_and(|notice| notice.contains("line 3")));
        check(b"\xef\xbb\xbfJos\xe9", "José", Encoding::MostlyUtf8 { line: 1 });
    }

    #[test]
    fn broken_pairs_and_what_is_no_text() {
        check(
            b"\xff\xfeZ\0\x00\xd8o\0x",
            "Z\u{fffd}o",
            Encoding::Utf16(Order::Little),
        );
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(Refused::NotText));
        assert_eq!(decode(b"PK\x03\x04\x14\0\x08\0"), Err(Refused::NotText));
    }
}
