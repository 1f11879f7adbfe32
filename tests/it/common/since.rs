//! A report saved four weeks ago, and logs of what was used since.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use planwise::advice::{World, assess};
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::history::History;
use planwise::history::summary::{By, Query, Summary};
use planwise::question::Wording;
use planwise::report::{Saved, read_answers, read_report};
use planwise::source::claude_code::{Place, Prefilter, read_line};
use planwise::subject::result::Report;

use super::drawn::DRAWN;

const DAY: Date = date(2026, 10, 20);

/// Its report of 2026-10-20: hybrid at $24.20.
pub(crate) fn report() -> Saved {
    let world = World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    };
    let (answers, usage) = read_answers(DRAWN).unwrap().complete(false).unwrap();
    let report = Report {
        assessment: &assess(&answers, &usage, &world).unwrap(),
        world,
        wording: Wording::builtin().unwrap(),
        created: &DAY.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap(),
        title: None,
        note: None,
    };
    read_report(&report.json()).unwrap()
}

/// What so many days hold from then on, one response a day.
pub(crate) fn used(days: u8, input: u64, output: u64) -> Summary {
    let mut history = History::default();
    let place = Place { project: "p", session: "s", is_sub_agent: false, root: 0, zones: |_| None };
    for day in 0..days {
        let at = DAY.checked_add(i64::from(day).days()).unwrap();
        let line = format!(
            "{{\"type\":\"assistant\",\"timestamp\":\"{at}T09:00:00Z\",\"sessionId\":\"s\",\"entrypoint\":\"cli\",\
             \"message\":{{\"id\":\"m{day}\",\"model\":\"claude-sonnet-5-5\",\
             \"usage\":{{\"input_tokens\":{input},\"output_tokens\":{output}}}}}}}"
        );
        read_line(line.as_bytes(), &place, Prefilter::On, &mut history);
    }
    let query = Query {
        catalog: Catalog::builtin().unwrap(),
        zone: TimeZone::UTC,
        since: Some(DAY),
        until: None,
        by: By::Model,
        // Read on the last day of use: no idle days follow.
        now: DAY
            .checked_add(i64::from(days.max(1) - 1).days())
            .unwrap()
            .at(14, 5, 0, 0)
            .to_zoned(TimeZone::UTC)
            .unwrap()
            .timestamp(),
    };
    Summary::new(&history, &query)
}
