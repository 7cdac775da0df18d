//! What has to be on the machine before anything can be built or tested, and putting it there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

use anyhow::{Context, Result, anyhow, bail};

use crate::process::{cargo, command, find, read, run};
use crate::root;

/// What the extension's module is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A browser that Candor runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    /// Names a program, where the one on the path is not the one to use.
    fn variable(self) -> &'static str {
        match self {
            Self::Chromium => "CANDOR_CHROMIUM",
            Self::Firefox => "CANDOR_FIREFOX",
        }
    }

    fn programs(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["chromium", "chromium-browser", "google-chrome"],
            Self::Firefox => &["firefox-esr", "firefox"],
        }
    }

    /// The first that is on this machine already.
    pub(crate) fn installed() -> Option<Self> {
        Self::ALL.into_iter().find(|browser| browser.program().is_some())
    }

    fn program(self) -> Option<PathBuf> {
        std::env::var_os(self.variable())
            .map(PathBuf::from)
            .or_else(|| find(self.programs()))
    }

    /// What package managers call it; the next name of the same manager is for its other systems.
    fn packages(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Chromium => &[
                ("apt-get", "chromium"),
                ("apt-get", "chromium-browser"),
                ("dnf", "chromium"),
                ("pacman", "chromium"),
                ("zypper", "chromium"),
                ("brew", "chromium"),
            ],
            Self::Firefox => &[
                ("apt-get", "firefox-esr"),
                ("apt-get", "firefox"),
                ("dnf", "firefox"),
                ("pacman", "firefox"),
                ("zypper", "MozillaFirefox"),
                ("brew", "firefox"),
            ],
        }
    }
}

/// The target that the extension's module is compiled for.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = read(command("rustc").args(["--print", "sysroot"]))?;
    let installed = Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET);
    if installed.is_dir() {
        return Ok(());
    }
    println!("Adding the target {WASM_TARGET}");
    run(command("rustup").args(["target", "add", WASM_TARGET])).context(
        "Rust cannot compile to wasm here: install Rust by rustup, or the target by your system's packages",
    )
}

/// The packages of `package-lock.json`.
pub(crate) fn npm_packages() -> Result<()> {
    npm_packages_of(&root())
}

/// The packages of the `package-lock.json` in a folder.
pub(crate) fn npm_packages_of(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    let written = |file: &Path| file.metadata().and_then(|data| data.modified());
    if let (Ok(installed), Ok(lock)) = (written(&installed), written(&lock))
        && installed >= lock
    {
        return Ok(());
    }
    if find(&["npm"]).is_none() {
        bail!("no npm here: install Node.js 20 or newer");
    }
    println!("Installing npm packages");
    run(command("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(folder))
}

/// Tells a program of ours where the browsers are, installed if there are none.
pub(crate) fn name_browsers(program: &mut Command) -> Result<()> {
    for one in Browser::ALL {
        program.env(one.variable(), browser(one)?);
    }
    Ok(())
}

/// The program of a browser, installed if there is none.
pub(crate) fn browser(browser: Browser) -> Result<PathBuf> {
    if let Some(program) = browser.program() {
        return Ok(program);
    }
    let here = |&&(manager, _): &&(&str, &str)| find(&[manager]).is_some();
    let mut result = Err(anyhow!("no package manager known to us is here"));
    for (manager, package) in browser.packages().iter().filter(here) {
        println!("Installing {package}");
        result = install(manager, &[package]);
        if result.is_ok() {
            break;
        }
    }
    result.with_context(|| {
        format!(
            "there is no {}: install it, or set {} to its program",
            browser.name(),
            browser.variable()
        )
    })?;
    browser.program().with_context(|| {
        format!(
            "{} was installed outside of the path: set {} to its program",
            browser.name(),
            browser.variable()
        )
    })
}

/// Debian packages that tests need besides the browsers.
pub(crate) fn debian_packages(packages: &[&str]) -> Result<()> {
    let installed = |package: &&&str| {
        let status = Command::new("dpkg-query")
            .args(["--show", "--showformat=${db:Status-Status}", package])
            .output();
        status.is_ok_and(|output| output.stdout == b"installed")
    };
    let missing: Vec<&str> = packages
        .iter()
        .filter(|package| !installed(package))
        .copied()
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if find(&["apt-get"]).is_none() {
        bail!(
            "these Debian packages are needed for the tests and there is no apt-get here: {}",
            missing.join(", ")
        );
    }
    println!("Installing {}", missing.join(", "));
    install("apt-get", &missing)
}

fn install(manager: &str, packages: &[&str]) -> Result<()> {
    static UPDATED: Once = Once::new();
    let is_root = read(command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let with_rights = |arguments: &[&str]| {
        let mut installer = if is_root || manager == "brew" {
            command(manager)
        } else {
            let mut sudo = command("sudo");
            // `sudo` itself takes most variables away.
            sudo.args(["env", "DEBIAN_FRONTEND=noninteractive", manager]);
            sudo
        };
        installer.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        installer
    };
    let verb: &[&str] = match manager {
        "apt-get" => {
            let mut updated = Ok(());
            UPDATED.call_once(|| updated = run(&mut with_rights(&["update", "-qq"])));
            updated?;
            // Another installation may be at work on this machine.
            &[
                "-o",
                "DPkg::Lock::Timeout=600",
                "install",
                "-qq",
                "-y",
                "--no-install-recommends",
            ]
        }
        "pacman" => &["-S", "--noconfirm"],
        "brew" => &["install"],
        _ => &["install", "-y"],
    };
    run(&mut with_rights(&[verb, packages].concat()))
}

/// Says early which Rust is missing parts that tests need.
pub(crate) fn rust_components() -> Result<()> {
    for (part, probe) in [("clippy", "clippy"), ("rustfmt", "fmt")] {
        let works = cargo()
            .args([probe, "--version"])
            .output()
            .is_ok_and(|output| output.status.success());
        if !works {
            println!("Adding {part}");
            run(command("rustup").args(["component", "add", part]))?;
        }
    }
    Ok(())
}
