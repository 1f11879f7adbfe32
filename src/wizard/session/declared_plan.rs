//! The plan that a person says they had, for logs just read and for imported ones.

use std::sync::Arc;

use super::Session;
use crate::advice::AssessError;
use crate::measured::{Measured, Reading};
use crate::question::QuestionId;

impl Session<'_> {
    /// True if the present month was imported from these logs. A declared plan is then a change of
    /// the session, otherwise of the reading.
    pub fn has_taken(&self, reading: &Reading) -> bool {
        let taken = self.usage().measured.as_deref();
        taken.is_some_and(|taken| reading.month().is_same_logs(taken))
    }

    /// The month whose replay is available: of the logs read last, else of the imported ones.
    pub fn replayed<'a>(&'a self, reading: Option<&'a Reading>) -> Option<&'a Arc<Measured>> {
        reading.map(Reading::month).or_else(|| self.usage().measured.as_ref())
    }

    /// The logs read, with the plan that the person declared for the logs before them, else for the
    /// imported ones, unless these logs name a plan.
    pub fn with_declared_plan(&self, read: Arc<Measured>, before: Option<&str>) -> Arc<Measured> {
        let taken = self.usage().measured.as_deref();
        read.with_declared_plan(before.or_else(|| taken.and_then(Measured::declared_plan)))
    }

    /// Declares the plan for the logs read last, else for the imported ones; `None` goes back to
    /// what the logs say. For imported logs this is a change of the session: the replay, and the
    /// answer about limits unless the person gave it. Returns true if a replay for this plan is
    /// available.
    ///
    /// # Errors
    /// If the month has no price. Nothing changes then.
    pub fn declare_plan(
        &mut self,
        plan: Option<&str>,
        reading: Option<&mut Reading>,
    ) -> Result<bool, AssessError> {
        let said = match reading {
            Some(reading) if !self.has_taken(reading) => return Ok(reading.say(plan)),
            // A reading has all replays, even if the month came from a file.
            Some(reading) => reading.month().if_on(plan),
            None => self.usage().measured.as_deref().and_then(|present| present.if_on(plan)),
        };
        let (Some(said), Some(present)) = (said, self.usage().measured.clone()) else {
            return Ok(false);
        };
        let what = present.change_of_plan(&said);
        let mut choices = self.choices().clone();
        if choices.answers.given(QuestionId::Limits).is_some() {
            choices.follow(&said, QuestionId::Limits);
        }
        choices.usage.measured = Some(Arc::new(said));
        self.change(choices, what, None)?;
        Ok(true)
    }

    /// True if the next redo would import these logs in their present state.
    pub fn would_take_again(&self, reading: &Reading) -> bool {
        let next = self.future.last().and_then(|next| next.choices.usage.measured.as_deref());
        next.is_some_and(|next| next == &**reading.month())
    }
}

#[cfg(test)]
mod tests {
    use super::super::real::tests::{four_weeks_at_hand, four_weeks_replayed, session};
    use super::*;
    use crate::question::Origin;
    use crate::wizard::session::Choices;

    fn say(session: &mut Session<'_>, plan: Option<&str>) -> Result<bool, AssessError> {
        session.declare_plan(plan, None)
    }

    #[test]
    fn a_plan_that_is_said_is_replayed_answers_about_limits_and_can_be_undone() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks_at_hand())).unwrap();
        let limits = |session: &Session<'_>| {
            let given = session.answers().given(QuestionId::Limits).unwrap();
            QuestionId::Limits.option_id(given.rank)
        };
        let had = |session: &Session<'_>| {
            let measured = session.usage().measured.clone().unwrap();
            crate::words::fit::plan_had(measured.fit.as_deref().unwrap())
        };
        assert_eq!(limits(&session), "unknown");
        assert_eq!(had(&session), "Plan you had: not known. Your logs do not name it.");
        assert!(say(&mut session, Some("pro")).unwrap());
        assert_eq!(
            (limits(&session), had(&session).as_str()),
            ("often", "Plan you had: Pro (your choice).")
        );
        // A draft keeps the declared plan, but not the other replays.
        let kept = Choices::from_draft(&session.choices().draft()).unwrap();
        assert!(kept.is_kept_as(session.choices()));
        assert!(kept.usage.measured.as_ref().unwrap().replays.all().is_empty());
        assert!(say(&mut session, Some("max")).unwrap());
        assert_eq!(
            (limits(&session), had(&session).as_str()),
            ("unknown", "Plan you had: Max (your choice).")
        );
        assert!(!say(&mut session, Some("ultra")).unwrap(), "it was not replayed");
        assert_eq!(session.undo().unwrap(), "Plan you had Pro → Max");
        assert_eq!(limits(&session), "often");
        session.undo();
        assert_eq!(limits(&session), "unknown");
    }

    #[test]
    fn an_answer_of_ones_own_stands_whatever_plan_is_said() {
        let mut session = session();
        session.answer(QuestionId::Limits, 0).unwrap();
        session.take_measured(&Arc::new(four_weeks_at_hand())).unwrap();
        say(&mut session, Some("pro")).unwrap();
        let given = session.answers().given(QuestionId::Limits).unwrap();
        assert_eq!((given.rank, given.origin), (0, Origin::User));
    }

    #[test]
    fn the_plan_that_was_said_need_not_be_said_again_for_the_next_reading() {
        let mut session = session();
        session.take_measured(&Arc::new(four_weeks_at_hand())).unwrap();
        say(&mut session, Some("max")).unwrap();
        let again = session.with_declared_plan(Arc::new(four_weeks_at_hand()), None);
        assert_eq!(again.declared_plan(), Some("max"));
        // Logs that name a plan take precedence.
        let named = session.with_declared_plan(Arc::new(four_weeks_replayed()), None);
        assert_eq!(named.declared_plan(), None);
    }
}
