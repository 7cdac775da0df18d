//! Where letters and parcels reach a client.

use serde::{Deserialize, Serialize};

use super::Other;

/// A postal address in the parts that address books exchange; any may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostalAddress {
    /// What it is: `work`, `home`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Post office box.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub po_box: String,
    /// Flat, floor, building.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub extended: String,
    /// Street with its number; more lines where it has several.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub street: String,
    /// City, town or village.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub locality: String,
    /// State, county or province.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// Postal code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// Country, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Keys this version does not know.
    #[serde(flatten)]
    pub other: Other,
}

impl PostalAddress {
    /// The parts with their names, from the box to the country, as vCard orders them.
    pub fn parts(&self) -> [&str; 7] {
        [
            &self.po_box,
            &self.extended,
            &self.street,
            &self.locality,
            &self.region,
            &self.code,
            &self.country,
        ]
    }

    /// Whether it names no place.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.trim().is_empty())
    }
}
