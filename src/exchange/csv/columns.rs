//! What the columns of a table hold, by their names.

/// A column. Numbers tell which of several addresses or phones it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    Prefix,
    Given,
    Middle,
    Family,
    Suffix,
    Nickname,
    Company,
    Department,
    Role,
    Language,
    Birthday,
    Anniversary,
    Notes,
    Hobby,
    Spouse,
    Children,
    Assistant,
    Email(u8, Half),
    Phone(Slot, Half),
    Address(Slot, Part),
    Website(u8, Half),
    Event(u8, Half),
    Relation(u8, Half),
    Custom(u8, Half),
    /// One that says nothing of use here, or what another column says too.
    Ignored,
    Unknown,
}

/// Google gives each value a column and its label another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Half {
    Label,
    Value,
}

/// Which of several it is: by its number, with Google, or by what it is for, with Outlook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// The rank among Outlook's, the one to use first lowest, and the label.
    Fixed(u8, &'static str),
    Numbered(u8),
}

/// A part of a postal address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Label,
    Formatted,
    Street,
    Extended,
    PoBox,
    Locality,
    Region,
    Code,
    Country,
}

/// Outlook's phones: the column, its rank and the label.
pub(super) const PHONES: &[(&str, u8, &str)] = &[
    ("Primary Phone", 0, ""),
    ("Business Phone", 1, "work"),
    ("Business Phone 2", 2, "work"),
    ("Mobile Phone", 3, "mobile"),
    ("Home Phone", 4, "home"),
    ("Home Phone 2", 5, "home"),
    ("Company Main Phone", 6, "main"),
    ("Other Phone", 7, "other"),
    ("Car Phone", 8, "car"),
    ("Radio Phone", 9, "radio"),
    ("Callback", 10, "callback"),
    ("Pager", 11, "pager"),
    ("Business Fax", 12, "work fax"),
    ("Home Fax", 13, "home fax"),
    ("Other Fax", 14, "other fax"),
    ("TTY/TDD Phone", 15, "text telephone"),
    ("ISDN", 16, "ISDN"),
    ("Telex", 17, "telex"),
];

/// Outlook's addresses: how their columns begin, and the label.
pub(super) const ADDRESSES: &[(&str, u8, &str)] = &[
    ("Business", 1, "work"),
    ("Home", 2, "home"),
    ("Other", 3, "other"),
];

/// What a column of this name holds.
pub(super) fn column(name: &str) -> Column {
    let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
    let whole = match &*name {
        "name" | "full name" | "display name" => Column::Name,
        "title" | "name prefix" | "prefix" => Column::Prefix,
        "first name" | "given name" => Column::Given,
        "middle name" | "additional name" => Column::Middle,
        "last name" | "family name" | "surname" => Column::Family,
        "suffix" | "name suffix" => Column::Suffix,
        "nickname" => Column::Nickname,
        "company" | "organization" | "organization name" | "organization 1 - name" => Column::Company,
        "department" | "organization department" | "organization 1 - department" => Column::Department,
        "job title" | "organization title" | "organization 1 - title" => Column::Role,
        "language" => Column::Language,
        "birthday" => Column::Birthday,
        "anniversary" => Column::Anniversary,
        "notes" | "note" => Column::Notes,
        "hobby" | "hobbies" => Column::Hobby,
        "spouse" | "significant other" => Column::Spouse,
        "children" => Column::Children,
        "assistant's name" => Column::Assistant,
        "email" | "e-mail" | "email address" | "e-mail address" => Column::Email(1, Half::Value),
        "e-mail 2 address" => Column::Email(2, Half::Value),
        "e-mail 3 address" => Column::Email(3, Half::Value),
        "phone" | "phone number" => Column::Phone(Slot::Numbered(1), Half::Value),
        "mobile" => Column::Phone(Slot::Fixed(3, "mobile"), Half::Value),
        "web page" | "website" => Column::Website(1, Half::Value),
        "personal web page" => Column::Website(2, Half::Value),
        "business web page" => Column::Website(3, Half::Value),
        _ if IGNORED.contains(&&*name) => Column::Ignored,
        _ => Column::Unknown,
    };
    if whole != Column::Unknown {
        return whole;
    }
    numbered(&name)
        .or_else(|| outlook(&name))
        .unwrap_or(Column::Unknown)
}

