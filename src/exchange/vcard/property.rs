//! One line of a vCard: which property it is, and what it says.

use calcard::vcard::{VCardEntry, VCardParameterName, VCardParameterValue, VCardValue};
use calcard::{Entry, Parser};

use crate::exchange::text::tidy;

/// A property as it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// What ties properties of one card to each other: `item1`; empty for most.
    pub group: String,
    /// In upper case.
    pub name: String,
    /// What it is for, in lower case: `work`, `cell`, `internet`.
    pub types: Vec<String>,
    /// Whether it is the one to use first.
    pub is_preferred: bool,
    /// Its parts, decoded: one for most, more for a name or an address.
    pub values: Vec<String>,
    head: String,
    raw: String,
    coding: Coding,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Coding {
    #[default]
    Plain,
    QuotedPrintable,
    Base64,
}

impl Property {
    /// Reads a line, or says why it is none.
    pub(super) fn read(line: &str) -> Result<Self, &'static str> {
        let at = value_start(line).ok_or("has no colon, so it is no property")?;
        let (head, raw) = (&line[..at - 1], &line[at..]);
        let full_name = head.split(';').next().unwrap_or_default().trim();
        let (group, name) = full_name.rsplit_once('.').unwrap_or(("", full_name));
        let is_name = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        };
        if name.is_empty() || !is_name(name) || !is_name(group) {
            return Err("begins with no property's name");
        }
        // What vCard 2.1 writes without a name before it.
        let named = head.replace(";QUOTED-PRINTABLE", ";ENCODING=QUOTED-PRINTABLE");
        let entry = entry(&format!("{named}:{raw}")).ok_or("cannot be read")?;
        let mut property = Self {
            group: group.to_ascii_lowercase(),
            name: name.to_ascii_uppercase(),
            head: head.to_owned(),
            raw: raw.to_owned(),
            coding: Coding::Plain,
            ..Self::default()
        };
        for (key, value) in parameters(head) {
            match (&*key.to_ascii_uppercase(), &*value.to_ascii_uppercase()) {
                ("ENCODING" | "", "QUOTED-PRINTABLE") => property.coding = Coding::QuotedPrintable,
                ("ENCODING", "B" | "BASE64") | ("", "BASE64") => property.coding = Coding::Base64,
                _ => {}
            }
        }
        property.read_types(&entry);
        property.values = entry
            .values
            .into_iter()
            .map(|value| property.text_of(value))
            .collect();
        Ok(property)
    }

    /// The first part.
    pub(super) fn text(&self) -> &str {
        self.values.first().map_or("", String::as_str)
    }

    /// A part by its place, empty where there is none.
    pub(super) fn part(&self, at: usize) -> &str {
        self.values.get(at).map_or("", String::as_str)
    }

    /// What stands after the colon, as it stands there.
    pub(super) fn raw(&self) -> &str {
        &self.raw
    }

    /// The value of a parameter, in whatever case its name is written.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        parameters(&self.head)
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The line as vCard 4.0 has it, for it to be kept.
    pub(super) fn kept(&self) -> String {
        let mut line = String::new();
        if !self.group.is_empty() {
            line.push_str(&self.group);
            line.push('.');
        }
        line.push_str(&self.name);
        let mut picture = None;
        for (key, value) in parameters(&self.head) {
            match (&*key.to_ascii_uppercase(), &*value.to_ascii_uppercase()) {
                ("ENCODING" | "CHARSET", _) | ("", "QUOTED-PRINTABLE" | "BASE64" | "8BIT" | "7BIT") => {}
                ("TYPE" | "", kind) if self.coding == Coding::Base64 => {
                    picture = Some(kind.to_ascii_lowercase());
                }
                ("", _) => push_parameter(&mut line, "TYPE", value),
                (key, _) => push_parameter(&mut line, key, value),
            }
        }
        line.push(':');
        match self.coding {
            Coding::Plain => line.push_str(&self.raw),
            Coding::QuotedPrintable => {
                let between = if self.name == "CATEGORIES" { "," } else { ";" };
                let values: Vec<String> = self.values.iter().map(|value| escaped(value)).collect();
                line.push_str(&values.join(between));
            }
            Coding::Base64 => {
                let kind = picture.unwrap_or_default();
                line.push_str("data:");
                line.push_str(&media_type(&self.name, &kind));
                line.push_str(";base64,");
                line.push_str(&self.raw);
            }
        }
        line
    }

    fn read_types(&mut self, entry: &VCardEntry) {
        for parameter in &entry.params {
            let word = match (&parameter.name, &parameter.value) {
                (VCardParameterName::Pref, _) => "pref",
                (VCardParameterName::Type, value) => value.as_text().unwrap_or_default(),
                // vCard 2.1 has types without a name before them.
                (VCardParameterName::Other(word), VCardParameterValue::Null) => word,
                _ => continue,
            };
            for word in word.split(',').map(|word| word.trim().to_ascii_lowercase()) {
                if word == "pref" {
                    self.is_preferred = true;
                } else if !word.is_empty() && !self.types.contains(&word) {
                    self.types.push(word);
                }
            }
        }
    }

    fn text_of(&self, value: VCardValue) -> String {
        match value {
            VCardValue::Text(text) => tidy(&text),
            VCardValue::Component(parts) => tidy(&parts.join(", ")),
            // A date, a number, a picture: its reader knows better what to make of it.
            _ => self.raw.trim().to_owned(),
        }
    }
}

