//! What only the notebook's own module does with the copy: reads it, and makes it short.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileSystemDirectoryHandle, FileSystemFileHandle};

use super::{CHANGES, Copy, Error, KEPT, SNAPSHOTS, names, number_of, numbered, record, write};
use crate::web::guard::checked;
use crate::web::salvage::{self, Remains, Salvaged};

/// What a file holds.
#[derive(Debug)]
pub(in crate::web::store) struct Text {
    pub(in crate::web::store) text: String,
    /// Whether it is what was written.
    pub(in crate::web::store) is_whole: bool,
}

impl Copy {
    /// The names of what is kept beside the copy, newest last.
    pub(in crate::web::store) async fn kept(&self) -> Result<Vec<String>, Error> {
        let names = names(&self.folder(KEPT).await?).await?;
        Ok(names
            .iter()
            .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
            .collect())
    }

    /// Something that is kept, as it is, and whether it is undamaged.
    pub(in crate::web::store) async fn read_kept(&self, name: &str) -> Result<Text, Error> {
        read(&self.folder(KEPT).await?, &format!("{name}.json")).await
    }

    /// Adds a snapshot of all records, and lets go of what the one before the last stood for: should the
    /// new one be damaged, the last one and all changes since are still there.
    pub(in crate::web::store) async fn add_snapshot(&self, number: u32, records: &str) -> Result<(), Error> {
        let folder = self.folder(SNAPSHOTS).await?;
        let numbers: Vec<u32> = names(&folder)
            .await?
            .iter()
            .filter_map(|name| number_of(name))
            .collect();
        write(&folder, &numbered(number), records).await?;
        let last = numbers
            .into_iter()
            .filter(|&other| other < number)
            .max()
            .unwrap_or(0);
        for (folder, least) in [(&folder, last), (&self.folder(CHANGES).await?, last + 1)] {
            for name in names(folder).await? {
                if number_of(&name).is_some_and(|number| number < least) {
                    JsFuture::from(folder.remove_entry(&name)).await?;
                }
            }
        }
        Ok(())
    }

    /// How many files of changes there are.
    pub(in crate::web::store) async fn files(&self) -> Result<usize, Error> {
        Ok(names(&self.folder(CHANGES).await?).await?.len())
    }

    /// Takes in all that is put back and all that is left of the journal, beside what it has.
    pub(in crate::web::store) async fn take_in(
        &self,
        salvaged: &Salvaged,
        journal: &BTreeMap<u32, String>,
    ) -> Result<(), Error> {
        let records: Vec<&str> = salvaged.records.values().map(String::as_str).collect();
        let snapshots = self.folder(SNAPSHOTS).await?;
        let name = numbered(salvaged.newest);
        write(&snapshots, &name, &format!("[{}]", records.join(","))).await?;
        let lines: Vec<&str> = journal.values().map(String::as_str).collect();
        self.add_changes(salvaged.newest, &lines.join("\n")).await
    }

    /// All there is of it.
    async fn remains(&self) -> Result<Remains, Error> {
        let mut remains = Remains::default();
        let folder = self.folder(SNAPSHOTS).await?;
        for name in names(&folder).await?.iter().rev() {
            // One that is damaged, or cannot even be read, leaves the one before it.
            let text = read(&folder, name).await.ok().filter(|text| text.is_whole);
            if let (Some(number), Some(text)) = (number_of(name), text) {
                remains.snapshot = Some((number, salvage::records(&text.text)));
                break;
            }
        }
        let folder = self.folder(CHANGES).await?;
        for name in names(&folder).await? {
            // A damaged file may have lines that are not.
            if let Ok(text) = read(&folder, &name).await {
                for line in text.text.lines() {
                    remains.add_entry(line);
                }
            }
        }
        Ok(remains)
    }

    /// Each file of it by its name, as it is; without a text where it cannot be read.
    pub(in crate::web::store) async fn all_files(&self) -> Result<BTreeMap<String, Option<String>>, Error> {
        let mut files = BTreeMap::new();
        for within in [SNAPSHOTS, CHANGES] {
            let folder = self.folder(within).await?;
            for name in names(&folder).await? {
                let text = read_raw(&folder, &name).await.ok();
                files.insert(format!("{within}/{name}"), text);
            }
        }
        Ok(files)
    }

    /// Lets go of the copy, once everything in it is kept.
    pub(in crate::web::store) async fn clear(&self) -> Result<(), Error> {
        for folder in [CHANGES, SNAPSHOTS] {
            let folder = self.folder(folder).await?;
            for name in names(&folder).await? {
                JsFuture::from(folder.remove_entry(&name)).await?;
            }
        }
        Ok(())
    }
}

/// All there is of the copy; nothing where this browser allows none, so that there never was one.
pub(in crate::web::store) async fn remains() -> Result<Remains, Error> {
    let remains = async { Copy::open().await?.remains().await };
    match remains.await {
        Err(Error::Denied) => Ok(Remains::default()),
        remains => remains,
    }
}

async fn read(folder: &FileSystemDirectoryHandle, name: &str) -> Result<Text, Error> {
    let whole = read_raw(folder, name).await?;
    let (text, is_whole) = checked(&whole);
    Ok(Text {
        text: text.to_owned(),
        is_whole,
    })
}

async fn read_raw(folder: &FileSystemDirectoryHandle, name: &str) -> Result<String, Error> {
    let file: FileSystemFileHandle = JsFuture::from(folder.get_file_handle(name))
        .await?
        .unchecked_into();
    let file: File = JsFuture::from(file.get_file()).await?.unchecked_into();
    record::string(&JsFuture::from(file.text()).await?).ok_or(Error::Unreadable)
}
