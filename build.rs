//! Packs the word data of `src/lexicon/data`, which is nearly half of the extension's module when it is not.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// As small as it gets; this runs only when word data has changed.
const EFFORT: u8 = 10;

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/lexicon/data");
    let folder = Path::new("src/lexicon/data");
    let mut all = String::new();
    for (folder, extension) in [(folder.to_owned(), "txt"), (folder.join("jargon"), "csv")] {
        for file in files(&folder, extension)? {
            let name = file.strip_prefix("src/lexicon/data").map_err(io::Error::other)?;
            let name = name.to_string_lossy().replace('\\', "/");
            // A checkout on Windows may have changed the line ends.
            let text = fs::read_to_string(&file)?.replace("\r\n", "\n");
            // Read again by `src/lexicon/data.rs`.
            writeln!(all, "{name} {}", text.len()).map_err(io::Error::other)?;
            all.push_str(&text);
        }
    }
    let packed = miniz_oxide::deflate::compress_to_vec(all.as_bytes(), EFFORT);
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(PathBuf::from(out).join("lexicon.deflate"), packed)
}

/// In order of their names, so that the same data gives the same bytes.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    files.retain(|file| file.extension().is_some_and(|own| own == extension));
    files.sort();
    Ok(files)
}
