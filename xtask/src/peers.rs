//! The checkers that people use today, to be measured beside Candor. They come from npm and `PyPI` when asked
//! for, and no test needs them.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process::{command, find, read, run};
use crate::{root, setup, target};

/// The one of them that is written in Python.
const PROSELINT: &str = "proselint==0.16.0";

/// What a peer says about some words of a draft.
pub(crate) struct Flag {
    /// As fine as the peer's own groups of rules.
    pub(crate) kind: String,
    /// In bytes of the body.
    pub(crate) span: Range<usize>,
}

/// For each peer, in order, the flags of each draft of a file.
pub(crate) fn flags(drafts: &Path) -> Result<Vec<(String, Vec<Vec<Flag>>)>> {
    let folder = installed()?;
    let by_node = read(command("node").arg(folder.join("flags.mjs")).arg(drafts))?;
    let by_python = read(
        command("python3")
            .arg(folder.join("proselint_flags.py"))
            .arg(drafts)
            .env("PYTHONPATH", proselint()?),
    )?;
    let mut all = Vec::new();
    for printed in [by_node, by_python] {
        let mut peers: BTreeMap<String, Vec<Vec<Flag>>> = BTreeMap::new();
        let drafts: Vec<Vec<(String, String, usize, usize)>> = printed
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<_, _>>()?;
        let count = drafts.len();
        for (at, flags) in drafts.into_iter().enumerate() {
            for (peer, kind, start, end) in flags {
                let of_peer = peers
                    .entry(peer)
                    .or_insert_with(|| (0..count).map(|_| Vec::new()).collect());
                of_peer[at].push(Flag {
                    kind,
                    span: start..end,
                });
            }
        }
        all.extend(peers);
    }
    Ok(all)
}

/// The folder of the peers, with what their lock file names in it.
pub(crate) fn installed() -> Result<PathBuf> {
    let folder = root().join("benches/peers");
    setup::npm_packages_of(&folder)?;
    Ok(folder)
}

/// Where Python finds proselint.
fn proselint() -> Result<PathBuf> {
    let folder = target().join("peers").join(PROSELINT.replace("==", "-"));
    if !folder.is_dir() {
        if find(&["python3"]).is_none() {
            bail!("no python3 here, which {PROSELINT} needs");
        }
        println!("Installing {PROSELINT}");
        let unfinished = folder.with_extension("part");
        run(command("python3")
            .args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"])
            .arg(&unfinished)
            .arg(PROSELINT))
        .context("install pip for python3")?;
        std::fs::rename(&unfinished, &folder)?;
    }
    Ok(folder)
}
