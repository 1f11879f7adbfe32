//! What a person really used: one history filled by every source.
//!
//! A source turns its data into [`Record`]s, [`LimitHit`]s and [`Skip`]s. The history merges them
//! so that the result never depends on the order of lines and files or on the number of readers. It
//! uses no file and no clock.

mod bill;
mod evidence;
mod period;
mod price;
mod record;
mod start_values;
pub mod summary;

use std::collections::btree_map;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashSet;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use indexmap::map::Entry;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::is_fast;
use crate::text::{KEY_NOT_SHOWN, looks_like_key};

pub use bill::Bill;
pub use evidence::{Login, Plan, PlanSeen, Reading};
pub use period::{Period, Plausible, Reach, idle_sentence};
pub use price::{ApiValue, Gap, Price, api_value};
pub use record::{Asker, Count, PromptSize, Record, Response, Terms, Tier, Tokens};
pub use start_values::StartValues;

/// Model of a sum over several unnamed models; it has no price.
pub const NO_MODEL: &str = "(none)";

/// The kind of data a response was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The session logs of Claude Code.
    ClaudeCode,
    /// The data export of claude.ai: times are exact, tokens are estimates.
    ClaudeAi,
    /// The token export of the Console.
    ConsoleTokens,
    /// The cost export of the Console: billed dollars, no tokens.
    ConsoleCosts,
    /// A saved usage report of the Admin API.
    AdminUsage,
    /// A saved cost report of the Admin API: billed dollars, no tokens.
    AdminCosts,
    /// The output of `ccusage --json`.
    Ccusage,
}

impl Source {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 7] = [
        Self::ClaudeCode,
        Self::ClaudeAi,
        Self::ConsoleTokens,
        Self::ConsoleCosts,
        Self::AdminUsage,
        Self::AdminCosts,
        Self::Ccusage,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::ClaudeCode => "Claude Code logs",
            Self::ClaudeAi => "claude.ai export",
            Self::ConsoleTokens => "Console token export",
            Self::ConsoleCosts => "Console cost export",
            Self::AdminUsage => "Admin usage report",
            Self::AdminCosts => "Admin cost report",
            Self::Ccusage => "ccusage output",
        }
    }
}

/// Why an entry was skipped, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// A line that is not a JSON object, such as a truncated one.
    NotJson,
    /// JSON nested deeper than 128 levels.
    TooDeep,
    /// A line longer than the limit.
    TooLong,
    /// A count that is negative, fractional, a text or above 10^12.
    BadCount,
    /// No time, or a time without a zone.
    NoTime,
    NoModel,
    /// A line that Claude Code wrote itself.
    Synthetic,
    ApiError,
    /// A file or folder that could not be read.
    UnreadableFile,
    /// Usage of a day on which it cannot have been.
    WrongDate,
}

impl Skip {
    /// The reason in words for a person.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotJson => "lines that are not JSON",
            Self::TooDeep => "lines nested too deep",
            Self::TooLong => "lines too long to read",
            Self::BadCount => "lines with an impossible count",
            Self::NoTime => "lines without a time and zone",
            Self::NoModel => "lines without a model",
            Self::Synthetic => "lines the program wrote itself",
            Self::ApiError => "failed requests",
            Self::UnreadableFile => "files or folders that could not be read",
            Self::WrongDate => "responses with an impossible date",
        }
    }
}

/// A plan limit that was hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitHit {
    /// The earliest time recorded for it.
    pub at: Timestamp,
    /// The limit in the vendor's word, such as `five_hour`; `None` if unknown.
    pub window: Option<String>,
    /// When the limit is lifted; `None` if unknown.
    pub resets_at: Option<Timestamp>,
}

/// The vendor's word for used-up usage credits, formerly extra usage.
pub(crate) const OVERAGE: &str = "overage";
/// The word for a cap that the person or their organization set on spending in a month.
pub(crate) const MONTHLY_SPEND: &str = "monthly_spend";

impl LimitHit {
    /// True for a cap on spending, which says nothing of what a plan's windows hold.
    fn is_spending_cap(&self) -> bool {
        matches!(self.window.as_deref(), Some(OVERAGE | MONTHLY_SPEND))
    }
}

