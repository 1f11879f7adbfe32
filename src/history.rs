//! What a person really used: one history that every source fills.
//!
//! A source turns what it reads into [`Record`]s, [`LimitHit`]s and [`Skip`]s; the history merges
//! them so that neither the order of lines and files nor the number of readers ever matters. It
//! knows no file and no clock.

mod bill;
mod evidence;
mod price;
mod record;
pub mod summary;

use std::collections::btree_map;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use foldhash::HashSet;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use indexmap::map::Entry;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use bill::Bill;
pub use evidence::{Login, Plan, PlanSeen, Reading};
pub use price::{ApiValue, Price, api_equivalent, api_value, price};
pub use record::{Asker, Count, PromptSize, Record, Response, Terms, Tier, Tokens};

/// The model where a source adds up several without saying which; it has no price.
pub const NO_MODEL: &str = "(none)";

/// Which kind of data a response was read from.
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
    /// What `ccusage --json` printed.
    Ccusage,
}

impl Source {
    /// Every kind of source.
    pub const ALL: [Self; 7] = [
        Self::ClaudeCode,
        Self::ClaudeAi,
        Self::ConsoleTokens,
        Self::ConsoleCosts,
        Self::AdminUsage,
        Self::AdminCosts,
        Self::Ccusage,
    ];

    /// The source in words.
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

/// Why something that was read does not count, in the order of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// A line that is not a JSON object, a truncated one for example.
    NotJson,
    /// JSON nested deeper than 128 levels.
    TooDeep,
    /// A line longer than is read.
    TooLong,
    /// A count that is negative, fractional, a text or above 10^12.
    BadCount,
    /// No time, or one without a zone.
    NoTime,
    /// No model.
    NoModel,
    /// A line the program wrote itself.
    Synthetic,
    /// A request that failed.
    ApiError,
    /// A file or folder that could not be read.
    UnreadableFile,
}

impl Skip {
    /// Why, in words for a person.
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
        }
    }
}

/// A plan limit that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitHit {
    /// The earliest time it was told.
    pub at: Timestamp,
    /// Which limit, in the vendor's word such as `five_hour`; `None` when unknown.
    pub window: Option<String>,
    /// When it is lifted; `None` when unknown.
    pub resets_at: Option<Timestamp>,
}

/// What makes two tellings of one hit the same: its window and its reset; without a reset the
/// quarter of an hour and the root it was found under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct HitKey {
    window: Option<String>,
    resets_at: Option<i64>,
    told: Option<(i64, usize)>,
}

/// The program's own sum for one run of a session, kept only to judge the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSum {
    /// The session.
    pub session: String,
    /// When the run started, in milliseconds since 1970.
    pub started: u64,
    /// Output tokens by that sum.
    pub output: u64,
}

/// The texts that responses share.
#[derive(Debug, Clone, Default)]
struct Names {
    all: HashSet<Arc<str>>,
    /// The model, session and project of the last response; nearly always those of the next.
    last: [Option<Arc<str>>; 3],
}

/// The text as one that all responses share.
fn shared(text: &str, last: &mut Option<Arc<str>>, all: &mut HashSet<Arc<str>>) -> Arc<str> {
    if let Some(name) = last.as_ref().filter(|name| &***name == text) {
        return Arc::clone(name);
    }
    let name = all.get(text).map_or_else(|| Arc::from(text), Arc::clone);
    all.insert(Arc::clone(&name));
    *last = Some(Arc::clone(&name));
    name
}

/// Everything that was read, each response once.
#[derive(Debug, Clone, Default)]
pub struct History {
    responses: IndexMap<Box<str>, Response, RandomState>,
    hits: BTreeMap<HitKey, LimitHit>,
    own_sums: BTreeMap<(String, u64), u64>,
    bills: BTreeMap<Box<str>, Bill>,
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
    /// Takes in one record; a second one of the same response only replaces it where it is the
    /// better one.
    pub fn add(&mut self, record: Record<'_>) {
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

    /// Takes in a limit that was reached, as told under the `root`-th place that is read.
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

    /// Takes in the program's own sum; sums of one run grow, the largest holds.
    pub fn add_own_sum(&mut self, sum: OwnSum) {
        let known = self.own_sums.entry((sum.session, sum.started)).or_default();
        *known = (*known).max(sum.output);
    }

    /// Counts something that was read and does not count.
    pub fn skip(&mut self, why: Skip) {
        let count = self.skipped.entry(why).or_default();
        *count = count.saturating_add(1);
    }

    /// Takes in a billed amount; of two with one key the larger one holds.
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

    /// Takes in the plan that a source names.
    pub fn add_plan(&mut self, plan: PlanSeen) {
        self.plans.insert(plan);
    }

    /// Takes in how far a plan window was used up.
    pub fn add_reading(&mut self, reading: Reading) {
        self.readings.insert(reading);
    }

    /// Counts a file that this source was read from.
    pub fn add_source(&mut self, source: Source) {
        let files = self.sources.entry(source).or_default();
        *files = files.saturating_add(1);
    }

    /// Counts a file and its bytes.
    pub fn add_file(&mut self, bytes: u64) {
        self.files = self.files.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Counts further bytes of a file that is counted.
    pub fn add_bytes(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
    }

    /// Notes a reason to trust the figures less, in one sentence.
    pub fn doubt(&mut self, sentence: impl Into<String>) {
        self.doubts.insert(sentence.into());
    }

    /// Takes in everything of another history; the order of merging does not matter.
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
        for (key, bill) in other.bills {
            self.add_bill(key, bill);
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

    /// Every response, in no order.
    pub fn responses(&self) -> impl Iterator<Item = &Response> {
        self.responses.values()
    }

    /// The same without billed amounts.
    #[must_use]
    pub fn without_bills(&self) -> Self {
        Self { bills: BTreeMap::new(), ..self.clone() }
    }

    /// Every billed amount.
    pub fn bills(&self) -> impl Iterator<Item = &Bill> {
        self.bills.values()
    }

    /// Every limit that was reached, in no order of time.
    pub fn hits(&self) -> impl Iterator<Item = &LimitHit> {
        self.hits.values()
    }

    /// The plans that sources name, the latest last.
    pub fn plans(&self) -> impl Iterator<Item = &PlanSeen> {
        self.plans.iter()
    }

    /// How far plan windows were used up, in the order of time.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.readings.iter()
    }

    /// What was read, and from how many files.
    pub fn sources(&self) -> &BTreeMap<Source, u64> {
        &self.sources
    }

    /// How much was skipped, by reason.
    pub fn skipped(&self) -> &BTreeMap<Skip, u64> {
        &self.skipped
    }

    /// Files that were read.
    pub fn files(&self) -> u64 {
        self.files
    }

    /// Bytes that were read.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}
