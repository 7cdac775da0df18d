//! The notebook's own backup: all that it holds, as JSON, with a checksum.
//!
//! A backup is an object with `format` (`candor-backup`), `version`, `made` (when), `by` (the version of
//! Candor that made it), `sha256` and `clients`. The checksum is over the clients alone, written without
//! space and with keys in order, so that a file which was only formatted anew still proves whole. Each client
//! has a line of their own: a file that was cut short gives back those whose lines are whole.
//!
//! Under a passphrase the file is an envelope around such a backup: the same first three keys, and `sealed`
//! with what is needed to open it besides the passphrase. The browser does the cryptography, and this module
//! says what is asked of it.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::{Import, Record, Refused};
use crate::Client;

/// The form of backups that this version writes, and the newest that it reads.
pub const VERSION: u64 = 1;

/// The name by which a backup is known.
const FORMAT: &str = "candor-backup";

/// How often PBKDF2 is repeated for a new backup: what OWASP advised for SHA-256 when this was written.
pub const ITERATIONS: u32 = 600_000;

/// A backup under a passphrase. The key is PBKDF2 of the passphrase with SHA-256, 256 bits long; the cipher
/// is AES-GCM, whose tag stands at the end of the data and proves the passphrase and the data at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// `AES-GCM`.
    pub cipher: String,
    /// `PBKDF2`.
    pub kdf: String,
    /// `SHA-256`.
    pub hash: String,
    /// How often the derivation is repeated.
    pub iterations: u32,
    /// 16 random bytes, in base 64.
    pub salt: String,
    /// 12 random bytes, in base 64.
    pub iv: String,
    /// The backup, in base 64.
    pub data: String,
}

impl Sealed {
    /// Around data that was sealed by a key with these bytes.
    pub fn new(salt: String, iv: String, data: String) -> Self {
        Self {
            cipher: "AES-GCM".to_owned(),
            kdf: "PBKDF2".to_owned(),
            hash: "SHA-256".to_owned(),
            iterations: ITERATIONS,
            salt,
            iv,
            data,
        }
    }

    /// Whether this version knows how to open it. One that asks for endless work is none of ours.
    fn is_known(&self) -> bool {
        (&*self.cipher, &*self.kdf, &*self.hash) == ("AES-GCM", "PBKDF2", "SHA-256")
            && (1..=10_000_000).contains(&self.iterations)
    }
}

/// Whether this is a backup, or was to be one.
pub(super) fn is_backup(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{') && text.chars().take(2000).collect::<String>().contains(FORMAT)
}

/// Writes a backup of these clients, made at `now` (`2026-11-22T10:00`).
pub fn write(clients: &[Client], now: &str) -> String {
    write_beside(&BTreeMap::new(), clients, now)
}

/// Makes a backup, made at `now`, of a file that the notebook kept before something that cannot be taken
/// back. What can be imported are the records that it was about to put back, or had; all else that is in the
/// file stands beside them. `None` when it is no such file, or damaged.
pub fn of_kept(kept: &str, now: &str) -> Option<String> {
    let mut rest: BTreeMap<String, Box<RawValue>> = serde_json::from_str(kept).ok()?;
    let records = rest.remove("restorable").or_else(|| rest.remove("clients"))?;
    let records: Vec<&RawValue> = serde_json::from_str(records.get()).ok()?;
    let mut clients = Vec::with_capacity(records.len());
    let mut unreadable = Vec::new();
    for record in records {
        match serde_json::from_str::<Client>(record.get()) {
            Ok(client) => clients.push(client),
            Err(_) => unreadable.push(record),
        }
    }
    if !unreadable.is_empty() {
        let unreadable = serde_json::value::to_raw_value(&unreadable).ok()?;
        rest.insert("unreadable".to_owned(), unreadable);
    }
    Some(write_beside(&rest, &clients, now))
}

/// The clients come last, so that a file which was cut short is read by their lines alone.
fn write_beside(rest: &BTreeMap<String, Box<RawValue>>, clients: &[Client], now: &str) -> String {
    let lines: Vec<String> = clients
        .iter()
        .map(|client| canonical(&to_value(client)))
        .collect();
    let checksum = checksum(&format!("[{}]", lines.join(",")));
    let mut text = head(now);
    // Writing to a string cannot fail.
    for (key, value) in rest {
        let _ = writeln!(text, "  {}: {value},", Value::from(key.as_str()));
    }
    let _ = write!(
        text,
        "  \"sha256\": \"{checksum}\",\n  \"clients\": [\n{}\n  ]\n}}\n",
        lines.join(",\n")
    );
    text
}

/// Writes the envelope around a backup that was sealed, made at `now`.
pub fn write_sealed(sealed: &Sealed, now: &str) -> String {
    let mut text = head(now);
    let sealed = serde_json::to_string(sealed).unwrap_or_default();
    let _ = write!(text, "  \"sealed\": {sealed}\n}}\n");
    text
}

fn head(now: &str) -> String {
    let (now, by) = (Value::from(now), env!("CARGO_PKG_VERSION"));
    format!(
        "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"made\": {now},\n  \"by\": \"{by}\",\n"
    )
}

/// Reads a backup. One whose checksum is wrong is read all the same, and says so.
///
/// # Errors
///
/// When a newer version made it, when it is under a passphrase, and when nothing can be got out of it.
pub(super) fn read(text: &str) -> Result<Import, Refused> {
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(backup)) => read_whole(text, backup),
        Ok(_) => Err(Refused::Unknown),
        Err(error) => salvage(text, &error),
    }
}

