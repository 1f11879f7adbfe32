//! The Console's exports of tokens and costs, as CSV.
//!
//! Their columns are not officially documented; these have appeared in exports since 2024. Columns
//! are found by name, in any order. Days are UTC days.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use memchr::memchr;

use super::encoding::{utf8, without_separator_line};
use super::json::decimal;
use super::key::Keys;
use crate::history::{
    Asker, Bill, Count, History, PromptSize, Record, Skip, Source, Terms, Tier, Tokens,
};
use crate::number::MOST_TOKENS;
use crate::text::quoted;

/// The column that every export has.
const DATE: &str = "usage_date_utc";
/// The amount columns of a token export, in the order of [`Row::tokens`].
const COUNTS: [&str; 7] = [
    "usage_input_tokens_no_cache",
    "usage_output_tokens",
    "usage_input_tokens_cache_write_5m",
    "usage_input_tokens_cache_write_1h",
    "usage_input_tokens_cache_write",
    "usage_input_tokens_cache_read",
    "web_search_count",
];
/// The amount columns of a cost export. The first is the billed amount.
const COSTS: [&str; 2] = ["cost_usd", "list_price_usd"];
/// A column that can change between two exports of the same day.
const STATE: &str = "api_key_status";
/// A column that only newer exports have, even for the same days.
const KEY_ID: &str = "api_key_id";

/// Reads a whole token or cost export, in UTF-8 or UTF-16. `name` is shown in doubts.
///
/// A token row becomes a sum without a session or a requester. A cost row becomes a billed amount.
/// An invalid row is skipped with a reason and affects no other.
pub fn read(bytes: &[u8], name: &str, history: &mut History) {
    let bytes = utf8(bytes);
    let (mut rest, told) = without_separator_line(&bytes);
    let first = rest.get(..memchr(b'\n', rest).unwrap_or(rest.len())).unwrap_or_default();
    let delimiter =
        told.or_else(|| [b',', b';', b'\t'].into_iter().find(|sign| first.contains(sign)));
    let delimiter = delimiter.unwrap_or(b',');
    let style = Style { has_decimal_comma: delimiter != b',', order: order(rest, delimiter) };
    // A date that could mean two days.
    let mut unclear: Option<String> = None;
    let mut keys = Keys::default();
    let mut layout: Option<Layout> = None;
    let mut found = Vec::new();
    // Restart at the next line after a quote that is not closed within its row.
    while !rest.is_empty() {
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(rest);
        let mut record = ByteRecord::new();
        let mut resume = None;
        while let Ok(true) = reader.read_byte_record(&mut record) {
            if is_title(&record) {
                layout = Layout::of(&record);
                if let Some(source) = layout.as_ref().map(Layout::source)
                    && !found.contains(&source)
                {
                    found.push(source);
                    history.add_source(source);
                }
                continue;
            }
            let Some(layout) = &layout else {
                continue;
            };
            let row = Row { layout, record: &record, style: &style };
            if row.has_wrong_width() {
                history.skip(Skip::BadCount);
                if record.as_slice().contains(&b'\n') {
                    let start = record.position().and_then(|at| usize::try_from(at.byte()).ok());
                    resume = start.and_then(|start| next_line(rest, start));
                    break;
                }
                continue;
            }
            let taken = match layout.amounts {
                Amounts::Tokens(counts) => row.tokens(counts, &mut keys, history),
                Amounts::Costs(cost) => row.cost(cost, &mut keys, history),
            };
            if let Err(why) = taken {
                history.skip(why);
                let date = row.text(Some(layout.date));
                if why == Skip::NoTime && style.order.is_none() && parts(&date).is_some() {
                    unclear.get_or_insert_with(|| date.into_owned());
                }
            }
        }
        rest = resume.and_then(|at| rest.get(at..)).unwrap_or_default();
    }
    if let Some(date) = unclear {
        history.doubt(format!(
            "{} has dates such as {}, of which it is not clear what is the month: save them as \
             2026-11-01. Until then these rows are left out.",
            quoted(name),
            quoted(&date)
        ));
    }
    if found.is_empty() {
        history.doubt(format!(
            "{} is no export of the Console: its first line does not name '{DATE}' with tokens or \
             costs.",
            quoted(name)
        ));
    }
}

