//! Help: this screen's keys first, then terms, the method in short, and privacy.

use super::ScreenBehavior;
use crate::catalog::{Catalog, CatalogId};
use crate::text::layout::pad_right;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Binding, Context, bindings};
use crate::tui::page::Page;
use crate::words;

#[derive(Debug)]
pub struct Help {
    context: Context,
}

impl Help {
    /// Help that starts with the keys of a context.
    pub const fn new(context: Context) -> Self {
        Self { context }
    }

    fn draw_keys(&self, page: &mut Page) {
        let look = page.look();
        let shown = |binding: &&Binding| !binding.shown.is_empty();
        let rows: Vec<&Binding> = bindings(self.context).filter(shown).collect();
        let widest = |of: fn(&Binding) -> &str| {
            let lengths = rows.iter().map(|binding| of(binding).chars().count());
            lengths.max().unwrap_or_default()
        };
        let keys = widest(|binding| binding.shown);
        let entry = keys + 2 + widest(|binding| binding.help);
        let line = |binding: &Binding| {
            let keys = pad_right(binding.shown, keys);
            format!("{keys}  {}", binding.help)
        };
        if 2 + entry + 3 + entry >= usize::from(page.width()) {
            for binding in rows {
                let row = page.row();
                let mark = format!("{}  ", pad_right(binding.shown, keys));
                page.item(&mark, binding.help, 2, look.theme.text);
                page.put(2, row, binding.shown, look.theme.key);
            }
            return;
        }
        // Fills the first column from top to bottom, then the second.
        let half = rows.len().div_ceil(2);
        let (left, right) = rows.split_at(half.min(rows.len()));
        for (index, binding) in left.iter().enumerate() {
            let other = right.get(index).map(|other| line(other));
            let text =
                format!("  {}   {}", pad_right(&line(binding), entry), other.unwrap_or_default());
            let row = page.row();
            page.text(text.trim_end(), look.theme.text);
            page.put(2, row, binding.shown, look.theme.key);
            if let Some(other) = right.get(index) {
                let column = u16::try_from(entry + 5).unwrap_or(u16::MAX);
                page.put(column, row, other.shown, look.theme.key);
            }
        }
    }
}

/// The heading for the keys of a context.
const fn place(context: Context) -> &'static str {
    match context {
        Context::List => "Keys of this list",
        Context::Question => "Keys of a question",
        Context::Usage => "Keys of the month",
        Context::Check => "Keys of the answers",
        Context::Result => "Keys of the recommendation",
        Context::Compare => "Keys of the comparison",
        Context::Scenarios => "Keys of the scenarios",
        Context::Reading => "Keys of a text",
        Context::Fit | Context::KeptFit => "Keys of the fit",
        Context::Findings => "Keys of what the logs say",
        Context::Help => "Keys of the help",
        Context::Form => "Keys of a form: letters go into the field",
        Context::Field => "Keys of an open number field",
        Context::Dialog => "Keys of a question that must be settled",
    }
}

/// The display name of a price list: `built-in list`.
pub(crate) const fn list_name(catalog: &Catalog) -> &'static str {
    match catalog.id {
        CatalogId::Builtin => "built-in list",
        CatalogId::Article => "the article's list",
        CatalogId::File => "your list",
    }
}

impl ScreenBehavior for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "Help".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let theme = page.look().theme;
        page.gap();
        page.text(&format!("  {}", place(self.context)), theme.title);
        self.draw_keys(page);
        page.gap();
        page.text("  Words", theme.title);
        let widest = words::TERMS.iter().map(|(term, _)| term.len()).max();
        for (term, meaning) in words::TERMS {
            let row = page.row();
            if page.is_roomy() {
                let mark = format!("{}  ", pad_right(term, widest.unwrap_or_default()));
                page.item(&mark, meaning, 2, theme.text);
            } else {
                page.paragraph(&format!("{term}: {meaning}"), 2, theme.text);
            }
            page.put(2, row, term, theme.key);
        }
        page.gap();
        page.text("  How the answer is made", theme.title);
        for (sentence, number) in words::METHOD.iter().zip(1..) {
            page.item(&format!("{number}  "), sentence, 2, theme.text);
        }
        page.gap();
        page.text("  What stays private", theme.title);
        for sentence in words::PRIVATE {
            page.item("- ", sentence, 2, theme.text);
        }
        page.gap();
        page.text("  Mouse", theme.title);
        let mouse = if cx.app.mouse {
            "The mouse is on (m): click a line, turn the wheel. Hold Shift to select text."
        } else {
            "The mouse is off (m turns it on), so that you can select and copy text as always. Where it is on, hold Shift to select."
        };
        page.paragraph(mouse, 2, theme.text);
        page.gap();
        page.text("  Prices", theme.title);
        let catalog = cx.session.world.catalog;
        let list =
            format!("In use: {} of {}. {}", list_name(catalog), catalog.as_of, words::VERIFY);
        page.paragraph(&list, 2, theme.text);
        page.gap();
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        if matches!(action, Action::Back | Action::Enter) {
            ctx.go = Some(Go::Back);
        }
    }
}
