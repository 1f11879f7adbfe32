//! Output of `ccusage --json`: sums by day, week, month, session or five-hour block.
//!
//! The formats are those of version 20, with or without an agent's name on its command line. Its
//! dollar amounts are kept beside the sums and price nothing.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;

use super::encoding::utf8;
use super::json::{Object, Raw, documents};
use super::key::Keys;
use crate::history::{Asker, Count, History, NO_MODEL, Record, Skip, Source, Terms, Tokens};
use crate::text::quoted;

/// The model name on lines that Claude Code wrote itself.
const SYNTHETIC: &str = "<synthetic>";

/// Reads the output. `name` is shown in doubts.
///
/// Each model of a row becomes a sum. Cache writes are not split by lifetime, and the requester is
/// unknown. An invalid row is skipped with a reason and affects no other.
pub fn read(bytes: &[u8], name: &str, history: &mut History) {
    let bytes = utf8(bytes);
    let mut file = File { keys: Keys::default(), is_known: false, is_joined: false };
    let mut is_cut = false;
    for document in documents(&bytes) {
        is_cut |= document.is_cut();
        file.document(&document.object(), history);
    }
    let name = quoted(name);
    if file.is_known {
        history.add_source(Source::Ccusage);
    } else {
        history.doubt(format!("{name} holds no report of ccusage."));
    }
    if is_cut {
        history.doubt(format!("{name} ends in the middle; what is missing is not counted."));
    }
    if file.is_joined {
        history.doubt(format!(
            "{name} has rows over several models without a breakdown; their tokens have no price."
        ));
    }
}

/// What a row sums up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Daily,
    Weekly,
    Monthly,
    Session,
    Block,
}

impl Kind {
    const ALL: [(&'static str, Self); 6] = [
        ("daily", Self::Daily),
        ("weekly", Self::Weekly),
        ("monthly", Self::Monthly),
        ("sessions", Self::Session),
        ("session", Self::Session),
        ("blocks", Self::Block),
    ];
}

/// The time that a row covers.
struct Span {
    start: Timestamp,
    days: u16,
}

impl Span {
    /// Whole days, in UTC. ccusage does not say which time zone it used.
    fn days(first: Date, days: u16) -> Option<Self> {
        let start = first.to_zoned(TimeZone::UTC).ok()?.timestamp();
        Some(Self { start, days })
    }

    /// A day, a month, or a week given by its first day or its number.
    fn period(text: &str, kind: Kind) -> Option<Self> {
        if let Some((year, week)) = text.split_once("-W") {
            let (year, week) = (year.parse().ok()?, week.parse().ok()?);
            let first = ISOWeekDate::new(year, week, Weekday::Monday).ok()?;
            return Self::days(first.date(), 7);
        }
        if text.len() == "2026-11".len() {
            let first: Date = format!("{text}-01").parse().ok()?;
            return Self::days(first, first.days_in_month().try_into().ok()?);
        }
        let first: Date = text.parse().ok()?;
        match kind {
            Kind::Weekly => Self::days(first, 7),
            Kind::Monthly => Self::days(first, first.days_in_month().try_into().ok()?),
            _ => Self::days(first, 1),
        }
    }

    /// From the first to the last activity of a session, given as days or times.
    fn between(first: &str, last: &str) -> Option<Self> {
        let time = |text: &str| text.parse::<Timestamp>().ok();
        let date = |text: &str| match time(text) {
            Some(time) => Some(time.to_zoned(TimeZone::UTC).date()),
            None => text.parse::<Date>().ok(),
        };
        let (from, to) = (date(first)?, date(last)?);
        match time(first) {
            Some(start) if from == to => Some(Self { start, days: 0 }),
            _ => {
                let days = from.until(to).ok()?.get_days();
                Self::days(from, u16::try_from(days).ok()?.saturating_add(1))
            }
        }
    }

    fn of(row: &Object<'_>, kind: Kind) -> Option<Self> {
        match kind {
            Kind::Block => {
                let start = row.text("startTime")?.parse().ok()?;
                Some(Self { start, days: 0 })
            }
            Kind::Session => {
                let meta = row.object("metadata");
                let told = |name| row.text(name).or_else(|| meta.text(name));
                let last = told("lastActivity").or_else(|| told("firstActivity"))?;
                let first = told("firstActivity").unwrap_or_else(|| last.clone());
                Self::between(&first, &last)
            }
            Kind::Daily | Kind::Weekly | Kind::Monthly => {
                let names = ["date", "week", "month", "period"];
                Self::period(&names.into_iter().find_map(|name| row.text(name))?, kind)
            }
        }
    }
}

struct File {
    keys: Keys,
    is_known: bool,
    is_joined: bool,
}

/// The context of a row.
#[derive(Clone, Copy)]
struct Place<'a> {
    kind: Kind,
    /// The project under which the rows are listed.
    project: &'a str,
}