/// How the program that saved the file writes dates and numbers.
struct Style {
    has_decimal_comma: bool,
    /// Which comes first in dates such as `11/1/2026`; `None` if the file does not show it.
    order: Option<Order>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    DayFirst,
    MonthFirst,
}

/// The order of day and month, if any date in the file shows it.
fn order(bytes: &[u8], delimiter: u8) -> Option<Order> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let (mut record, mut date, mut found) = (ByteRecord::new(), None, None);
    while let Ok(true) = reader.read_byte_record(&mut record) {
        if is_title(&record) {
            date = record.iter().position(|field| title(field) == DATE);
            continue;
        }
        let cell = String::from_utf8_lossy(record.get(date?)?.trim_ascii()).into_owned();
        // Dates as the Console writes them need no order.
        let (sign, [first, second, _]) = parts(&cell)?;
        let shown = match (sign, first > 12, second > 12) {
            // Where dates have dots, the day comes first.
            ('.', ..) | (_, true, false) => Order::DayFirst,
            (_, false, true) => Order::MonthFirst,
            _ => continue,
        };
        if found.is_some_and(|found| found != shown) {
            return None;
        }
        found = Some(shown);
    }
    found
}

/// The three numbers of a date such as `11/1/2026` or `1.11.2026 00:00`, and the sign between them.
fn parts(text: &str) -> Option<(char, [i16; 3])> {
    let date = text.split([' ', 'T']).next()?;
    let sign = date.chars().find(|letter| !letter.is_ascii_digit())?;
    let mut numbers = date.split(sign).map(str::parse);
    let all = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
    (matches!(sign, '/' | '.' | '-') && numbers.next().is_none() && all[2] > 999)
        .then_some((sign, all))
}

/// The start of the line after the one that contains `start`.
fn next_line(bytes: &[u8], start: usize) -> Option<usize> {
    // A row's reported start is the line break before it.
    let blank = bytes.get(start..)?.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let start = start + blank;
    Some(start + memchr(b'\n', bytes.get(start..)?)? + 1)
}

/// True if a record is a header. Concatenated files contain several.
fn is_title(record: &ByteRecord) -> bool {
    record.iter().any(|field| {
        let field = field.trim_ascii();
        field.strip_prefix(b"\xef\xbb\xbf").unwrap_or(field).eq_ignore_ascii_case(DATE.as_bytes())
    })
}

/// A column name, without what editors add to it.
fn title(field: &[u8]) -> String {
    let text = String::from_utf8_lossy(field);
    text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}').to_lowercase()
}

/// The columns with amounts.
#[derive(Debug, Clone, Copy)]
enum Amounts {
    /// Tokens and searches, in the order of [`COUNTS`].
    Tokens([Option<usize>; COUNTS.len()]),
    /// Billed dollars.
    Costs(usize),
}

/// The column layout of an export.
#[derive(Debug)]
struct Layout {
    width: usize,
    amounts: Amounts,
    /// The last amount column. A row that ends there may be truncated.
    last: usize,
    /// All other columns, by name. They distinguish rows.
    others: Vec<(String, usize)>,
    date: usize,
    model: Option<usize>,
    workspace: Option<usize>,
    usage_type: Option<usize>,
    context: Option<usize>,
    geo: Option<usize>,
    speed: Option<usize>,
}

