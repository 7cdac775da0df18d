//! Three made-up clients to try Candor with.
//!
//! Their file is a notebook as it stood on its newest day. That day is taken to be today, so that
//! “3 weeks ago” stays true.

use js_sys::Date;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use crate::Client;
use crate::web::{browser, dom, store};

const DAY: f64 = 24.0 * 60.0 * 60.0 * 1000.0;

/// The demo clients, without keys.
pub(super) async fn clients() -> Result<Vec<Client>, store::Error> {
    let response: Response = JsFuture::from(dom::window().fetch_with_str("demo/clients.json"))
        .await?
        .unchecked_into();
    let file = JsFuture::from(response.json()?).await?;
    let mut clients: Vec<Client> = browser::from_js(&file).unwrap_or_default();

    let newest = clients
        .iter_mut()
        .flat_map(dates)
        .map(|date| Date::parse(date))
        .fold(f64::MIN, f64::max);
    let shift = ((Date::parse(&browser::today()) - newest) / DAY).round() * DAY;
    for date in clients.iter_mut().flat_map(dates) {
        let day = Date::new(&(Date::parse(date) + shift).into());
        let moment = String::from(day.to_iso_string());
        date.clear();
        date.push_str(moment.split('T').next().unwrap_or_default());
    }
    Ok(clients)
}

fn dates(client: &mut Client) -> impl Iterator<Item = &mut String> {
    let notes = client.notes.iter_mut().map(|note| &mut note.date);
    notes.chain(client.contacts.iter_mut().map(|contact| &mut contact.date))
}