impl File {
    fn document(&mut self, document: &Object<'_>, history: &mut History) {
        for (name, kind) in Kind::ALL {
            let Some(rows) = document.get(name).filter(|rows| rows.is_list()) else {
                continue;
            };
            self.is_known = true;
            self.rows(rows, Place { kind, project: "" }, history);
        }
        if let Some(projects) = document.get("projects").filter(|projects| projects.is_object()) {
            self.is_known = true;
            for (project, rows) in projects.object().fields() {
                self.rows(rows, Place { kind: Kind::Daily, project }, history);
            }
        }
    }

    fn rows(&mut self, rows: Raw<'_>, place: Place<'_>, history: &mut History) {
        // A row for all agents repeats the rows of the single agents beside it.
        let is_all = |row: &Object<'_>| row.text("agent").is_some_and(|agent| agent == "all");
        let has_all = rows.list().any(|row| is_all(&row.object()));
        for row in rows.list() {
            if !(row.is_object() && row.is_json()) {
                history.skip(Skip::NotJson);
                continue;
            }
            let row = row.object();
            let is_gap = row.flag("isGap") == Some(true);
            let is_part = has_all && row.text("agent").is_some() && !is_all(&row);
            if is_gap || is_part {
                continue;
            }
            self.row(&row, place, history);
        }
    }

    fn row(&mut self, row: &Object<'_>, place: Place<'_>, history: &mut History) {
        let Some(span) = Span::of(row, place.kind) else {
            return history.skip(Skip::NoTime);
        };
        let mut parts = row.list("modelBreakdowns").peekable();
        if parts.peek().is_some() {
            for part in parts {
                let part = part.object();
                let model = part.text("modelName");
                self.sum(&part, model, row, (place, &span), history);
            }
            return;
        }
        let models = match row.get("modelsUsed") {
            Some(models) => models.list(),
            None => row.list("models"),
        };
        let mut models = models.filter_map(Raw::text).filter(|model| model != SYNTHETIC);
        let first = models.next();
        let is_joined = models.next().is_some();
        self.is_joined |= is_joined;
        let counts = row.get("tokenCounts").map(Raw::object);
        self.sum(
            counts.as_ref().unwrap_or(row),
            if is_joined { Some(Cow::Borrowed(NO_MODEL)) } else { first },
            row,
            (place, &span),
            history,
        );
    }

    /// Adds one model of a row.
    fn sum(
        &mut self,
        counts: &Object<'_>,
        model: Option<Cow<'_, str>>,
        row: &Object<'_>,
        (place, span): (Place<'_>, &Span),
        history: &mut History,
    ) {
        let Some(model) = model else {
            return history.skip(Skip::NoModel);
        };
        if model == SYNTHETIC {
            return history.skip(Skip::Synthetic);
        }
        let Some(tokens) = tokens(counts) else {
            return history.skip(Skip::BadCount);
        };
        let session = match place.kind {
            Kind::Session => ["sessionId", "period", "session", "id"]
                .into_iter()
                .find_map(|name| row.text(name))
                .unwrap_or_default(),
            _ => Cow::Borrowed(""),
        };
        let project = match place.project {
            "" => row.text("project").or_else(|| row.text("projectPath")).unwrap_or_default(),
            project => Cow::Borrowed(project),
        };
        let agent = row.text("agent").unwrap_or_default();
        let period = format!("{:?} {} {}", place.kind, span.start, span.days);
        let key = self.keys.next(
            [Source::Ccusage.name(), &period, &agent, &session, &project, &model]
                .map(str::as_bytes),
        );
        let cost = ["cost", "totalCost", "costUSD"].into_iter().find_map(|name| counts.get(name));
        let cost = cost.or_else(|| row.get("costUSD").filter(|_| place.kind == Kind::Block));
        if let Some(usd) = cost.and_then(Raw::decimal).filter(|usd| !usd.is_sign_negative()) {
            history.add_own_cost(key.as_str(), usd);
        }
        history.add(Record {
            key: key.into(),
            time: span.start,
            model: Cow::Borrowed(&model),
            tokens,
            web_searches: 0,
            terms: Terms::default(),
            count: Count::Sum { days: span.days },
            source: Source::Ccusage,
            session,
            project: Cow::Borrowed(last_folder(&project)),
            asker: Asker::Unknown,
            is_copy: false,
            is_unsplit: tokens.cache_write_5m > 0,
        });
    }
}

/// `None` if a count is invalid. Blocks have longer names for two of them.
fn tokens(counts: &Object<'_>) -> Option<Tokens> {
    let either = |short: &str, long: &str| {
        if counts.get(short).is_some() { counts.count(short) } else { counts.count(long) }
    };
    Some(Tokens {
        input: counts.count("inputTokens")?,
        output: counts.count("outputTokens")?,
        cache_write_5m: either("cacheCreationTokens", "cacheCreationInputTokens")?,
        cache_write_1h: 0,
        cache_read: either("cacheReadTokens", "cacheReadInputTokens")?,
    })
}

/// A project is named by its folder; full paths are not shown.
fn last_folder(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
