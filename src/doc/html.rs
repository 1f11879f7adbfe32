//! A document as one HTML file that can be sent on: it loads nothing, runs nothing, follows the
//! reader's light or dark scheme, and fits a phone and two sheets of paper, three with a replay.
//!
//! Markup is written with [`Html`] only, whose names are constants and whose texts are escaped:
//! no text can become markup. The page is well-formed XML too, so that any reader can check it.

mod bars;
mod daily;
mod lines;
mod page;
mod pen;
mod style;
mod week;

use super::Document;
use crate::text::clean;

pub(crate) fn render(document: &Document) -> String {
    Html::page(&document.title, style::STYLE, |html| page::write(document, html))
}

/// What a page may load and run: nothing but its own style sheet, and pictures inside itself.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// HTML as it grows.
#[derive(Default)]
pub(crate) struct Html(String);

/// Attributes of an element; values are escaped.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// A whole page that loads and runs nothing.
    pub(crate) fn page(title: &str, style: &'static str, main: impl FnOnce(&mut Self)) -> String {
        let mut html = Self::default();
        html.raw("<!DOCTYPE html>\n");
        html.element("html", &[("lang", "en")], |html| {
            html.raw("\n");
            html.element("head", &[], |html| html.head(title, style));
            html.raw("\n");
            html.element("body", &[], |html| {
                html.raw("\n");
                html.element("main", &[], main);
                html.raw("\n");
            });
            html.raw("\n");
        });
        html.raw("\n");
        html.0
    }

    fn head(&mut self, title: &str, style: &'static str) {
        self.raw("\n");
        self.void("meta", &[("charset", "utf-8")]);
        self.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]);
        let as_wide_as_it_is = "width=device-width, initial-scale=1";
        self.void("meta", &[("name", "viewport"), ("content", as_wide_as_it_is)]);
        self.void("meta", &[("name", "color-scheme"), ("content", "light dark")]);
        self.void("meta", &[("name", "referrer"), ("content", "no-referrer")]);
        self.raw("\n");
        self.leaf("title", &[], title);
        self.raw("\n<style>");
        self.raw(style);
        self.raw("</style>\n");
    }

    /// Markup of our own.
    pub(crate) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// A text, letter for letter.
    pub(crate) fn text(&mut self, text: &str) {
        // Characters that steer the order of letters or that XML forbids are gone after this.
        for letter in clean(text).chars() {
            match letter {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\u{fffe}' | '\u{ffff}' => self.0.push('\u{fffd}'),
                letter => self.0.push(letter),
            }
        }
    }

    /// An element around what `inner` writes.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        self.0.push('>');
        inner(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element with a text in it.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// An element that can have nothing in it.
    fn void(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.open(name, attributes);
        self.0.push_str("/>");
    }

    fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut html = Html::default();
        let text = "</style><script>alert(\"1\")</script> 'a' & \u{202e}b\u{1b}[2J\n\u{ffff}";
        html.leaf("p", &[("title", text)], text);
        let escaped = "&lt;/style&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &#39;a&#39; \
                       &amp; b\u{fffd}[2J \u{fffd}";
        assert_eq!(html.0, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }
}
