//! What goes into the notebook and out of it: vCards, CSV of Google Contacts and of Outlook, and the
//! notebook's own backup.
//!
//! Reading is lenient and says so: whatever cannot be taken is listed with its line, its field and why,
//! and the rest goes on. Nothing is written here. A file becomes an [`Import`], an import with the clients
//! that are there becomes a [`Plan`](plan::Plan), and a plan that its owner has agreed to becomes records
//! for the notebook to write at once.
//!
//! All text stays text: nothing here knows of markup, and spreadsheet formulas are taken the edge off on
//! the way out ([`csv`]).

pub mod backup;
pub mod csv;
mod encoding;
mod merging;
pub mod plan;
mod text;
pub mod vcard;

use std::fmt;
use std::io::Cursor;

use serde::{Deserialize, Serialize};

pub use self::encoding::Source;
use self::encoding::Text;
use crate::Client;

/// The largest backup that is read, in bytes: its checksum is of all of it, so all of it is in memory. Other
/// files may be as large as they like.
pub const LARGEST_BACKUP: u64 = 64 << 20;

/// As many clients are taken of a file: a page has all of them in memory several times over.
pub const MOST_CLIENTS: usize = 50_000;

/// As much text is taken of a file, in bytes; pictures, which are not kept, apart.
pub const MOST_TEXT: usize = 64 << 20;

/// As much is read of one card or row, in bytes.
pub const LARGEST_CARD: usize = 16 << 20;

/// The longest line, once unfolded, or field of a table that is taken, in bytes: room for a photograph.
pub const LONGEST_LINE: usize = 4 << 20;

/// A kind of file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// vCard 3.0, which every address book reads.
    #[serde(rename = "vcard-3")]
    VCard3,
    /// vCard 4.0.
    #[serde(rename = "vcard-4")]
    VCard4,
    /// CSV with the columns of Google Contacts.
    GoogleCsv,
    /// CSV with the columns of Outlook.
    OutlookCsv,
    /// The notebook's own backup.
    Backup,
}

/// How much of a client is written into a file that may be handed on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Details {
    /// What stands in any address book: names, addresses, numbers, company, birthday, anniversary.
    #[default]
    Contact,
    /// All that is noted and the format has a place for: of sensitive notes, promises, conversations and
    /// projects, tables have none.
    All,
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Import {
    /// Whom it tells of, in its order.
    pub records: Vec<Record>,
    /// What of it was not taken, as far as it is worth listing.
    pub rejected: Vec<Rejected>,
    /// How many more pieces were not taken.
    pub unlisted: usize,
    /// What is to be known of the file as a whole, in words.
    pub notices: Vec<String>,
}

/// Somebody in a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The line on which they begin, counted from 1.
    pub line: usize,
    /// What it says of them.
    pub client: Client,
}

/// A piece of a file that was not taken.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Its line, counted from 1.
    pub line: usize,
    /// The field or column; empty: all that stands there.
    pub field: String,
    /// Why, in words: `has no colon`.
    pub reason: String,
}

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// A backup with this many bytes, more than [`LARGEST_BACKUP`].
    TooLarge(u64),
    /// It could not be read to its end, and why in the words of whoever failed.
    Unreadable(String),
    /// It holds nothing.
    Empty,
    /// It is no text.
    NotText,
    /// It is text, and none that is known here.
    Unknown,
    /// A backup of a newer version, which may mean other things by the same words.
    Newer(u64),
    /// A backup that nothing can be got out of, and why.
    Broken(String),
    /// A backup under a passphrase: to be opened first.
    Sealed(Box<backup::Sealed>),
}

/// How many rejected pieces are listed: nobody reads more, and a file that is all wrong has millions.
const LISTED: usize = 1000;

impl Import {
    fn reject(&mut self, line: usize, field: impl Into<String>, reason: impl Into<String>) {
        if self.rejected.len() < LISTED {
            self.rejected.push(Rejected::new(line, field, reason));
        } else {
            self.unlisted += 1;
        }
    }
}

impl Import {
    /// Says that the file is read no further than this line, since so much of it was taken.
    fn stop(&mut self, line: usize, most: &str) {
        self.notices.push(format!(
            "From line {line} on the file was not read: {most} are taken at once. Import these, and the rest as a file \
             of its own."
        ));
    }
}

impl Rejected {
    fn new(line: usize, field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            line,
            field: field.into(),
            reason: reason.into(),
        }
    }
}

