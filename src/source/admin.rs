//! Saved Admin API reports: usage of the Messages API in tokens, and costs in dollars.
//!
//! A report is a list of time buckets with results. Fields it is not grouped by are null. Costs are
//! decimal strings in cents. A file may contain several pages, concatenated or in a list.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::console::{prompt_size, whole_days};
use super::encoding::utf8;
use super::json::{Object, Raw, decimal, documents};
use super::key::Keys;
use crate::history::{
    Asker, Bill, Count, History, NO_MODEL, PromptSize, Record, Skip, Source, Terms, Tier, Tokens,
};
use crate::number::MOST_TOKENS;
use crate::text::quoted;

/// The fields a report can be grouped by. They distinguish its results.
const GROUPS: [&str; 14] = [
    "account_id",
    "api_key_id",
    "context_window",
    "cost_type",
    "currency",
    "description",
    "inference_geo",
    "model",
    "product",
    "service_account_id",
    "service_tier",
    "speed",
    "token_type",
    "workspace_id",
];

/// Reads saved usage or cost reports. `name` is shown in doubts.
///
/// A usage result becomes a sum without a session or a requester. A cost result becomes a billed
/// amount. An invalid result is skipped with a reason and affects no other.
pub fn read(bytes: &[u8], name: &str, history: &mut History) {
    let bytes = utf8(bytes);
    let mut file = File::default();
    for document in documents(&bytes) {
        if document.is_cut() {
            file.notes.insert(Note::Cut);
        }
        if document.is_list() {
            document.list().for_each(|page| file.page(page, history));
        } else {
            file.page(document, history);
        }
    }
    file.close(&quoted(name), history);
}

/// What is known about a file besides its results.
#[derive(Debug, Default)]
struct File {
    keys: Keys,
    pages: u64,
    found: BTreeSet<Source>,
    notes: BTreeSet<Note>,
}

/// A reason to doubt a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Note {
    /// The file is truncated.
    Cut,
    /// The last page says that there are more.
    MorePages,
    /// The report is not grouped by model.
    NoModels,
    /// The report does not separate batches from other usage.
    UntoldTier,
    /// Some costs are in another currency.
    Foreign,
}

impl Note {
    /// The doubt in words; `name` is in quotes.
    fn sentence(self, name: &str) -> String {
        match self {
            Self::Cut => format!("{name} ends in the middle; what is missing is not counted."),
            Self::MorePages => format!(
                "{name} is one page of several ('has_more'); save the other pages too and name them \
                 all."
            ),
            Self::NoModels => format!(
                "{name} is not grouped by model: its tokens have no price; group the report by \
                 'model'."
            ),
            Self::UntoldTier => format!(
                "{name} is not grouped by service tier: batches, which cost half, are priced as \
                 standard."
            ),
            Self::Foreign => {
                format!("{name} has costs that are not in US dollars; they are left out.")
            }
        }
    }
}

/// The time that a result covers.
struct Bucket {
    start: Option<Timestamp>,
    days: u16,
    text: [Cow<'static, str>; 2],
}

impl Bucket {
    fn of(bucket: &Object<'_>) -> Self {
        let text = ["starting_at", "ending_at"].map(|name| {
            bucket.text(name).map_or(Cow::Borrowed(""), |text| text.into_owned().into())
        });
        let [start, end] = text.each_ref().map(|text| text.parse::<Timestamp>().ok());
        let is_short = start
            .zip(end)
            .is_some_and(|(start, end)| end.duration_since(start) < SignedDuration::from_hours(24));
        let days = start.filter(|_| !is_short).map_or(0, whole_days);
        Self { start, days, text }
    }
}

impl File {
    fn page(&mut self, page: Raw<'_>, history: &mut History) {
        let page = page.object();
        if page.get("data").is_none_or(|data| !data.is_list()) {
            return;
        }
        // The last page shows whether pages are missing.
        if page.flag("has_more") == Some(true) {
            self.notes.insert(Note::MorePages);
        } else {
            self.notes.remove(&Note::MorePages);
        }
        self.pages = self.pages.saturating_add(1);
        for bucket in page.list("data") {
            let bucket = bucket.object();
            let time = Bucket::of(&bucket);
            for result in bucket.list("results") {
                if !(result.is_object() && result.is_json()) {
                    history.skip(Skip::NotJson);
                    continue;
                }
                let result = result.object();
                let taken = if result.get("amount").is_some() {
                    self.cost(&result, &time, history)
                } else {
                    self.usage(&result, &time, history)
                };
                if let Err(why) = taken {
                    history.skip(why);
                }
            }
        }
    }

