//! Renders a document as one HTML file for sharing: it loads nothing, runs nothing, follows the
//! reader's light or dark scheme, and fits a phone. Its first page is one sheet of paper.
//!
//! All markup is written with [`Html`], which takes constant names and escapes all texts, so no
//! text can become markup. The page is also well-formed XML, so that any XML parser can check it.

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

/// The content security policy: only the page's own style sheet and inline pictures.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// HTML under construction.
#[derive(Default)]
pub(crate) struct Html(String);

/// Attributes of an element; values are escaped.
pub(crate) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// A complete page that loads and runs nothing.
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

    /// Appends fixed markup.
    pub(crate) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Appends a text, escaped.
    pub(crate) fn text(&mut self, text: &str) {
        // Remove characters that change the order of letters or that XML forbids.
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

    /// Appends an element around the output of `inner`.
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

    /// Appends an element that contains only a text.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(name, attributes, |html| html.text(text));
    }

    /// Appends a void element.
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
                       &amp; \u{fffd}b\u{fffd}[2J \u{fffd}";
        assert_eq!(html.0, format!("<p title=\"{escaped}\">{escaped}</p>"));
    }
}
