//! Writes the name of a kept scenario into its report.

use super::{ReadError, Saved, read_report};

/// The report with this name. Everything else stays as it is, byte for byte.
///
/// # Errors
/// If [`read_report`] rejects the text.
pub(crate) fn with_name(json: &str, name: &str) -> Result<(String, Saved), ReadError> {
    read_report(json)?;
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let value = serde_json::Value::from(name).to_string();
    let named = match place_of("\"name\"", json) {
        Some((start, end)) => {
            let (before, after) = (json.get(..start), json.get(end..));
            format!("{}{value}{}", before.unwrap_or_default(), after.unwrap_or_default())
        }
        None => match json.split_once('{') {
            Some((before, after)) => format!("{before}{{\n  \"name\": {value},{after}"),
            None => json.to_owned(),
        },
    };
    let saved = read_report(&named)?;
    Ok((named, saved))
}

/// The byte range of the value of a top-level field. Expects valid JSON.
fn place_of(field: &str, json: &str) -> Option<(usize, usize)> {
    let mut depth = 0_u32;
    let mut in_string = false;
    let mut escaped = false;
    let mut opened = 0_usize;
    // The last complete string at the top level, and the start of the value.
    let mut last: Option<&str> = None;
    let mut start: Option<usize> = None;
    for (at, byte) in json.bytes().enumerate() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    in_string = false;
                    last = json.get(opened..=at).filter(|_| depth == 1);
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => {
                in_string = true;
                opened = at;
            }
            b':' if depth == 1 && start.is_none() && last == Some(field) => start = Some(at + 1),
            b'{' | b'[' => depth += 1,
            b',' | b'}' if depth == 1 => {
                if let Some(start) = start {
                    let value = json.get(start..at)?;
                    let blanks = value.len() - value.trim_start().len();
                    return Some((start + blanks, start + value.trim_end().len()));
                }
                depth -= u32::from(byte == b'}');
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn the_value_of_an_outer_field_is_found() {
        for (json, value) in [
            (r#"{"name": "a"}"#, Some("\"a\"")),
            (r#"{"b":{"name":"x"},"name":"a\"}", "c": 1}"#, Some(r#""a\"}""#)),
            (r#"{"b":"name","c":["name"]}"#, None),
            (r#"{"b":"\"name\":1","name" : null }"#, Some("null")),
            (r#"{"b":{"name":"x"}}"#, None),
        ] {
            let found = place_of("\"name\"", json).and_then(|(start, end)| json.get(start..end));
            assert_eq!(found, value, "{json}");
        }
    }
}
