//! Reads values of scripts and of IndexedDB into ours.
//!
//! Nobody is told more of a value that is not of its kind than that. What `serde_wasm_bindgen` would say of it
//! brings the printing of every kind of number with it: a tenth of the popup.

use std::fmt::{self, Display, Formatter};

use js_sys::{Array, Number, Object};
use serde::de::value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use wasm_bindgen::{JsCast, JsValue};

/// Reads a script's value; `None` when it is not of this kind.
pub(crate) fn from_js<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    T::deserialize(Script(value.clone())).ok()
}

/// A script's value.
struct Script(JsValue);

/// The value is not of the kind that was wanted.
#[derive(Debug)]
struct Unlike;

impl Script {
    /// The keys of an object with what stands there.
    fn entries(&self) -> impl Iterator<Item = (String, Self)> {
        let entries = Object::entries(self.0.unchecked_ref());
        (0..entries.length()).map(move |at| {
            let entry: Array = entries.get(at).unchecked_into();
            (entry.get(0).as_string().unwrap_or_default(), Self(entry.get(1)))
        })
    }

    /// The elements of an array.
    fn elements(self) -> impl Iterator<Item = Self> {
        let elements: Array = self.0.unchecked_into();
        (0..elements.length()).map(move |at| Self(elements.get(at)))
    }
}

impl<'de> Deserializer<'de> for Script {
    type Error = Unlike;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unlike> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_unit()
        } else if let Some(text) = self.0.as_string() {
            visitor.visit_string(text)
        } else if let Some(is_so) = self.0.as_bool() {
            visitor.visit_bool(is_so)
        } else if let Some(number) = self.0.as_f64() {
            if !Number::is_safe_integer(&self.0) {
                visitor.visit_f64(number)
            } else if number < 0.0 {
                visitor.visit_i64(number as i64)
            } else {
                #[allow(clippy::cast_sign_loss, reason = "it is not negative")]
                visitor.visit_u64(number as u64)
            }
        } else if Array::is_array(&self.0) {
            visitor.visit_seq(SeqDeserializer::new(self.elements()))
        } else if self.0.is_object() {
            visitor.visit_map(MapDeserializer::new(self.entries()))
        } else {
            Err(Unlike)
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unlike> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unlike> {
        visitor.visit_newtype_struct(self)
    }

    /// A name alone, or an object with the name as its one key.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unlike> {
        match self.0.as_string() {
            Some(text) => text.into_deserializer().deserialize_enum(name, variants, visitor),
            None if self.0.is_object() => {
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(self.entries())))
            }
            None => Err(Unlike),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unlike> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

impl IntoDeserializer<'_, Unlike> for Script {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl de::Error for Unlike {
    fn custom<T: Display>(_words: T) -> Self {
        Self
    }
}

impl Display for Unlike {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str("a value of another kind")
    }
}

impl std::error::Error for Unlike {}
