//! The files of `lexicon/data`, as the build script has packed them.

use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.deflate"));

/// One file after the other, each below a line with its name and its length in bytes.
static FILES: LazyLock<String> = LazyLock::new(|| {
    let unpacked = miniz_oxide::inflate::decompress_to_vec(PACKED).expect("packed by the build script");
    String::from_utf8(unpacked).expect("packed from text")
});

/// The text of a file of this name.
///
/// # Panics
///
/// When there is none: which files there are is known when this is compiled, and a test reads all of them.
pub(super) fn text(name: &str) -> &'static str {
    let named = files().find(|&(own, _)| own == name);
    named.unwrap_or_else(|| panic!("lexicon/data has no {name}")).1
}

/// Names and texts of all files, in order of their names within a folder.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut rest = FILES.as_str();
    std::iter::from_fn(move || {
        let (head, after) = rest.split_once('\n')?;
        let (name, length) = head.split_once(' ')?;
        let (text, after) = after.split_at_checked(length.parse().ok()?)?;
        rest = after;
        Some((name, text))
    })
}
