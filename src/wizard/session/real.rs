//! Imports real usage into the choices.

use std::sync::Arc;

use super::{Choices, Month, Session};
use crate::advice::{AssessError, billing_cost};
use crate::measured::Measured;
use crate::number::Percent;
use crate::question::{Origin, QuestionId};
use crate::usage::Confidence;

/// The result of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Questions that now have the option that the data suggests.
    pub answered: usize,
    /// Questions where the person's answer stays although the data suggests another option.
    pub kept: usize,
    /// Why the model in the data was not imported, if it has no price here.
    pub model_left_out: Option<String>,
}

impl Choices {
    /// The choices with the month and the answers that real usage suggests. Answers that the person
    /// gave stay.
    #[must_use]
    pub fn with_measured(&self, measured: &Arc<Measured>) -> Self {
        let mut choices = self.clone();
        for question in QuestionId::ALL {
            choices.follow(measured, question);
        }
        let usage = &mut choices.usage;
        usage.volume = measured.volume;
        usage.volume_origin = Origin::User;
        usage.mix.cache_read = measured.cached.read;
        usage.mix.cache_write_5m = measured.cached.write_5m;
        usage.mix.cache_write_1h = measured.cached.write_1h;
        // Logs count the thinking in the output.
        usage.mix.thinking = Percent::ZERO;
        usage.model.clone_from(&measured.model);
        usage.confidence =
            if measured.is_short() { Confidence::Rough } else { Confidence::Measured };
        usage.measured = Some(Arc::clone(measured));
        choices.month = Month::Own;
        choices
    }

    /// Sets the answer that the data suggests, unless the person gave one.
    pub(super) fn follow(&mut self, measured: &Measured, question: QuestionId) {
        let origin = self.answers.given(question).map(|given| given.origin);
        match (measured.suggests(question), origin) {
            (_, Some(Origin::User)) => {}
            (Some(rank), _) => self.answers.give(question, rank, Origin::Usage),
            // An earlier scan suggested this answer; this one does not.
            (None, Some(Origin::Usage)) => self.answers.forget(question),
            (None, _) => {}
        }
    }
}