/// Identifies a hit across its records: its window and reset. Without a reset, the quarter hour and
/// the root folder it was found under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct HitKey {
    window: Option<String>,
    resets_at: Option<i64>,
    told: Option<(i64, usize)>,
}

/// The program's own sum for one run of a session, used only to check the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSum {
    pub session: String,
    /// Start of the run, in milliseconds since 1970.
    pub started: u64,
    /// Output tokens by that sum.
    pub output: u64,
}

/// Texts shared between responses.
#[derive(Debug, Clone, Default)]
struct Names {
    all: HashSet<Arc<str>>,
    /// Model, session and project of the last response; the next one nearly always has the same.
    last: [Option<Arc<str>>; 3],
}

/// Returns the shared copy of a text.
fn shared(text: &str, last: &mut Option<Arc<str>>, all: &mut HashSet<Arc<str>>) -> Arc<str> {
    if let Some(name) = last.as_ref().filter(|name| &***name == text) {
        return Arc::clone(name);
    }
    let name = all.get(text).map_or_else(
        || Arc::from(if looks_like_key(text) { KEY_NOT_SHOWN } else { text }),
        Arc::clone,
    );
    all.insert(Arc::clone(&name));
    *last = Some(Arc::clone(&name));
    name
}

/// Everything read, each response once.
#[derive(Debug, Clone, Default)]
pub struct History {
    responses: IndexMap<Box<str>, Response, RandomState>,
    hits: BTreeMap<HitKey, LimitHit>,
    own_sums: BTreeMap<(String, u64), u64>,
    /// Sessions that began as a copy of another. Their own sums include the other's.
    forks: BTreeSet<String>,
    bills: BTreeMap<Box<str>, Bill>,
    /// What ccusage itself says that a sum costs, USD, by the sum's key.
    own_costs: BTreeMap<Box<str>, Decimal>,
    plans: BTreeSet<PlanSeen>,
    readings: BTreeSet<Reading>,
    sources: BTreeMap<Source, u64>,
    skipped: BTreeMap<Skip, u64>,
    doubts: BTreeSet<String>,
    names: Names,
    files: u64,
    bytes: u64,
}

impl History {
    /// Adds a record. A second record of the same response replaces the first only if it ranks
    /// higher.
    pub fn add(&mut self, mut record: Record<'_>) {
        record.terms.fast |= is_fast(&record.model);
        if record.is_copy && !self.forks.contains(&*record.session) {
            self.forks.insert(record.session.clone().into_owned());
        }
        if self.responses.get_mut(&*record.key).is_some_and(|known| known.repeat(&record)) {
            return;
        }
        let [model, session, project] = &mut self.names.last;
        let all = &mut self.names.all;
        let response = Response {
            time: record.time,
            model: shared(&record.model, model, all),
            tokens: record.tokens,
            web_searches: record.web_searches,
            terms: record.terms,
            count: record.count,
            source: record.source,
            session: shared(&record.session, session, all),
            project: shared(&record.project, project, all),
            asker: record.asker,
            is_copy: record.is_copy,
            is_unsplit: record.is_unsplit,
            repeats: 0,
        };
        self.insert(record.key.into(), response);
    }

    fn insert(&mut self, key: Box<str>, response: Response) {
        match self.responses.entry(key) {
            Entry::Vacant(place) => {
                place.insert(response);
            }
            Entry::Occupied(mut place) => place.get_mut().absorb(response),
        }
    }

    /// Adds a limit hit found under the root folder with index `root`.
    pub fn add_hit(&mut self, hit: &LimitHit, root: usize) {
        const QUARTER: i64 = 15 * 60;
        let resets_at = hit.resets_at.map(Timestamp::as_second);
        let told = resets_at.is_none().then(|| (hit.at.as_second().div_euclid(QUARTER), root));
        let key = HitKey { window: hit.window.clone(), resets_at, told };
        self.insert_hit(key, hit);
    }

    fn insert_hit(&mut self, key: HitKey, hit: &LimitHit) {
        let known = self.hits.entry(key).or_insert_with(|| hit.clone());
        known.at = known.at.min(hit.at);
    }

    /// Adds the program's own sum. Sums of one run grow, so the largest counts.
    pub fn add_own_sum(&mut self, sum: OwnSum) {
        let known = self.own_sums.entry((sum.session, sum.started)).or_default();
        *known = (*known).max(sum.output);
    }