fn read_whole(text: &str, mut backup: Map<String, Value>) -> Result<Import, Refused> {
    if backup.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(Refused::Unknown);
    }
    match backup.get("version").and_then(Value::as_u64) {
        Some(version) if version > VERSION => return Err(Refused::Newer(version)),
        Some(_) => {}
        None => return Err(Refused::Broken("it does not say which version it is".to_owned())),
    }
    if let Some(sealed) = backup.remove("sealed") {
        let sealed: Option<Sealed> = serde_json::from_value(sealed).ok();
        return Err(match sealed.filter(Sealed::is_known) {
            Some(sealed) => Refused::Sealed(Box::new(sealed)),
            None => Refused::Broken("it is sealed in a way that this version does not know".to_owned()),
        });
    }
    let Some(Value::Array(clients)) = backup.remove("clients") else {
        return Err(Refused::Broken("it holds no list of clients".to_owned()));
    };
    let mut import = Import::default();
    let clients = Value::Array(clients);
    let is_whole = backup.get("sha256").and_then(Value::as_str) == Some(&checksum(&canonical(&clients)));
    if !is_whole {
        let notice = "The checksum is wrong: this backup was changed or damaged since it was made. Look closely before you import it.";
        import.notices.push(notice.to_owned());
    }
    let Value::Array(clients) = clients else {
        return Ok(import);
    };
    let first = first_line(text);
    for (at, client) in clients.into_iter().enumerate() {
        import.take(first + at, client);
    }
    Ok(import)
}

/// What can be got out of a file that is no JSON any more: the clients whose lines are whole.
fn salvage(text: &str, error: &serde_json::Error) -> Result<Import, Refused> {
    let why = format!("it breaks off or was changed on line {}", error.line());
    let lines = text.lines().enumerate().skip(first_line(text) - 1);
    let mut import = Import::default();
    for (at, line) in lines {
        let line = line.trim().trim_end_matches(',');
        if !line.starts_with('{') {
            continue;
        }
        match serde_json::from_str::<Value>(line) {
            Ok(client) => import.take(at + 1, client),
            Err(error) => import.reject(at + 1, "", format!("is damaged: {error}")),
        }
    }
    if import.records.is_empty() {
        return Err(Refused::Broken(why));
    }
    let notice = format!("This backup is damaged: {why}. The clients that are whole were read.");
    import.notices.push(notice);
    Ok(import)
}

impl Import {
    fn take(&mut self, line: usize, client: Value) {
        match serde_json::from_value::<Client>(client) {
            Ok(client) => self.records.push(Record { line, client }),
            Err(error) => self.reject(line, "", format!("is no client: {error}")),
        }
    }
}

/// The line of the first client, as this version writes them.
fn first_line(text: &str) -> usize {
    let heading = text
        .lines()
        .position(|line| line.trim_start().starts_with("\"clients\""));
    heading.map_or(1, |at| at + 2)
}

fn to_value(client: &Client) -> Value {
    // A record has text keys only, so it serialises.
    serde_json::to_value(client).unwrap_or_default()
}

/// JSON without space and with keys in order, whatever order the value has them in.
fn canonical(value: &Value) -> String {
    match value {
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(canonical).collect();
            format!("[{}]", list.join(","))
        }
        Value::Object(object) => {
            let mut keys: Vec<&String> = object.keys().collect();
            keys.sort_unstable();
            let pairs: Vec<String> = keys
                .into_iter()
                .map(|key| format!("{}:{}", Value::from(key.as_str()), canonical(&object[key])))
                .collect();
            format!("{{{}}}", pairs.join(","))
        }
        other => other.to_string(),
    }
}

fn checksum(text: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(text) {
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