/// How much of a file was taken, up to as much as there is room for.
#[derive(Debug, Default)]
struct Room {
    clients: usize,
    bytes: usize,
}

impl Room {
    fn take(&mut self, bytes: usize) {
        self.clients += 1;
        self.bytes += bytes;
    }

    /// What fills it, in words; `None` while there is room.
    fn full(&self) -> Option<String> {
        match self {
            Self { clients, .. } if *clients >= MOST_CLIENTS => Some(format!("{MOST_CLIENTS} clients")),
            Self { bytes, .. } if *bytes >= MOST_TEXT => Some(format!("{} MB of text", MOST_TEXT >> 20)),
            _ => None,
        }
    }
}

/// Reads a file of any kind that is known here, told by what stands in it.
///
/// A note of which the file does not say when it was written has no date. `progress` hears from time to time
/// how many bytes of how many are done.
///
/// # Errors
///
/// When nothing of it can be read.
pub fn read(bytes: &[u8], progress: &mut dyn FnMut(usize, usize)) -> Result<Import, Refused> {
    read_from(&mut Cursor::new(bytes), progress)
}

/// The same, of a file that need not be in memory as a whole: it is read piece by piece, unless it is a backup.
///
/// # Errors
///
/// When nothing of it can be read.
pub fn read_from(file: &mut dyn Source, progress: &mut dyn FnMut(usize, usize)) -> Result<Import, Refused> {
    let (mut text, head) = Text::open(file, progress)?;
    let mut import = if backup::is_backup(&head) {
        if text.size() > LARGEST_BACKUP {
            return Err(Refused::TooLarge(text.size()));
        }
        backup::read(&text.whole())?
    } else if vcard::is_vcard(&head) {
        vcard::read(&mut text)
    } else {
        csv::read(&mut text, &head)?
    };
    if let Some(why) = text.failure() {
        return Err(Refused::Unreadable(why));
    }
    if let Some(notice) = text.encoding().notice() {
        import.notices.insert(0, notice);
    }
    Ok(import)
}

/// Writes clients as a file. `now` (`2026-11-22T10:00`) is when a backup says that it was made; a backup
/// holds all [`Details`] whatever is asked for.
pub fn export(clients: &[Client], format: Format, details: Details, now: &str) -> Vec<u8> {
    let text = match format {
        Format::VCard3 => vcard::write(clients, vcard::Version::V3, details),
        Format::VCard4 => vcard::write(clients, vcard::Version::V4, details),
        Format::GoogleCsv => csv::write_google(clients, details),
        Format::OutlookCsv => csv::write_outlook(clients, details),
        Format::Backup => backup::write(clients, now),
    };
    text.into_bytes()
}

impl Format {
    /// The name for a file that is made on a day, `2026-11-22`.
    pub fn file_name(self, today: &str) -> String {
        match self {
            Self::VCard3 | Self::VCard4 => format!("candor-clients-{today}.vcf"),
            Self::GoogleCsv => format!("candor-clients-{today}-google.csv"),
            Self::OutlookCsv => format!("candor-clients-{today}-outlook.csv"),
            Self::Backup => format!("candor-backup-{today}.json"),
        }
    }

    /// The file's media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::VCard3 | Self::VCard4 => "text/vcard",
            Self::GoogleCsv | Self::OutlookCsv => "text/csv",
            Self::Backup => "application/json",
        }
    }
}

/// Reads as a sentence without its full stop.
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge(bytes) => write!(
                f,
                "This backup has {} MB, and backups of up to {} MB are read",
                bytes.div_ceil(1 << 20),
                LARGEST_BACKUP >> 20
            ),
            Self::Unreadable(why) => write!(f, "The file could not be read to its end: {why}"),
            Self::Empty => f.write_str("The file is empty"),
            Self::NotText => f.write_str("This is no text file: choose one that ends in .vcf, .csv or .json"),
            Self::Unknown => f.write_str(
                "This is neither a vCard, nor CSV of Google Contacts or Outlook with English column names, \
                 nor a backup of Candor",
            ),
            Self::Newer(version) => write!(
                f,
                "A newer version of Candor made this backup (its form is {version}, and this version reads up \
                 to {}); update Candor in this browser",
                backup::VERSION
            ),
            Self::Broken(why) => write!(f, "Nothing can be read of this backup: {why}"),
            Self::Sealed(_) => f.write_str("This backup is under a passphrase"),
        }
    }
}

impl std::error::Error for Refused {}
