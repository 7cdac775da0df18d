//! A list of records as the browser writes it, taken apart without reading them.

/// Each element of a JSON list, as it stands there; `None` for what is no list.
///
/// It takes a list that was written by a machine at its word: what stands between the commas is for whoever
/// reads the elements to judge.
pub(super) fn elements(list: &str) -> Option<Vec<&str>> {
    let inner = list.strip_prefix('[')?.strip_suffix(']')?;
    let mut elements = Vec::new();
    let (mut start, mut depth) = (0, 0_u32);
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            _ if is_text => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.checked_sub(1)?,
            b',' if depth == 0 => {
                elements.push(&inner[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !inner.is_empty() {
        elements.push(&inner[start..]);
    }
    (depth == 0 && !is_text).then_some(elements)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_is_no_list_has_no_elements() {
        assert_eq!(elements("[]"), Some(Vec::new()));
        for other in ["", "{}", "[", "[1", "[\"]", "[1}]", "null"] {
            assert_eq!(elements(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn elements_are_those_that_were_written(texts in prop::collection::vec("[\\[\\]{},:\"\\\\a-c\u{e9}\n]*", 0..6)) {
            let records: Vec<Value> = texts
                .iter()
                .map(|text| json!({ text: [text, { "list": [[text], 1, null] }], "more": {} }))
                .collect();
            let list = Value::Array(records.clone()).to_string();
            let read: Vec<Value> = elements(&list)
                .unwrap()
                .into_iter()
                .map(|element| serde_json::from_str(element).unwrap())
                .collect();
            prop_assert_eq!(read, records);
        }
    }
}
