//! What the pages ask of the browser and of the extension's own background.
//!
//! An extension page embedded in a web page has fewer of these than a page of its own: one that is
//! absent, or refuses, is an error or a `None` here, never a panic.

use js_sys::{Array, Date, Function, Promise, Reflect};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlDocument, HtmlElement};

pub(crate) use super::script::from_js;
use crate::call::Instant;
use crate::draft::LocalTime;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "runtime"], js_name = sendMessage)]
    fn send_message(message: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "i18n"], js_name = detectLanguage)]
    fn detect_language(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    fn storage_get(key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = get)]
    fn storage_get_all() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    fn write_to_clipboard(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "local"], js_name = set)]
    fn storage_set(items: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "onChanged"], js_name = addListener)]
    fn add_storage_listener(changed: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "onChanged"], js_name = removeListener)]
    fn remove_storage_listener(changed: &Function) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["chrome", "permissions"], js_name = request)]
    fn request_permission(wanted: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Intl, js_name = supportedValuesOf)]
    fn supported_values_of(key: &str) -> Result<Array, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(catch, method, js_name = formatToParts)]
    fn format_to_parts(this: &DateTimeFormat, date: &Date) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(catch, constructor, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(catch, method)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;
}

/// Whether the background knows this token, and gave it to this tab's content script.
pub(super) async fn redeem(token: &str) -> bool {
    #[derive(Serialize)]
    struct Redeem<'a> {
        kind: &'static str,
        token: &'a str,
    }
    #[derive(Deserialize)]
    struct Answer {
        ok: bool,
    }
    let asked = send_message(&to_js(&Redeem {
        kind: "redeem",
        token,
    }));
    answer::<Answer>(asked).await.is_some_and(|answer| answer.ok)
}

/// The English name of the language a text is written in, where that is surely not English.
pub(super) async fn foreign_language(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Detected {
        is_reliable: bool,
        languages: Vec<Language>,
    }
    #[derive(Deserialize)]
    struct Language {
        language: String,
    }
    let detected: Detected = answer(detect_language(text)).await?;
    let code = &detected.languages.first()?.language;
    let foreign = detected.is_reliable && code != "und" && code.split('-').next() != Some("en");
    foreign.then(|| language_name(code))
}

