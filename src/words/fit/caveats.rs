//! The assumptions of a plan replay, and reasons to trust it less, in words.

use rust_decimal::Decimal;

use super::{Names, counted, measure, yardstick};
use crate::fit::{Assumption, Caveat, Conflict, Reasons, Rules, WeekStart, Window, Yardstick};
use crate::history::idle_sentence;
use crate::number::json::Usd;
use crate::number::usd;

/// An assumption in a sentence or two.
pub(super) fn assumption(assumption: &Assumption, reasons: &Reasons) -> String {
    let sentence = match assumption {
        Assumption::Yardstick => {
            let what = yardstick(reasons.yardstick);
            return format!("Plans are assumed to measure usage by {what} (the yardstick).");
        }
        Assumption::FiveHourWindows => {
            "A five-hour window opens with the first request after the last one closed, even if \
             that request is refused."
        }
        Assumption::WeekStart { from: WeekStart::LimitHit } => {
            "Weeks begin at the reset that your weekly limit hit recorded, every 168 hours."
        }
        Assumption::WeekStart { from: WeekStart::Person } => "Weeks begin at the time you set.",
        Assumption::WeekStart { from: WeekStart::Assumed } => {
            "The reset of your week is not known, so Monday 00:00 is assumed. Set it with \
             'planwise fit --week-start'."
        }
        Assumption::WeekStartOverruled => {
            "'--week-start' was not used: your weekly limit hit records another reset."
        }
        Assumption::Limits { rules: Rules::Dated } => {
            "Each day is replayed by the limits of that day."
        }
        Assumption::Limits { rules: Rules::Today } => "All days are replayed by today's limits.",
        Assumption::UltraVerified => {
            "Ultra is assumed to be verified: then it has had no five-hour limit since 31 October \
             2026."
        }
        Assumption::FreeWeekUnknown => {
            "The weekly limit of Free is not known; only its five-hour limit is replayed."
        }
        Assumption::BlockedHours => {
            "Blocked hours run from the first refused request to the reset, including nights, but \
             not past the last day."
        }
        Assumption::LimitHits => {
            "Limit hits in your logs count as stops on the plan you had and on every smaller one. \
             The hours until their resets are added as an upper bound, where your logs record the \
             reset of a limit on all work. What paying would have cost after them is not known, so \
             that option is not ranked."
        }
        Assumption::Paying { cap_usd, has_partial_month } => {
            return paying(*cap_usd, *has_partial_month);
        }
        Assumption::Month { days } => {
            return format!(
                "A month is {} scaled to an average month; fees are monthly, before tax.",
                match days {
                    1 => "the 1 day".to_owned(),
                    days => format!("the {days} days"),
                }
            );
        }
        Assumption::TeamSeats => {
            "Team is sold per seat, from two seats; it is not ranked unless you have it."
        }
        Assumption::SharedLimits => {
            "The limits are shared with claude.ai and Claude Desktop, whose usage is not in these \
             logs. The API credit of larger plans does not pay for Claude Code and is left out."
        }
        Assumption::OutsidePlans => {
            "Not included in a plan: Claude Code on Free, Fable models on Pro and Team Standard \
             since 20 July 2026, and fast mode on every plan."
        }
        Assumption::NotReplayed { fact } => return format!("Not replayed: {fact}"),
    };
    sentence.to_owned()
}

/// Explains what the person pays for, and up to which amount.
fn paying(cap: Option<Usd>, has_partial_month: bool) -> String {
    match cap {
        Some(Usd(cap)) if cap.is_zero() => {
            "You set a cap of $0, so nothing is paid for what a plan does not cover, and the API \
             covers nothing."
                .to_owned()
        }
        Some(Usd(cap)) => {
            let share = if has_partial_month {
                " (a calendar month with only some days in these logs gets that share of it)"
            } else {
                ""
            };
            format!(
                "Paying means usage credits or the API, up to {} a calendar month at API \
                 prices{share}. Above that you are blocked again. What you pay for credits can be \
                 less than the cap. Credits come {BUNDLES}.",
                usd(cap)
            )
        }
        None => format!("Paying means usage credits at API prices, {BUNDLES}."),
    }
}

/// How bundles are counted.
const BUNDLES: &str = "in bundles where those are cheaper; bundles are priced by the month, and a \
                       part of a month costs that part";