    /// Counts a skipped entry.
    pub fn skip(&mut self, why: Skip) {
        let count = self.skipped.entry(why).or_default();
        *count = count.saturating_add(1);
    }

    /// Adds a billed amount. Of two with the same key, the larger counts.
    pub fn add_bill(&mut self, key: impl Into<Box<str>>, bill: Bill) {
        match self.bills.entry(key.into()) {
            btree_map::Entry::Vacant(place) => {
                place.insert(bill);
            }
            btree_map::Entry::Occupied(mut place) => {
                if bill > *place.get() {
                    place.insert(bill);
                }
            }
        }
    }

    /// Adds what ccusage itself says that the sum with this key costs, USD.
    pub fn add_own_cost(&mut self, key: impl Into<Box<str>>, usd: Decimal) {
        let known = self.own_costs.entry(key.into()).or_insert(usd);
        *known = usd.max(*known);
    }

    /// Adds a plan named by a source.
    pub fn add_plan(&mut self, plan: PlanSeen) {
        self.plans.insert(plan);
    }

    /// Adds a usage reading of a plan window.
    pub fn add_reading(&mut self, reading: Reading) {
        self.readings.insert(reading);
    }

    /// Counts a file of this source.
    pub fn add_source(&mut self, source: Source) {
        let files = self.sources.entry(source).or_default();
        *files = files.saturating_add(1);
    }

    /// Counts a file and its bytes.
    pub fn add_file(&mut self, bytes: u64) {
        self.files = self.files.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Counts further bytes of a file already counted.
    pub fn add_bytes(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Adds a reason for caution about the figures, in one sentence.
    pub fn doubt(&mut self, sentence: impl Into<String>) {
        self.doubts.insert(sentence.into());
    }

    /// Merges another history; the order of merging does not matter.
    pub fn merge(&mut self, other: Self) {
        if self.responses.is_empty() {
            self.responses = other.responses;
        } else {
            self.responses.reserve(other.responses.len());
            for (key, response) in other.responses {
                self.insert(key, response);
            }
        }
        for (key, hit) in other.hits {
            self.insert_hit(key, &hit);
        }
        for ((session, started), output) in other.own_sums {
            self.add_own_sum(OwnSum { session, started, output });
        }
        self.forks.extend(other.forks);
        for (key, bill) in other.bills {
            self.add_bill(key, bill);
        }
        for (key, usd) in other.own_costs {
            self.add_own_cost(key, usd);
        }
        self.plans.extend(other.plans);
        self.readings.extend(other.readings);
        for (source, count) in other.sources {
            let files = self.sources.entry(source).or_default();
            *files = files.saturating_add(count);
        }
        for (why, count) in other.skipped {
            let sum = self.skipped.entry(why).or_default();
            *sum = sum.saturating_add(count);
        }
        self.doubts.extend(other.doubts);
        self.files = self.files.saturating_add(other.files);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }

    /// All responses, in no particular order.
    pub fn responses(&self) -> impl Iterator<Item = &Response> {
        self.responses.values()
    }

    /// A copy without billed amounts.
    #[must_use]
    pub fn without_bills(&self) -> Self {
        Self { bills: BTreeMap::new(), ..self.clone() }
    }

    pub fn bills(&self) -> impl Iterator<Item = &Bill> {
        self.bills.values()
    }

    /// All hits of a plan's limits, in no particular order.
    pub fn hits(&self) -> impl Iterator<Item = &LimitHit> {
        self.hits.values().filter(|hit| !hit.is_spending_cap())
    }

    /// The caps on spending that were reached, in no particular order.
    pub fn spending_caps(&self) -> impl Iterator<Item = &LimitHit> {
        self.hits.values().filter(|hit| hit.is_spending_cap())
    }

    /// Plans named by the sources, the latest last.
    pub fn plans(&self) -> impl Iterator<Item = &PlanSeen> {
        self.plans.iter()
    }

    /// Usage readings of plan windows, in order of time.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter()
    }

    /// Number of files read from each source.
    pub fn sources(&self) -> &BTreeMap<Source, u64> {
        &self.sources
    }

    /// Number of skipped entries by reason.
    pub fn skipped(&self) -> &BTreeMap<Skip, u64> {
        &self.skipped
    }

    pub fn files(&self) -> u64 {
        self.files
    }

    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}