/// Columns that hold what nobody noted: defaults, other forms of what stands elsewhere, keys.
const IGNORED: &[&str] = &[
    "account",
    "billing information",
    "directory server",
    "e-mail 2 display name",
    "e-mail 2 type",
    "e-mail 3 display name",
    "e-mail 3 type",
    "e-mail display name",
    "e-mail type",
    "file as",
    "gender",
    "group membership",
    "initials",
    "internet free busy",
    "keywords",
    "labels",
    "mileage",
    "photo",
    "priority",
    "private",
    "sensitivity",
    "yomi name",
];

/// Google's `phone 1 - value`.
fn numbered(name: &str) -> Option<Column> {
    let (what, part) = name.split_once(" - ")?;
    let (what, number) = what.rsplit_once(' ')?;
    let number: u8 = number.parse().ok()?;
    let half = || match part {
        "label" | "type" => Some(Half::Label),
        "value" => Some(Half::Value),
        _ => None,
    };
    Some(match what {
        "e-mail" | "email" => Column::Email(number, half()?),
        "phone" => Column::Phone(Slot::Numbered(number), half()?),
        "website" => Column::Website(number, half()?),
        "event" => Column::Event(number, half()?),
        "relation" => Column::Relation(number, half()?),
        "custom field" => Column::Custom(number, half()?),
        "address" => Column::Address(
            Slot::Numbered(number),
            match part {
                "label" | "type" => Part::Label,
                "formatted" => Part::Formatted,
                "street" => Part::Street,
                "extended address" => Part::Extended,
                "po box" => Part::PoBox,
                "city" => Part::Locality,
                "region" => Part::Region,
                "postal code" => Part::Code,
                "country" => Part::Country,
                _ => return None,
            },
        ),
        _ => return None,
    })
}

/// Outlook's `business phone 2` and `home street`.
fn outlook(name: &str) -> Option<Column> {
    if let Some(&(_, rank, label)) = PHONES.iter().find(|(phone, ..)| phone.eq_ignore_ascii_case(name)) {
        return Some(Column::Phone(Slot::Fixed(rank, label), Half::Value));
    }
    let (start, part) = name.split_once(' ')?;
    let &(_, rank, label) = ADDRESSES
        .iter()
        .find(|(address, ..)| address.eq_ignore_ascii_case(start))?;
    let part = match part {
        "street" => Part::Street,
        "street 2" | "street 3" => Part::Extended,
        "address" => Part::Formatted,
        "address po box" | "po box" => Part::PoBox,
        "city" => Part::Locality,
        "state" => Part::Region,
        "postal code" => Part::Code,
        "country" | "country/region" => Part::Country,
        _ => return None,
    };
    Some(Column::Address(Slot::Fixed(rank, label), part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_both_programs_are_known() {
        assert_eq!(column(" E-mail 2 - Value"), Column::Email(2, Half::Value));
        assert_eq!(column("E-mail 2 Address"), Column::Email(2, Half::Value));
        assert_eq!(
            column("Business Fax"),
            Column::Phone(Slot::Fixed(12, "work fax"), Half::Value)
        );
        assert_eq!(
            column("Home Country/Region"),
            Column::Address(Slot::Fixed(2, "home"), Part::Country)
        );
        assert_eq!(
            column("Address 3 - Postal Code"),
            Column::Address(Slot::Numbered(3), Part::Code)
        );
        assert_eq!(column("\u{feff}First Name"), Column::Given);
        assert_eq!(column("Vorname"), Column::Unknown);
    }
}
