//! The second copy of the notebook: files in the origin's private file system.
//!
//! Chromium keeps all databases of an extension in one set of files and Firefox each in one, so what
//! damages the database takes all of it. The private file system lies apart from them, in both
//! browsers, and no content script can open it. It holds
//!
//! - `changes/`: the journal, a few entries in each file, named by the last number in it;
//! - `snapshots/`: all records as they were at a number, so that older changes can go;
//! - `kept/`: what was there before something that cannot be taken back: an upgrade, a restoration.
//!
//! A file is there whole or not at all. One is written again only with the same entries or more, when a page
//! ended before it noted that they are copied. Writing one takes Firefox a tenth
//! of a second, so nobody waits for it: the copy follows the journal, and catches up when a page opens.

#[cfg(feature = "notebook")]
mod reading;

use js_sys::{Array, AsyncIterator, IteratorNext};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions, FileSystemGetFileOptions,
    FileSystemWritableFileStream, IdbDatabase, IdbKeyRange, IdbTransactionMode,
};

#[cfg(feature = "notebook")]
pub(super) use self::reading::remains;
use super::journal::Head;
use super::request::{Lock, Transaction, outcome};
use super::schema::{JOURNAL, META};
use super::write::{meta, put_meta};
use super::{Error, record};
use crate::order::sort_by;
use crate::web::browser::from_js;
use crate::web::dom;
use crate::web::guard::summed_up;

/// The lock of whoever brings the copy up to date.
const COPYING: &str = "candor-notebook-copy";

/// Up to which number the copy has the journal, in the database.
pub(super) const COPIED: &str = "copied";

/// As many entries of the journal as go into one file.
const ENTRIES_IN_A_FILE: u32 = 2000;

const ROOT: &str = "notebook";
const CHANGES: &str = "changes";
const SNAPSHOTS: &str = "snapshots";
const KEPT: &str = "kept";

/// The copy, open for reading and writing.
#[derive(Debug)]
pub(super) struct Copy {
    root: FileSystemDirectoryHandle,
}

impl Copy {
    /// Opens the copy, making an empty one where there is none.
    pub(super) async fn open() -> Result<Self, Error> {
        let storage = dom::window().navigator().storage();
        let origin: FileSystemDirectoryHandle =
            JsFuture::from(storage.get_directory()).await?.unchecked_into();
        Ok(Self {
            root: folder_in(&origin, ROOT).await?,
        })
    }

    /// Adds entries of the journal, one a line, up to this number.
    pub(super) async fn add_changes(&self, last: u32, lines: &str) -> Result<(), Error> {
        let folder = self.folder(CHANGES).await?;
        write(&folder, &numbered(last), lines).await
    }

    /// The number up to which the journal is here; 0 where nothing is.
    pub(super) async fn reach(&self) -> Result<u32, Error> {
        let mut reach = 0;
        for folder in [CHANGES, SNAPSHOTS] {
            for name in names(&self.folder(folder).await?).await? {
                reach = reach.max(number_of(&name).unwrap_or(0));
            }
        }
        Ok(reach)
    }

    /// Keeps something beside the copy, under a name that says when and why.
    pub(super) async fn keep(&self, name: &str, text: &str) -> Result<(), Error> {
        let folder = self.folder(KEPT).await?;
        write(&folder, &format!("{name}.json"), text).await
    }

    async fn folder(&self, name: &str) -> Result<FileSystemDirectoryHandle, Error> {
        folder_in(&self.root, name).await
    }
}

/// The number up to which there is a copy; 0 also where this browser allows none, so that there never was
/// one.
pub(super) async fn reach() -> Result<u32, Error> {
    let reach = async { Copy::open().await?.reach().await };
    match reach.await {
        Err(Error::Denied) => Ok(0),
        reach => reach,
    }
}

/// Writes into the second copy whatever of the journal it does not have yet.
pub(super) async fn catch_up(database: &IdbDatabase) -> Result<(), Error> {
    let _lock = Lock::acquire(COPYING).await?;
    loop {
        let stores = [JOURNAL, META];
        let transaction = Transaction::begin(database, &stores, IdbTransactionMode::Readonly)?;
        let copied: u32 = meta(&transaction, COPIED).await?.unwrap_or(0);
        let range = IdbKeyRange::lower_bound_with_open(&copied.into(), true)?;
        let entries = transaction
            .store(JOURNAL)?
            .get_all_with_key_and_limit(&range, ENTRIES_IN_A_FILE)?;
        let entries = Array::from(&outcome(&entries).await?);
        let Some(last) = entries.length().checked_sub(1) else {
            return Ok(());
        };
        let last: Head = from_js(&entries.get(last)).ok_or(Error::Unreadable)?;
        let lines: Vec<String> = entries.iter().map(|entry| record::text(&entry)).collect();
        Copy::open()
            .await?
            .add_changes(last.number, &lines.join("\n"))
            .await?;
        let transaction = Transaction::begin(database, &[META], IdbTransactionMode::Readwrite)?;
        put_meta(&transaction, COPIED, &last.number)?;
        transaction.committed().await?;
    }
}

async fn folder_in(
    parent: &FileSystemDirectoryHandle,
    name: &str,
) -> Result<FileSystemDirectoryHandle, Error> {
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let folder = parent.get_directory_handle_with_options(name, &options);
    Ok(JsFuture::from(folder).await?.unchecked_into())
}

/// The names in a folder, in order.
async fn names(folder: &FileSystemDirectoryHandle) -> Result<Vec<String>, Error> {
    let entries: AsyncIterator = folder.keys();
    let mut names = Vec::new();
    loop {
        let next: IteratorNext = JsFuture::from(entries.next()?).await?.unchecked_into();
        if next.done() {
            sort_by(&mut names, Ord::cmp);
            return Ok(names);
        }
        names.extend(record::string(&next.value()));
    }
}

/// Writes a file, which says itself whether it is undamaged.
async fn write(folder: &FileSystemDirectoryHandle, name: &str, text: &str) -> Result<(), Error> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let file = folder.get_file_handle_with_options(name, &options);
    let file: FileSystemFileHandle = JsFuture::from(file).await?.unchecked_into();
    let stream: FileSystemWritableFileStream = JsFuture::from(file.create_writable()).await?.unchecked_into();
    JsFuture::from(stream.write_with_str(&summed_up(text))?).await?;
    // Only now does the file change: before, the browser writes to one beside it.
    JsFuture::from(stream.close()).await?;
    Ok(())
}

/// Ten digits, so that the order of names is that of numbers.
fn numbered(number: u32) -> String {
    format!("{number:010}.json")
}

fn number_of(name: &str) -> Option<u32> {
    name.strip_suffix(".json")?.parse().ok()
}
