//! `cargo xtask run`: the demo mailbox in a real browser, with Candor in it.

use anyhow::{Result, bail};

use crate::process::{command, run as run_command};
use crate::setup::Browser;
use crate::{build, root, setup, target};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut browser = None;
    let mut headless = !has_display();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--headless" => headless = true,
            "--browser" => {
                let name = arguments.next().map_or("", String::as_str);
                let Some(named) = Browser::ALL.into_iter().find(|browser| browser.name() == name) else {
                    bail!("--browser takes chromium or firefox, not `{name}`");
                };
                browser = Some(named);
            }
            other => bail!("`{other}` is no option of run: see cargo xtask help"),
        }
    }
    let browser = browser.or_else(Browser::installed).unwrap_or(Browser::Chromium);
    let program = setup::browser(browser)?;
    build::build()?;
    let mut demo = command("node");
    demo.arg(root().join("xtask/demo.mjs")).arg(browser.name());
    if headless {
        demo.arg("--headless");
    }
    demo.env(format!("CANDOR_{}", browser.name().to_uppercase()), program);
    demo.env("CANDOR_EXTENSION", target().join("extension"));
    run_command(&mut demo)
}

fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