    fn key(&mut self, result: &Object<'_>, bucket: &Bucket, source: Source) -> String {
        let groups = GROUPS.map(|name| result.text(name).unwrap_or_default());
        let time = bucket.text.iter().map(|text| text.as_bytes());
        let source = std::iter::once(source.name().as_bytes());
        self.keys.next(source.chain(time).chain(groups.iter().map(|text| text.as_bytes())))
    }

    fn usage(
        &mut self,
        result: &Object<'_>,
        bucket: &Bucket,
        history: &mut History,
    ) -> Result<(), Skip> {
        self.found.insert(Source::AdminUsage);
        let written = result.object("cache_creation");
        let count = |object: &Object<'_>, name: &str| object.count(name).ok_or(Skip::BadCount);
        let tokens = Tokens {
            input: count(result, "uncached_input_tokens")?,
            output: count(result, "output_tokens")?,
            cache_write_5m: count(&written, "ephemeral_5m_input_tokens")?,
            cache_write_1h: count(&written, "ephemeral_1h_input_tokens")?,
            cache_read: count(result, "cache_read_input_tokens")?,
        };
        let web_searches = count(&result.object("server_tool_use"), "web_search_requests")?;
        let time = bucket.start.ok_or(Skip::NoTime)?;
        let model = match result.text("model") {
            Some(model) => model,
            None if result.is_null("model") => {
                self.notes.insert(Note::NoModels);
                Cow::Borrowed(NO_MODEL)
            }
            None => return Err(Skip::NoModel),
        };
        let tier = result.text("service_tier");
        if tier.is_none() {
            self.notes.insert(Note::UntoldTier);
        }
        history.add(Record {
            key: self.key(result, bucket, Source::AdminUsage).into(),
            time,
            model,
            tokens,
            web_searches,
            terms: Terms {
                fast: result.text("speed").is_some_and(|speed| speed == "fast"),
                us_only: result.text("inference_geo").is_some_and(|geo| geo == "us"),
                tier: match tier.as_deref() {
                    None | Some("standard") => Tier::Standard,
                    Some("batch") => Tier::Batch,
                    Some(_) => Tier::Other,
                },
                prompt: result
                    .text("context_window")
                    .map_or(PromptSize::Untold, |text| prompt_size(&text)),
            },
            count: Count::Sum { days: bucket.days },
            source: Source::AdminUsage,
            session: Cow::Borrowed(""),
            project: result.text("workspace_id").unwrap_or_default(),
            asker: Asker::Unknown,
            is_copy: false,
            is_unsplit: false,
        });
        Ok(())
    }

    fn cost(
        &mut self,
        result: &Object<'_>,
        bucket: &Bucket,
        history: &mut History,
    ) -> Result<(), Skip> {
        self.found.insert(Source::AdminCosts);
        if result.text("currency").is_some_and(|currency| !currency.eq_ignore_ascii_case("usd")) {
            self.notes.insert(Note::Foreign);
            return Err(Skip::BadCount);
        }
        let cents = result.text("amount").and_then(|text| decimal(text.trim()));
        let usd = cents
            // A negative amount is a credit or a refund.
            .filter(|cents| cents.abs() <= MOST_TOKENS.into())
            .and_then(|cents| cents.checked_mul(Decimal::new(1, 2)));
        let bill = Bill {
            usd: usd.ok_or(Skip::BadCount)?,
            at: bucket.start.ok_or(Skip::NoTime)?,
            model: result.text("model").map(Cow::into_owned),
            project: result.text("workspace_id").unwrap_or_default().into_owned(),
            source: Source::AdminCosts,
        };
        history.add_bill(self.key(result, bucket, Source::AdminCosts), bill);
        Ok(())
    }

    /// Adds the file's sources and doubts to the history.
    fn close(&self, name: &str, history: &mut History) {
        for source in &self.found {
            history.add_source(*source);
        }
        if self.pages == 0 {
            history.doubt(format!("{name} is no report of the Admin API: it has no list 'data'."));
        }
        for note in &self.notes {
            history.doubt(note.sentence(name));
        }
    }
}

#[cfg(test)]
mod tests;