impl Session<'_> {
    /// The choices with real usage imported, for a model that has a price: the one in the data,
    /// else the list's default. The second value says why it is another one.
    ///
    /// If the month has no price on the default model either.
    /// Where the month has no price on the default model either.
    pub fn measured_choices(
        &self,
        measured: &Arc<Measured>,
    ) -> Result<(Choices, Option<String>), AssessError> {
        let mut choices = self.choices.with_measured(measured);
        let Err(error) = billing_cost(&choices.usage, &self.world) else {
            return Ok((choices, None));
        };
        choices.usage.model = None;
        billing_cost(&choices.usage, &self.world)?;
        Ok((choices, Some(error.to_string())))
    }

    /// Imports real usage as one change.
    ///
    /// # Errors
    /// If the month has no price. Nothing changes then.
    pub fn take_measured(&mut self, measured: &Arc<Measured>) -> Result<Taken, AssessError> {
        let (choices, model_left_out) = self.measured_choices(measured)?;
        let (mut answered, mut kept) = (0, 0);
        for question in QuestionId::ALL {
            let (Some(rank), Some(given)) =
                (measured.suggests(question), choices.answers.given(question))
            else {
                continue;
            };
            if given.origin == Origin::Usage {
                answered += 1;
            } else if given.rank != rank {
                kept += 1;
            }
        }
        self.change(choices, "Your own logs", None)?;
        Ok(Taken { answered, kept, model_left_out })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;
    use crate::advice::World;
    use crate::catalog::Catalog;
    use crate::cost::Volume;
    use crate::facts::Facts;
    use crate::history::{Login, Source};
    use crate::measured::{Cached, LimitsSeen, Part, Replay, Replays, SessionsSeen, Whose};
    use crate::question::Wording;

    /// Four weeks on Pro with six hits in three of them.
    pub(crate) fn four_weeks() -> Measured {
        let percent = |text: &str| Percent::parse(text, 100).unwrap();
        Measured {
            from: date(2026, 10, 26),
            to: date(2026, 11, 22),
            days: 28,
            days_of_use: 28,
            zone: "Europe/Madrid".to_owned(),
            sources: vec![Source::ClaudeCode, Source::ClaudeAi],
            responses: 5_123,
            volume: Volume { input: 41_234_567, output: 1_234_567 },
            cached: Cached {
                read: percent("91.2345"),
                write_5m: percent("0.5"),
                write_1h: percent("6"),
            },
            model: Some("claude-opus-5-5".to_owned()),
            mix_usd: Some("84.123456".parse().unwrap()),
            unpriced: 2,
            limits: Some(LimitsSeen {
                hits: 6,
                weeks: 3,
                plan: Whose::Pro,
                peak_pct: Some("97.3".parse().unwrap()),
            }),
            sessions: Some(SessionsSeen {
                count: 41,
                median_minutes: "25.5".parse().unwrap(),
                marathons: 2,
            }),
            unattended: Part::new(123_000, 1_000_000),
            programs: Part::new(10_000, 1_000_000),
            login: Some(Login::Claude),
            doubts: vec![
                "These logs cover 28 days. Claude Code deletes logs older than 30 days unless 'cleanupPeriodDays' says otherwise.".to_owned(),
            ],
            by_day: Vec::new(),
            fit: None,
            replays: Replays::default(),
        }
    }

    /// The same, with a replay in which Pro is too small and Max large enough.
    pub(crate) fn four_weeks_replayed() -> Measured {
        use crate::fit::{
            Account, Assumption, Caveat, Digest, Finding, Holding, Holds, LevelDigest, Mark,
            Origin, Part, PlanDigest, Range, Reasons, Rules, Smallest, Verdict, WeekAmounts,
            WeekDigest, Window, Yardstick,
        };
        use crate::number::json::Amount;
        let level = |hits, blocked: &str, overflow: &str, fee: &str| {
            let [blocked_hours, overflow, fee] =
                [blocked, overflow, fee].map(|amount| amount.parse::<Decimal>().unwrap());
            LevelDigest {
                five_hour_hits: hits,
                week_hits: hits / 2,
                blocked_hours,
                longest_hours: blocked_hours / Decimal::TWO,
                overflow: Some(overflow),
                paying: Some(overflow + fee),
                ..LevelDigest::default()
            }
        };
        let plan = |id: &str, name: &str, fee: &str, carries, at| PlanDigest {
            id: id.to_owned(),
            name: name.to_owned(),
            fee: fee.parse().ok(),
            is_now: id == "pro",
            carries,
            told_hits: 0,
            part: Part::All,
            at,
        };
        let pro = Range {
            low: level(9, "40.5", "164.25", "20"),
            likely: level(4, "12", "21.5", "20"),
            high: level(1, "1", "3", "20"),
        };
        let none = level(0, "0", "0", "100");
        let max = Range { low: level(2, "3", "7", "100"), likely: none, high: none };
        let mut hours = [Mark::Idle; 24];
        hours[9] = Mark::Within;
        hours[10] = Mark::OverLikely;
        let holds = Range { low: "3.6", likely: "9.9", high: "16.8" };
        let holds = holds.map(|amount| amount.parse::<Decimal>().unwrap());
        let reasons = Reasons {
            yardstick: Yardstick::default(),
            findings: vec![Finding::Smallest(Smallest {
                plan: Some("max".to_owned()),
                is_sure: false,
                below: None,
            })],
            windows: vec![Holding {
                plan: "pro".to_owned(),
                window: Window::FiveHour,
                holds: Holds::Estimated {
                    now: holds.map(Amount),
                    origin: Origin::Estimate {
                        source: "somebody".to_owned(),
                        date: date(2026, 1, 25),
                        is_scaled: false,
                        is_raised: false,
                    },
                },
            }],
            assumptions: vec![Assumption::Limits { rules: Rules::Dated }],
            caveats: vec![Caveat::FewDays { days: 3 }],
        };
        let fit = Digest {
            from: date(2026, 10, 26),
            to: date(2026, 11, 22),
            days: 28,
            requests: 5_123,
            account: Account::Reasons(reasons),
            plans: vec![
                plan("pro", "Pro", "20", Verdict::No, pro),
                plan("max", "Max", "100", Verdict::Likely, max),
            ],
            week: Some(WeekDigest {
                plan: "Pro".to_owned(),
                window: Window::FiveHour,
                amounts: Some(WeekAmounts {
                    yardstick: Yardstick::default(),
                    holds,
                    asked: Decimal::from(48),
                }),
                written_holds: None,
                written_asked: None,
                days: vec![(date(2026, 11, 2), hours)],
            }),
            unnamed_hits: 0,
            hour_value: None,
            is_declared: false,
        };
        Measured { fit: Some(Arc::new(fit)), ..four_weeks() }
    }

    /// The same for logs that name no plan, with the replays for no plan, Pro and Max.
    pub(crate) fn four_weeks_at_hand() -> Measured {
        use crate::fit::Digest;

        let mut measured = four_weeks_replayed();
        if let Some(seen) = &mut measured.limits {
            seen.plan = Whose::Unknown;
        }
        let told = (*measured.fit.take().unwrap()).clone();
        let made = [None, Some("pro"), Some("max")].map(|plan| {
            let mut digest = Digest { is_declared: plan.is_some(), ..told.clone() };
            for known in &mut digest.plans {
                known.is_now = plan == Some(known.id.as_str());
            }
            Replay { plan: plan.map(str::to_owned), digest: Arc::new(digest) }
        });
        measured.with_replays(made.into())
    }

    pub(crate) fn session() -> Session<'static> {
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        Session::new(world, Wording::builtin().unwrap(), Choices::default())
    }

    #[test]
    fn months_with_and_without_replays_differ_though_their_figures_are_the_same() {
        let replayed = four_weeks_at_hand();
        let kept = Measured { replays: crate::measured::Replays::default(), ..replayed.clone() };
        assert_ne!(replayed, kept);
        assert!(replayed.has_same_figures(&kept) && replayed.is_same_logs(&kept));

        let other = Measured { responses: kept.responses + 1, ..kept.clone() };
        assert!(!other.has_same_figures(&kept) && !other.is_same_logs(&kept));
    }

    #[test]
    fn the_same_logs_read_again_bring_their_replays_and_nothing_to_undo() {
        let replayed = four_weeks_at_hand();
        let kept = Measured { replays: crate::measured::Replays::default(), ..replayed.clone() };
        let mut session = session();
        session.take_measured(&Arc::new(kept)).unwrap();
        let before = session.choices().clone();
        session.take_measured(&Arc::new(replayed)).unwrap();
        assert!(session.choices() != &before && session.choices().is_kept_as(&before));
        assert_eq!(session.undo().as_deref(), Some("Your own logs"));
        assert_eq!(session.undo(), None);
    }

    #[test]
    fn taking_it_over_is_one_change_and_leaves_own_answers_alone() {
        let mut session = session();
        session.answer(QuestionId::Limits, 0).unwrap();
        session.answer(QuestionId::Billing, 1).unwrap();
        let before = session.choices().clone();
        let month = Arc::new(four_weeks());
        let taken = session.take_measured(&month).unwrap();
        assert_eq!(taken, Taken { answered: 3, kept: 1, model_left_out: None });
        let answers = session.answers();
        let given = |question| {
            let given = answers.given(question)?;
            Some((question.option_id(given.rank), given.origin))
        };
        assert_eq!(given(QuestionId::Interface), Some(("claude_code", Origin::Usage)));
        assert_eq!(given(QuestionId::Session), Some(("moderate", Origin::Usage)));
        assert_eq!(given(QuestionId::Limits), Some(("never", Origin::User)));
        assert_eq!(given(QuestionId::Automation), Some(("some", Origin::Usage)));
        assert_eq!(given(QuestionId::Developer), None);
        let usage = session.usage();
        assert_eq!(usage.volume, month.volume);
        assert_eq!(usage.confidence, Confidence::Measured);
        assert_eq!(usage.model.as_deref(), Some("claude-opus-5-5"));
        assert_eq!(usage.mix.cache_read.to_string(), "91.2345");
        assert!(usage.measured_month().is_some());
        assert_eq!(session.choices().month, Month::Own);
        assert_eq!(session.undo().as_deref(), Some("Your own logs"));
        assert_eq!(session.choices(), &before);
    }

    #[test]
    fn confirming_keeps_the_origin_and_another_option_is_the_persons_own() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks())).unwrap();
        let rank = QuestionId::Automation.rank_of("some").unwrap();
        session.answer(QuestionId::Automation, rank).unwrap();
        let origin =
            |session: &Session<'_>| session.answers().given(QuestionId::Automation).unwrap().origin;
        assert_eq!(origin(&session), Origin::Usage);
        session.answer(QuestionId::Automation, 0).unwrap();
        assert_eq!(origin(&session), Origin::User);
        session.undo();
        assert_eq!(origin(&session), Origin::Usage);
    }

    #[test]
    fn another_reading_takes_back_what_it_does_not_say() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks())).unwrap();
        let short = Measured { days_of_use: 5, ..four_weeks() };
        let taken = session.take_measured(&Arc::new(short)).unwrap();
        assert_eq!(taken.answered, 0);
        assert!(session.answers().is_empty());
        assert_eq!(session.usage().confidence, Confidence::Rough);
    }

    #[test]
    fn a_model_without_a_price_here_gives_way_to_the_usual_one() {
        let mut session = session();
        let gone = Measured { model: Some("claude-2".to_owned()), ..four_weeks() };
        let taken = session.take_measured(&Arc::new(gone)).unwrap();
        assert!(taken.model_left_out.unwrap().starts_with("model 'claude-2'"));
        assert_eq!(session.usage().model, None);
    }

    #[test]
    fn a_replay_changes_no_answer_and_no_point_and_a_draft_keeps_it() {
        let taken = |measured: Measured| {
            let mut session = session();
            session.take_measured(&Arc::new(measured)).unwrap();
            session
        };
        let (with, without) = (taken(four_weeks_replayed()), taken(four_weeks()));
        assert_eq!(with.answers(), without.answers());
        let draft = with.choices().draft();
        assert_eq!(&Choices::from_draft(&draft).unwrap(), with.choices());
    }

    #[test]
    fn a_draft_keeps_what_was_read_and_who_gave_each_answer() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks())).unwrap();
        session.answer(QuestionId::Session, 2).unwrap();
        let draft = session.choices().draft();
        assert_eq!(&Choices::from_draft(&draft).unwrap(), session.choices());
    }

    #[test]
    fn a_month_changed_by_hand_is_no_longer_the_measured_one() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks())).unwrap();
        let mut usage = session.usage().clone();
        usage.volume.output += 1;
        session.set_usage(usage, "Written", None).unwrap();
        assert!(session.usage().measured_month().is_none());
        assert!(session.usage().measured.is_some(), "the evidence stays");
    }
}