impl Layout {
    fn of(record: &ByteRecord) -> Option<Self> {
        let names: Vec<String> = record.iter().map(title).collect();
        let at = |name: &str| names.iter().position(|other| other == name);
        let counts = COUNTS.map(at);
        let amounts = match at(COSTS[0]) {
            Some(cost) => Amounts::Costs(cost),
            None if counts.iter().any(Option::is_some) => Amounts::Tokens(counts),
            None => return None,
        };
        let last = match amounts {
            Amounts::Tokens(counts) => counts.into_iter().flatten().max(),
            Amounts::Costs(cost) => Some(cost),
        };
        let is_other = |name: &str| {
            !(COUNTS.contains(&name)
                || COSTS.contains(&name)
                || name == STATE
                || name == KEY_ID
                || name.is_empty())
        };
        let mut others: Vec<(String, usize)> = names
            .iter()
            .enumerate()
            .filter(|(_, name)| is_other(name))
            .map(|(at, name)| (name.clone(), at))
            .collect();
        others.sort();
        Some(Self {
            width: names.len(),
            amounts,
            last: last?,
            others,
            date: at(DATE)?,
            model: at("model_version").or_else(|| at("model")),
            workspace: at("workspace"),
            usage_type: at("usage_type"),
            context: at("context_window"),
            geo: at("inference_geo"),
            speed: at("speed"),
        })
    }

    const fn source(&self) -> Source {
        match self.amounts {
            Amounts::Tokens(_) => Source::ConsoleTokens,
            Amounts::Costs(_) => Source::ConsoleCosts,
        }
    }
}

/// One row of an export.
struct Row<'r> {
    layout: &'r Layout,
    record: &'r ByteRecord,
    style: &'r Style,
}

impl<'r> Row<'r> {
    /// True if the row has more cells than the header, so that cells cannot be assigned to columns,
    /// or ends where an amount may be truncated.
    fn has_wrong_width(&self) -> bool {
        let cells = self.record.len();
        let is_cut = cells < self.layout.width && cells <= self.layout.last + 1;
        is_cut || self.record.iter().skip(self.layout.width).any(|cell| !cell.is_empty())
    }

    /// The text of a cell; empty if there is none.
    fn text(&self, at: Option<usize>) -> Cow<'r, str> {
        let cell = at.and_then(|at| self.record.get(at)).unwrap_or_default();
        String::from_utf8_lossy(cell.trim_ascii())
    }

    fn is(&self, at: Option<usize>, word: &str) -> bool {
        self.text(at).eq_ignore_ascii_case(word)
    }

    /// A count; 0 for an empty cell.
    fn count(&self, at: Option<usize>) -> Result<u64, Skip> {
        let text = self.text(at);
        if text.is_empty() {
            return Ok(0);
        }
        let is_whole = text.bytes().all(|byte| byte.is_ascii_digit());
        let count = if is_whole { text.parse().ok() } else { None };
        count.filter(|count| *count <= MOST_TOKENS).ok_or(Skip::BadCount)
    }

    fn key(&self, keys: &mut Keys) -> String {
        let cells = self.layout.others.iter().filter_map(|(name, at)| {
            let cell = self.record.get(*at)?.trim_ascii();
            // Ignore empty cells: a column that only some exports have must not make their rows
            // differ.
            (!cell.is_empty()).then_some([name.as_bytes(), cell])
        });
        let source = [self.layout.source().name().as_bytes()];
        keys.next(source.into_iter().chain(cells.flatten()))
    }

    fn tokens(
        &self,
        counts: [Option<usize>; COUNTS.len()],
        keys: &mut Keys,
        history: &mut History,
    ) -> Result<(), Skip> {
        let [input, output, short, long, either, read, searches] = counts;
        let (time, days) =
            when(&self.text(Some(self.layout.date)), self.style.order).ok_or(Skip::NoTime)?;
        let model = self.text(self.layout.model);
        // Older exports have one column for both kinds of cache writes.
        let is_old = short.is_none() && long.is_none();
        let short = self.count(if is_old { either } else { short })?;
        let tokens = Tokens {
            input: self.count(input)?,
            output: self.count(output)?,
            cache_write_5m: short,
            cache_write_1h: self.count(long)?,
            cache_read: self.count(read)?,
        };
        let web_searches = self.count(searches)?;
        if model.is_empty() {
            return Err(Skip::NoModel);
        }
        history.add(Record {
            key: self.key(keys).into(),
            time,
            model,
            tokens,
            web_searches,
            terms: self.terms(),
            count: Count::Sum { days },
            source: Source::ConsoleTokens,
            session: Cow::Borrowed(""),
            project: self.text(self.layout.workspace),
            asker: Asker::Unknown,
            is_copy: false,
            is_unsplit: is_old && short > 0,
        });
        Ok(())
    }

    fn terms(&self) -> Terms {
        let usage_type = self.text(self.layout.usage_type).to_lowercase();
        Terms {
            fast: self.is(self.layout.speed, "fast"),
            us_only: self.is(self.layout.geo, "us"),
            tier: match usage_type.as_str() {
                // The word for non-batch usage has changed over time.
                "" | "standard" | "message" => Tier::Standard,
                "batch" => Tier::Batch,
                _ => Tier::Other,
            },
            prompt: prompt_size(&self.text(self.layout.context)),
        }
    }

    fn cost(&self, cost: usize, keys: &mut Keys, history: &mut History) -> Result<(), Skip> {
        let (at, _) =
            when(&self.text(Some(self.layout.date)), self.style.order).ok_or(Skip::NoTime)?;
        let cell = self.text(Some(cost));
        let plain = cell.replacen('$', "", 1);
        let plain = if self.style.has_decimal_comma && plain.contains(',') {
            plain.replace('.', "").replacen(',', ".", 1)
        } else {
            plain
        };
        // A negative amount is a credit or a refund.
        let usd = decimal(plain.trim()).filter(|usd| usd.abs() <= MOST_TOKENS.into());
        let model = self.text(self.layout.model);
        let bill = Bill {
            usd: usd.ok_or(Skip::BadCount)?,
            at,
            model: (!model.is_empty()).then(|| model.into_owned()),
            project: self.text(self.layout.workspace).into_owned(),
            source: Source::ConsoleCosts,
        };
        history.add_bill(self.key(keys), bill);
        Ok(())
    }
}