/// The line alone, by the library's reader of whole cards.
fn entry(line: &str) -> Option<VCardEntry> {
    let card = format!("{line}\r\nEND:VCARD\r\n");
    match Parser::new(&card).vcard() {
        Entry::VCard(card) => card.entries.into_iter().next(),
        _ => None,
    }
}

/// Where the value begins: after the first colon outside quotes, or after the first, where a quote is not
/// closed.
fn value_start(line: &str) -> Option<usize> {
    let mut is_quoted = false;
    let colon = line.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        byte == b':' && !is_quoted
    });
    colon.or_else(|| line.find(':')).map(|at| at + 1)
}

/// The parameters of a property: their names, empty for those of vCard 2.1 that have none, and values.
fn parameters(head: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut is_quoted = false;
    let pieces = head.split(move |char: char| {
        is_quoted ^= char == '"';
        char == ';' && !is_quoted
    });
    pieces
        .skip(1)
        .map(|piece| piece.split_once('=').unwrap_or(("", piece)))
        .map(|(key, value)| (key.trim(), value.trim()))
}

fn push_parameter(line: &mut String, key: &str, value: &str) {
    line.push(';');
    line.push_str(key);
    line.push('=');
    line.push_str(value);
}

fn media_type(property: &str, kind: &str) -> String {
    let family = match property {
        "PHOTO" | "LOGO" => "image",
        "SOUND" => "audio",
        _ => "application",
    };
    match kind {
        "" => "application/octet-stream".to_owned(),
        kind if kind.contains('/') => kind.to_owned(),
        kind => format!("{family}/{kind}"),
    }
}

/// Text as it stands in a vCard.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\\' => escaped.push_str("\\\\"),
            ';' => escaped.push_str("\\;"),
            ',' => escaped.push_str("\\,"),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn values(line: &str, expected: &[&str]) {
        assert_eq!(Property::read(line).unwrap().values, expected, "{line}");
    }

    #[test]
    fn values_are_decoded() {
        values("NOTE:a\\, b\\nc\\\\n", &["a, b\nc\\n"]);
        values(
            "N:Berg\\;x;Anna,Maria;;Dr.;",
            &["Berg;x", "Anna, Maria", "", "Dr.", ""],
        );
        values(
            "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Z=C3=BC=0D=0Arich",
            &["Zü\nrich"],
        );
        values("NOTE;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Z=FC", &["Zü"]);
        values("item1.EMAIL;type=INTERNET:a@b.example", &["a@b.example"]);
        values(
            "URL:https://a.example/x;y,z?q=1",
            &["https://a.example/x;y,z?q=1"],
        );
        values("BDAY;VALUE=date:1980-04-21", &["1980-04-21"]);
        values("TEL:", &[""]);
    }

    #[test]
    fn what_it_is_for_is_told_in_three_ways() {
        for line in [
            "TEL;HOME;PREF;CELL:1",
            "TEL;TYPE=home,cell,pref:1",
            "x.TEL;PREF=1;TYPE=\"HOME,cell\":1",
        ] {
            let property = Property::read(line).unwrap();
            assert_eq!(property.types, ["home", "cell"], "{line}");
            assert!(property.is_preferred);
        }
    }

    #[test]
    fn what_is_kept_is_valid_in_a_newer_card() {
        let kept = |line: &str| Property::read(line).unwrap().kept();
        assert_eq!(
            kept("item1.X-Foo;A=\"q;r:s\";b=c:v\\,w;x"),
            "item1.X-FOO;A=\"q;r:s\";B=c:v\\,w;x"
        );
        assert_eq!(
            kept("X-FOO;HOME;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=BC=0Ab"),
            "X-FOO;TYPE=HOME:ü\\nb"
        );
        assert_eq!(
            kept("PHOTO;ENCODING=b;TYPE=JPEG:AAAA"),
            "PHOTO:data:image/jpeg;base64,AAAA"
        );
        assert_eq!(
            kept("PHOTO;VALUE=uri:https://a.example/p.jpg"),
            "PHOTO;VALUE=uri:https://a.example/p.jpg"
        );
    }

    #[test]
    fn what_is_no_property_says_why() {
        for (line, reason) in [
            ("garbage", "has no colon, so it is no property"),
            (":::", "begins with no property's name"),
            ("<b>:x", "begins with no property's name"),
        ] {
            assert_eq!(Property::read(line), Err(reason), "{line}");
        }
    }
}
