//! `cargo xtask package`: archives for the stores and their reviewers, the same bytes for the same commit.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Result;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::build::{Loopback, build_to, version};
use crate::process::{command, read, run};
use crate::target;

pub(crate) fn package() -> Result<()> {
    let folder = target().join("package");
    fs::create_dir_all(&folder)?;
    let unpacked = folder.join("unpacked");
    build_to(&unpacked, Loopback::Leave)?;
    let version = version()?;
    for name in ["chrome", "firefox"] {
        let archive = folder.join(format!("candor-{version}-{name}.zip"));
        zip_folder(&unpacked.join(name), &archive)?;
        println!("{}", archive.display());
    }
    if !read(command("git").args(["status", "--porcelain"]))?.is_empty() {
        println!("Not all is committed: the archive of the sources lacks what is not");
    }
    // Reviewers build from source: what the commit holds, as git writes it.
    let sources = folder.join(format!("candor-{version}-source.zip"));
    run(command("git")
        .args(["archive", "--format=zip"])
        .arg("--output")
        .arg(&sources)
        .arg("HEAD"))?;
    println!("{}", sources.display());
    Ok(())
}

/// All files of a folder in order of their names, with one fixed date.
fn zip_folder(folder: &Path, archive: &Path) -> Result<()> {
    let mut writer = ZipWriter::new(File::create(archive)?);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for file in files(folder)? {
        let name = file.strip_prefix(folder)?.to_string_lossy().replace('\\', "/");
        writer.start_file(name, options)?;
        writer.write_all(&fs::read(&file)?)?;
    }
    writer.finish()?;
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all.extend(files(&path)?);
        } else {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}
