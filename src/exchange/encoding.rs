//! From bytes to text.
//!
//! Address books write UTF-8, Windows programs UTF-16, mostly with a mark at its start, and older ones the
//! code page of Western Europe. Those three are read; a crate for all there are would weigh more than the vCards.
//! A few bytes of that code page within a file of UTF-8, as some program or other put them there, cost no
//! other letter.

use std::borrow::Cow;

use super::Refused;

/// How a file's letters were written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// But for some bytes, the first of them on this line.
    MostlyUtf8 {
        line: usize,
    },
    Utf16,
    /// Taken for what it is when nothing else fits: any bytes are text in it.
    Windows1252,
}

impl Encoding {
    /// What is to be said of it, where the letters may be others than meant.
    pub(super) fn notice(self) -> Option<String> {
        match self {
            Self::Utf8 | Self::Utf16 => None,
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

/// The text of a file.
///
/// # Errors
///
/// When it has bytes that no text has.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Refused> {
    let (text, encoding) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => return Ok(utf8(rest, true)),
        [0xff, 0xfe, rest @ ..] => (utf16(rest, u16::from_le_bytes), Encoding::Utf16),
        [0xfe, 0xff, rest @ ..] => (utf16(rest, u16::from_be_bytes), Encoding::Utf16),
        // Without a mark: all that is read here begins with letters of ASCII, which leave a byte empty.
        [1..=255, 0, 1..=255, 0, ..] => (utf16(bytes, u16::from_le_bytes), Encoding::Utf16),
        [0, 1..=255, 0, 1..=255, ..] => (utf16(bytes, u16::from_be_bytes), Encoding::Utf16),
        _ => utf8(bytes, false),
    };
    // A picture or an archive has them within its first bytes.
    if text.as_bytes().iter().take(4096).any(|&byte| byte == 0) {
        return Err(Refused::NotText);
    }
    Ok((text, encoding))
}

/// Text of letters one to four bytes long. Where `is_sure` is not said, a file with more bytes that are none
/// than letters with accents is in another encoding as a whole.
fn utf8(bytes: &[u8], is_sure: bool) -> (Cow<'_, str>, Encoding) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Encoding::Utf8);
    }
    let mut text = String::with_capacity(bytes.len());
    let (mut accents, mut strays, mut line) = (0, 0, 1);
    for chunk in bytes.utf8_chunks() {
        accents += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        text.push_str(chunk.valid());
        if strays == 0 && !chunk.invalid().is_empty() {
            line = 1 + text.matches('\n').count();
        }
        strays += chunk.invalid().len();
        text.extend(chunk.invalid().iter().map(|&byte| windows_1252(byte)));
    }
    if is_sure || accents > strays {
        (text.into(), Encoding::MostlyUtf8 { line })
    } else {
        let text = bytes.iter().map(|&byte| windows_1252(byte)).collect();
        (text, Encoding::Windows1252)
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
    text.collect()
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

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Encoding) {
        assert_eq!(decode(bytes), Ok((text.into(), encoding)));
    }

    #[test]
    fn each_encoding_is_told_by_its_bytes() {
        check("Zoë 🥖".as_bytes(), "Zoë 🥖", Encoding::Utf8);
        check(b"\xef\xbb\xbfZo\xc3\xab", "Zoë", Encoding::Utf8);
        check(b"\xff\xfeZ\0o\0\xeb\0", "Zoë", Encoding::Utf16);
        check(b"\xfe\xff\0Z\0o\0\xeb", "Zoë", Encoding::Utf16);
        check(b"Z\0o\0\xeb\0", "Zoë", Encoding::Utf16);
        check(b"\0Z\0o\0\xeb", "Zoë", Encoding::Utf16);
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
        check(b"\xff\xfeZ\0\x00\xd8o\0x", "Z\u{fffd}o", Encoding::Utf16);
        assert_eq!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Err(Refused::NotText));
        assert_eq!(decode(b"PK\x03\x04\x14\0\x08\0"), Err(Refused::NotText));
    }
}