/// A reason to trust the replay less, in a sentence or two.
pub(super) fn caveat(caveat: &Caveat, reasons: &Reasons, names: &Names<'_>) -> String {
    let hits = |count: &u64| counted(*count, "limit hit");
    let held = |plan: &Option<String>| {
        plan.as_ref().map_or_else(|| "your plan".to_owned(), |plan| names.of(plan))
    };
    let it = |count: u64| if count == 1 { "it" } else { "them" };
    match caveat {
        Caveat::FewDays { days } => format!(
            "Only {} of history: a month scaled from that is a guess.",
            counted(u64::from(*days), "day")
        ),
        Caveat::Unpriced { responses } => {
            format!("Left out because the list has no price: {}.", counted(*responses, "response"))
        }
        Caveat::Misdated { responses } => format!(
            "Left out because their date is before Claude Code came out or after today: {}.",
            counted(*responses, "response")
        ),
        Caveat::IdleEnd { last_use, days } => idle_sentence(last_use.0, *days),
        Caveat::Sums { sums } => format!(
            "Left out because a daily total does not show when a window was full: {}.",
            counted(*sums, "sum")
        ),
        Caveat::Oversized { responses } => format!(
            "Left out because no response can be that large: {}.",
            counted(*responses, "response")
        ),
        Caveat::NamedOtherwise { said, named } => {
            let (said, files) = (names.of(said), names.of(named));
            format!(
                "You chose {said} as your plan, but your files name {files}. Limit hits are counted \
                 on {said}. If they were on {files}, leave out '--plan-now', or choose the plan \
                 from your logs in the wizard's Fit."
            )
        }
        Caveat::Disagreement { window } => {
            let what = if *window == Window::FiveHour { "five-hour windows" } else { "weeks" };
            format!(
                "Some of your {what} ended in a limit hit after very different amounts of work. \
                 Either work outside these logs counts against the same limit, or the yardstick is \
                 wrong."
            )
        }
        Caveat::Contradiction { rules, windows } => {
            contradiction(windows, *rules, reasons.yardstick, names)
        }
        Caveat::UnseenWork { limit_hits, plans } => format!(
            "Your logs record {} on {}. Work that you did not do because of that is in no figure, \
             not even for larger plans.",
            hits(limit_hits),
            names.all(plans)
        ),
        Caveat::ReachingIn { hit, until } => format!(
            "A limit hit on {}, before these days, blocked you until {}. Work that you did not do \
             because of it is in no figure.",
            hit.0, until.0
        ),
        Caveat::HitsWithoutPlan { limit_hits } => format!(
            "{} could show how much your plan covers. Choose the plan you had in the wizard's Fit \
             or with 'planwise fit --plan-now'.",
            hits(limit_hits)
        ),
        Caveat::HitsWithoutLimit { limit_hits, plan } => format!(
            "{} of a kind that {} did not have on that day: perhaps you had another plan then, or \
             the account was not verified. The estimated capacity does not use {}.",
            hits(limit_hits),
            held(plan),
            it(*limit_hits)
        ),
        Caveat::HitsCut { limit_hits } => format!(
            "{} not used for the estimated capacity: the window began before these days.",
            hits(limit_hits)
        ),
        Caveat::HitsOutside { limit_hits, plan } => format!(
            "{} not used for the estimated capacity: none of the work before {} is included in {}.",
            hits(limit_hits),
            it(*limit_hits),
            held(plan)
        ),
        Caveat::HitsOfNoWindow { limit_hits } => format!(
            "{} not used for the estimated capacity: for one model, for credits, of an unnamed \
             kind, or without a request before.",
            hits(limit_hits)
        ),
    }
}

/// One window was used up by less than another one allowed.
fn contradiction(of: &Conflict, rules: Rules, unit: Yardstick, names: &Names<'_>) -> String {
    let what = match of.window {
        Window::FiveHour => "five-hour window",
        Window::Week | Window::FableWeek => "week",
    };
    let (full, on) = (of.used_up, of.went_on);
    let asked = measure(unit, full.asked.0);
    let was = match full.percent.filter(|percent| percent.0 < Decimal::ONE_HUNDRED) {
        Some(percent) => format!("was {}% full at {asked}", percent.0.round_dp(1).normalize()),
        None => format!("was used up at {asked}"),
    };
    // Across a change of limits, the raw figures alone may not show the contradiction.
    let counted = if of.limits_changed {
        let limits = match rules {
            Rules::Dated => "the limits of the last day",
            Rules::Today => "today's limits",
        };
        format!(
            " Limits changed between them: by {limits}, the first would cover at most {}, and the \
             second reached {}.",
            measure(unit, of.ceiling.0),
            measure(unit, of.floor.0)
        )
    } else {
        String::new()
    };
    format!(
        "Your own logs contradict themselves: a {what} of {} {was} on {}, another one reached {} \
         on {} without a limit hit.{counted} The larger amount is used. Perhaps another plan, \
         another device or claude.ai used up the first.",
        names.of(&of.plan),
        full.day.0,
        measure(unit, on.asked.0),
        on.day.0,
    )
}
