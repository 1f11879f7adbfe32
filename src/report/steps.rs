//! Undo and redo for the kept scenarios.
//!
//! A step is stored as the order that undoes it. Performing that order is itself a step, which redo
//! then undoes.

use super::{Deleted, ScenarioDone, ScenarioId, ScenarioOrder};

/// The changes to kept scenarios since the program started.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// The orders that undo steps, the latest last.
    back: Vec<ScenarioOrder>,
    /// The orders that redo undone steps, the latest undone last.
    again: Vec<ScenarioOrder>,
    way: Direction,
}

/// The purpose of the pending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Direction {
    /// A new change by the person.
    #[default]
    New,
    /// Undo.
    Back,
    /// Redo.
    Again,
}

impl Steps {
    /// Without any steps.
    pub const fn new() -> Self {
        Self { back: Vec::new(), again: Vec::new(), way: Direction::New }
    }

    /// The order that undoes the last step. `None` if there is none.
    pub fn undo(&mut self) -> Option<ScenarioOrder> {
        let order = self.back.last()?.clone();
        self.way = Direction::Back;
        Some(order)
    }

    /// The order that redoes the step undone last. `None` if there is none.
    pub fn redo(&mut self) -> Option<ScenarioOrder> {
        let order = self.again.last()?.clone();
        self.way = Direction::Again;
        Some(order)
    }

    /// Records the result of the last order and returns a message. `None` if nothing changed.
    pub fn done(&mut self, done: &ScenarioDone) -> Option<&'static str> {
        let inverse = match done {
            ScenarioDone::Listed => return None,
            ScenarioDone::Kept(id) => ScenarioOrder::Delete(id.clone()),
            ScenarioDone::Renamed { id, from } => {
                ScenarioOrder::Rename { id: id.clone(), name: from.clone() }
            }
            ScenarioDone::Deleted(deleted) => ScenarioOrder::Restore(deleted.clone()),
            ScenarioDone::Restored { id, was } => {
                for order in self.back.iter_mut().chain(&mut self.again) {
                    follow(order, was, id);
                }
                ScenarioOrder::Delete(id.clone())
            }
        };
        let way = std::mem::take(&mut self.way);
        match way {
            Direction::New => {
                self.back.push(inverse);
                self.again.clear();
            }
            Direction::Back => {
                self.back.pop();
                self.again.push(inverse);
            }
            Direction::Again => {
                self.again.pop();
                self.back.push(inverse);
            }
        }
        Some(said(way, done))
    }

    /// Records that the last order failed. Its step can still be undone or redone.
    pub fn failed(&mut self) {
        self.way = Direction::New;
    }
}

const fn said(way: Direction, done: &ScenarioDone) -> &'static str {
    match (way, done) {
        (Direction::New, ScenarioDone::Renamed { .. }) => "Renamed. u takes it back.",
        (Direction::New, ScenarioDone::Deleted(_)) => "Deleted. u brings it back.",
        (Direction::Back, ScenarioDone::Renamed { .. }) => "It has its old name.",
        (Direction::Back, ScenarioDone::Deleted(_)) => "No longer kept.",
        (Direction::Again, ScenarioDone::Renamed { .. }) => "Renamed again.",
        (Direction::Again, ScenarioDone::Deleted(_)) => "Deleted again.",
        (Direction::Again, ScenarioDone::Restored { .. }) => "Kept again.",
        (_, ScenarioDone::Restored { .. } | ScenarioDone::Listed) => "It is back.",
        (_, ScenarioDone::Kept(_)) => "Kept. u takes it back.",
    }
}

/// Updates an order after a scenario was restored under another file name.
fn follow(order: &mut ScenarioOrder, was: &ScenarioId, is: &ScenarioId) {
    match order {
        ScenarioOrder::Rename { id, .. }
        | ScenarioOrder::Delete(id)
        | ScenarioOrder::Restore(Deleted { id, .. })
            if id == was =>
        {
            id.clone_from(is);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> ScenarioId {
        ScenarioId(name.into())
    }

    fn renamed(of: &str, from: &str) -> ScenarioDone {
        ScenarioDone::Renamed { id: id(of), from: from.to_owned() }
    }

    fn rename(of: &str, name: &str) -> ScenarioOrder {
        ScenarioOrder::Rename { id: id(of), name: name.to_owned() }
    }

    fn deleted(of: &str) -> Deleted {
        Deleted { id: id(of), aside: format!("deleted/{of}").into() }
    }

    #[test]
    fn every_step_is_taken_back_in_order_and_done_again() {
        let mut steps = Steps::default();
        assert_eq!(steps.done(&renamed("a", "one")), Some("Renamed. u takes it back."));
        let deleted = deleted("b");
        let gone = ScenarioDone::Deleted(deleted.clone());
        assert_eq!(steps.done(&gone), Some("Deleted. u brings it back."));
        assert_eq!(steps.undo(), Some(ScenarioOrder::Restore(deleted)));
        let back = ScenarioDone::Restored { id: id("b"), was: id("b") };
        assert_eq!(steps.done(&back), Some("It is back."));
        assert_eq!(steps.undo(), Some(rename("a", "one")));
        assert_eq!(steps.done(&renamed("a", "two")), Some("It has its old name."));
        assert_eq!(steps.undo(), None);
        assert_eq!(steps.redo(), Some(rename("a", "two")));
        assert_eq!(steps.done(&renamed("a", "one")), Some("Renamed again."));
        assert_eq!(steps.redo(), Some(ScenarioOrder::Delete(id("b"))));
        assert_eq!(steps.done(&gone), Some("Deleted again."));
        assert_eq!(steps.redo(), None);
        assert!(steps.undo().is_some());
    }

    #[test]
    fn what_was_kept_is_taken_away_and_comes_back() {
        let mut steps = Steps::default();
        assert_eq!(steps.done(&ScenarioDone::Kept(id("a"))), Some("Kept. u takes it back."));
        assert_eq!(steps.undo(), Some(ScenarioOrder::Delete(id("a"))));
        let gone = ScenarioDone::Deleted(deleted("a"));
        assert_eq!(steps.done(&gone), Some("No longer kept."));
        assert_eq!(steps.redo(), Some(ScenarioOrder::Restore(deleted("a"))));
        let back = ScenarioDone::Restored { id: id("a"), was: id("a") };
        assert_eq!(steps.done(&back), Some("Kept again."));
    }

    #[test]
    fn a_step_that_could_not_be_taken_back_can_be_tried_again() {
        let mut steps = Steps::default();
        steps.done(&renamed("a", "one"));
        assert_eq!(steps.undo(), Some(rename("a", "one")));
        steps.failed();
        assert_eq!(steps.undo(), Some(rename("a", "one")));
        // A new change after that is a step of its own and clears the redo list.
        steps.done(&renamed("a", "two"));
        steps.done(&renamed("a", "three"));
        assert_eq!(steps.redo(), None);
        assert_eq!(steps.undo(), Some(rename("a", "three")));
    }

    #[test]
    fn earlier_steps_follow_one_that_came_back_under_another_file_name() {
        let mut steps = Steps::default();
        steps.done(&renamed("a", "one"));
        steps.done(&ScenarioDone::Deleted(deleted("a")));
        steps.undo();
        steps.done(&ScenarioDone::Restored { id: id("a-2"), was: id("a") });
        assert_eq!(steps.undo(), Some(rename("a-2", "one")));
    }
}