/// `German` for `de`; the code itself where the browser knows no name.
fn language_name(code: &str) -> String {
    #[derive(Serialize)]
    struct Options {
        r#type: &'static str,
    }
    DisplayNames::new("en", &to_js(&Options { r#type: "language" }))
        .and_then(|names| names.of(code))
        .ok()
        .flatten()
        .unwrap_or_else(|| code.to_owned())
}

/// The key of [`Settings`](crate::Settings) among the extension's settings.
pub(super) const SETTINGS: &str = "settings";

/// What stands under a key of the extension's settings; `None` when there is nothing, or nothing of
/// this kind.
pub(super) async fn setting<T: DeserializeOwned>(key: &'static str) -> Option<T> {
    ask_setting(key).await
}

/// The same, asked at once and answered once it is waited for.
pub(super) fn ask_setting<T: DeserializeOwned>(key: &'static str) -> impl Future<Output = Option<T>> {
    let asked = heard(storage_get(key));
    async move {
        let items = asked?.await.ok()?;
        from_js(&Reflect::get(&items, &key.into()).ok()?)
    }
}

/// What stands under all keys that begin so, by what follows in them, in alphabetical order.
pub(super) async fn settings_under<T: DeserializeOwned>(start: &str) -> Vec<(String, T)> {
    let Some(items) = settled(storage_get_all()).await else {
        return Vec::new();
    };
    let keys = js_sys::Object::keys::<js_sys::Object>(items.unchecked_ref()).sort();
    keys.iter()
        .filter_map(|key| {
            let value = from_js(&Reflect::get(&items, &key).ok()?)?;
            Some((key.as_string()?.strip_prefix(start)?.to_owned(), value))
        })
        .collect()
}

/// Puts a text on the clipboard; only while the user presses something. Gives back whether the browser did.
pub(super) async fn copy(text: &str) -> bool {
    settled(write_to_clipboard(text)).await.is_some()
}

/// Puts what an element says on the clipboard; only while the user presses something. Where a page keeps the
/// clipboard from a frame the element is selected and copied in the old way, which the browser may still do;
/// otherwise it stays selected, for the user to copy. Gives back whether it is copied.
pub(super) async fn copy_shown(element: &HtmlElement) -> bool {
    if copy(&element.text_content().unwrap_or_default()).await {
        return true;
    }
    if let Ok(Some(selection)) = super::dom::window().get_selection() {
        selection.select_all_children(element).ok();
    }
    let document = super::dom::document();
    let document: &HtmlDocument = document.unchecked_ref();
    document.exec_command("copy").unwrap_or_default()
}

/// Keeps a setting. Gives back whether the browser did.
pub(super) async fn keep_setting(key: &str, value: impl Into<JsValue>) -> bool {
    let items = js_sys::Object::new();
    Reflect::set(&items, &key.into(), &value.into()).is_ok() && settled(storage_set(&items)).await.is_some()
}

/// Asks the user, now, whether the browser may notify them; only while they press something.
pub(super) fn ask_to_notify() -> impl Future<Output = bool> {
    #[derive(Serialize)]
    struct Wanted {
        permissions: [&'static str; 1],
    }
    let asked = request_permission(&to_js(&Wanted {
        permissions: ["notifications"],
    }));
    async move { settled(asked).await.is_some_and(|granted| granted.is_truthy()) }
}

/// Hears of a setting until it is dropped.
pub(super) struct SettingWatch(Closure<dyn FnMut(JsValue, String)>);

impl Drop for SettingWatch {
    fn drop(&mut self) {
        // A browser that did not take it has none to remove.
        remove_storage_listener(self.0.as_ref().unchecked_ref()).ok();
    }
}

/// Calls `changed` with what stands under a key whenever another value stands there, put there by any
/// page; `None` when nothing does any more, or nothing of this kind.
pub(super) fn watch_setting<T: DeserializeOwned>(
    key: &'static str,
    mut changed: impl FnMut(Option<T>) + 'static,
) -> SettingWatch {
    let listener = Closure::<dyn FnMut(JsValue, String)>::new(move |changes: JsValue, area: String| {
        let change = Reflect::get(&changes, &key.into()).unwrap_or_default();
        if area == "local" && !change.is_undefined() {
            let now = Reflect::get(&change, &"newValue".into()).unwrap_or_default();
            changed(from_js(&now));
        }
    });
    // Without it the page goes on with the settings that it began with.
    add_storage_listener(listener.as_ref().unchecked_ref()).ok();
    SettingWatch(listener)
}

/// A clock on the wall of a time zone.
pub(super) struct Clock(DateTimeFormat);

impl Clock {
    /// The clock of a time zone given by its IANA name; an empty name means the writer's own. `None` when the
    /// browser does not know the zone.
    pub(super) fn of(timezone: &str) -> Option<Self> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Options<'a> {
            #[serde(skip_serializing_if = "str::is_empty")]
            time_zone: &'a str,
            calendar: &'static str,
            hour_cycle: &'static str,
            year: &'static str,
            month: &'static str,
            day: &'static str,
            hour: &'static str,
            minute: &'static str,
        }
        let options = Options {
            time_zone: timezone.trim(),
            calendar: "gregory",
            hour_cycle: "h23",
            year: "numeric",
            month: "2-digit",
            day: "2-digit",
            hour: "2-digit",
            minute: "2-digit",
        };
        DateTimeFormat::new("en", &to_js(&options)).ok().map(Self)
    }

    /// What it shows at an instant.
    pub(super) fn at(&self, instant: Instant) -> Option<LocalTime> {
        #[derive(Deserialize)]
        struct Part {
            r#type: String,
            value: String,
        }
        let minutes = f64::from(i32::try_from(instant).ok()?);
        let date = Date::new(&JsValue::from_f64(minutes * 60_000.0));
        let parts: Vec<Part> = from_js(&self.0.format_to_parts(&date).ok()?)?;
        let part = |wanted: &str| {
            parts
                .iter()
                .find(|part| part.r#type == wanted)
                .map_or("", |part| part.value.as_str())
        };
        let (year, month, day) = (part("year"), part("month"), part("day"));
        format!("{year}-{month}-{day}T{}:{}", part("hour"), part("minute"))
            .parse()
            .ok()
    }
}

/// This minute.
pub(super) fn this_minute() -> Instant {
    (Date::now() / 60_000.0).floor() as Instant
}

/// Now, on the wall clock of a time zone given by its IANA name; an empty name means the writer's own
/// clock. `None` when the browser does not know the zone.
pub(super) fn local_time(timezone: &str) -> Option<LocalTime> {
    Clock::of(timezone)?.at(this_minute())
}

/// The moment on the writer's own clock: `2026-10-16T17:15`; empty where the browser does not tell.
pub(super) fn now() -> String {
    local_time("").map_or(String::new(), |now| now.to_string())
}

/// Today on the writer's own calendar: `2026-10-16`.
pub(super) fn today() -> String {
    let mut day = now();
    day.truncate(day.find('T').unwrap_or_default());
    day
}

/// The writer's own day on which an instant was: `2026-11-22`.
pub(super) fn day_of(instant: &str) -> String {
    let at = Date::new(&instant.into());
    let (year, month, day) = (at.get_full_year(), at.get_month() + 1, at.get_date());
    format!("{year:04}-{month:02}-{day:02}")
}

/// The names of all time zones the browser knows; none in a browser that does not tell.
pub(super) fn time_zones() -> Vec<String> {
    let names = supported_values_of("timeZone").unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// A value as the object that scripts and `IndexedDB` would write: no `Map`s, `null` for nothing.
///
/// # Panics
///
/// When a value of ours does not serialise, which its type rules out.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    value
        .serialize(&Serializer::json_compatible())
        .expect_throw("unreachable: our own types have text keys only")
}

async fn answer<T: DeserializeOwned>(asked: Result<JsValue, JsValue>) -> Option<T> {
    from_js(&settled(asked).await?)
}

/// What a call comes to in the end; `None` when it is absent, throws or is refused.
async fn settled(called: Result<JsValue, JsValue>) -> Option<JsValue> {
    heard(called)?.await.ok()
}

/// The answer to a call, listened to from now on: a refusal that comes before anybody waits for it is no error
/// of the page's.
fn heard(called: Result<JsValue, JsValue>) -> Option<JsFuture> {
    Some(JsFuture::from(Promise::resolve(&called.ok()?)))
}
