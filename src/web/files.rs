//! Files that the browser saves for the user, and what is said of the last backup among them.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

use super::store::BackupState;
use super::{browser, dom, wording};

/// Has the browser save a file under this name.
pub(super) fn save(file: &Blob, name: &str) {
    let saved = || -> Result<(), JsValue> {
        let link: HtmlAnchorElement = dom::document().create_element("a")?.unchecked_into();
        // The address is good for as long as the page: the browser may be slow to read what is behind it.
        link.set_href(&Url::create_object_url_with_blob(file)?);
        link.set_download(name);
        link.click();
        Ok(())
    };
    // Neither fails but for want of memory, and then there is no file to be seen.
    saved().ok();
}

/// The same of a text.
pub(super) fn save_text(text: &str, name: &str) {
    if let Ok(file) = Blob::new_with_str_sequence(&Array::of1(&text.into())) {
        save(&file, name);
    }
}

/// `Last backup 12 days ago, 3 changes since`; empty while there is nobody to save.
pub(super) fn last_backup(state: &BackupState) -> String {
    let since = match state.changes_since {
        0 => String::new(),
        count => format!("{} since", wording::count(count, "change")),
    };
    match (&state.at, browser::local_time("")) {
        _ if state.clients == 0 => String::new(),
        (Some(at), Some(today)) => {
            let last = format!("Last backup {}", wording::ago(&browser::day_of(at), today));
            wording::joined(", ", [&*last, &since])
        }
        _ => "Never backed up".to_owned(),
    }
}