/// A day or a time and the number of whole days it covers. UTC unless it has an offset. In dates such
/// as `11/1/2026` day and month come in this order.
fn when(text: &str, order: Option<Order>) -> Option<(Timestamp, u16)> {
    let text = text.strip_suffix("UTC").unwrap_or(text).trim_end();
    if let Some((order, (_, [first, second, year]))) = order.zip(parts(text)) {
        let (day, month) = match order {
            Order::DayFirst => (first, second),
            Order::MonthFirst => (second, first),
        };
        let day = Date::new(year, month.try_into().ok()?, day.try_into().ok()?).ok()?;
        let time = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
        return Some((time, 1));
    }
    let time: Timestamp = if let Ok(time) = text.parse() {
        time
    } else {
        let time: DateTime = text.parse().ok()?;
        time.to_zoned(TimeZone::UTC).ok()?.timestamp()
    };
    Some((time, whole_days(time)))
}

/// 1 for the start of a UTC day, which means the whole day; 0 for any other time.
pub(super) fn whole_days(time: Timestamp) -> u16 {
    const DAY: i64 = 24 * 60 * 60;
    u16::from(time.as_second().rem_euclid(DAY) == 0 && time.subsec_nanosecond() == 0)
}

/// The prompt size, in the wording of the Console or the Admin API: `≤ 200k`, `0-200k`, `> 200k`,
/// `200k-1M`.
pub(super) fn prompt_size(text: &str) -> PromptSize {
    let bare: String = text.to_lowercase().split_whitespace().collect();
    let bare = bare.as_str();
    if ["≤200k", "<=200k", "<200k", "0-200k"].contains(&bare) {
        PromptSize::UpTo200K
    } else if bare.starts_with("200k-") || [">200k", "≥200k", ">=200k"].contains(&bare) {
        PromptSize::Above200K
    } else {
        PromptSize::Untold
    }
}

#[cfg(test)]
mod tests;
