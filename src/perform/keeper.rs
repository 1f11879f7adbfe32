//! Keeps the choices for the next start in a background thread, so that no key waits for a disk.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::tell::Tell;
use crate::shell::draft;
use crate::wizard::{DraftOrder, Message, Places};

/// The message if the thread panicked.
const BROKEN: &str = "keeping them broke off by a fault of planwise; save the report instead";

/// The draft files.
#[derive(Debug, Clone)]
pub(super) struct Files {
    draft: PathBuf,
    earlier: Option<PathBuf>,
}

impl Files {
    /// Returns `None` if nothing is kept.
    fn of(places: &Places) -> Option<Self> {
        let (draft, earlier) = (places.draft.clone()?, places.earlier.clone());
        Some(Self { draft, earlier })
    }

    fn carry_out(&self, order: &DraftOrder) -> Result<(), String> {
        let Self { draft, earlier } = self;
        match (order, earlier) {
            (DraftOrder::Keep(choices), _) => draft::save(draft, &choices.draft()),
            (DraftOrder::Drop, _) => draft::discard(draft),
            (DraftOrder::DropSaved(choices), _) => draft::discard_only(draft, &choices.draft()),
            (DraftOrder::SetAside, Some(earlier)) => draft::set_aside(draft, earlier),
            (DraftOrder::SetAside, None) => Ok(()),
        }
        .map_err(|error| draft::why_not(&error))
    }
}

/// Keeps the draft. Dropping the keeper first writes the newest one to disk.
#[derive(Debug)]
pub(super) enum Keeper {
    /// Keeps nothing.
    Nothing,
    /// Performs each order before it returns.
    AtOnce(Files),
    /// Hands the orders to a thread.
    Beside(Beside),
}

/// The thread that writes the draft.
pub(super) struct Beside {
    orders: Option<Sender<DraftOrder>>,
    tell: Tell,
    thread: Option<JoinHandle<Option<String>>>,
}

impl std::fmt::Debug for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Beside").field("thread", &self.thread).finish_non_exhaustive()
    }
}

impl Keeper {
    /// Starts a thread. Errors go to `tell`.
    pub(super) fn beside(places: &Places, tell: Tell) -> Self {
        Files::of(places).map_or(Self::Nothing, |files| {
            Self::Beside(Beside::with(tell, move |inbox, tell| keep(inbox, tell, &files)))
        })
    }

    pub(super) fn at_once(places: &Places) -> Self {
        Files::of(places).map_or(Self::Nothing, Self::AtOnce)
    }

    /// Performs an order, or hands it to the thread and returns at once. Returns the result if it
    /// is known.
    pub(super) fn keep(&self, order: DraftOrder) -> Option<Result<(), String>> {
        match self {
            Self::Nothing => None,
            Self::AtOnce(files) => Some(files.carry_out(&order)),
            Self::Beside(thread) => {
                thread.send(order);
                None
            }
        }
    }

    /// Performs the pending orders. Returns why the newest draft is not on disk, if only the thread
    /// knows.
    pub(super) fn finish(self) -> Option<String> {
        match self {
            Self::Nothing | Self::AtOnce(_) => None,
            Self::Beside(mut thread) => thread.end(),
        }
    }
}

impl Beside {
    fn with(
        tell: Tell,
        work: impl FnOnce(&Receiver<DraftOrder>, &Tell) -> Option<String> + Send + 'static,
    ) -> Self {
        let (orders, inbox) = mpsc::channel();
        let told = Tell::clone(&tell);
        let thread = thread::spawn(move || work(&inbox, &told));
        Self { orders: Some(orders), tell, thread: Some(thread) }
    }

    fn send(&self, order: DraftOrder) {
        // The thread ends only with the keeper itself, or by a panic.
        let is_gone = self.orders.as_ref().is_some_and(|orders| orders.send(order).is_err());
        if is_gone {
            (self.tell)(Message::Draft(Err(BROKEN.to_owned())));
        }
    }

    fn end(&mut self) -> Option<String> {
        self.orders = None;
        self.thread.take()?.join().unwrap_or_else(|_| Some(BROKEN.to_owned()))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.end();
    }
}

/// Performs the newest of the pending orders, until the channel closes. Returns the error of the
/// last one.
fn keep(inbox: &Receiver<DraftOrder>, tell: &Tell, files: &Files) -> Option<String> {
    let mut problem = None;
    let mut queue = VecDeque::new();
    loop {
        match queue.pop_front().map_or_else(|| inbox.recv(), Ok) {
            Ok(order) => queue.push_front(order),
            Err(_) => return problem,
        }
        queue.extend(inbox.try_iter());
        let Some(order) = queue.pop_front() else {
            continue;
        };
        // Of several drafts in a row only the newest is worth a write.
        if matches!(
            (&order, queue.front()),
            (DraftOrder::Keep(_), Some(DraftOrder::Keep(_) | DraftOrder::Drop))
        ) {
            continue;
        }
        problem = files.carry_out(&order).err();
        // Reported every time, because the next key clears the status line.
        if let Some(problem) = &problem {
            tell(Message::Draft(Err(problem.clone())));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_fault_of_the_thread_is_said_at_the_next_answer_and_at_the_end() {
        let (answers, inbox) = mpsc::channel();
        let (done, ended) = mpsc::channel::<()>();
        let tell: Tell = Arc::new(move |message| drop(answers.send(message)));
        let mut keeper = Beside::with(tell, move |orders, _| {
            let _ = orders.recv();
            drop(done);
            std::panic::resume_unwind(Box::new("a fault"))
        });
        keeper.send(DraftOrder::Drop);
        assert!(ended.recv().is_err());
        // Until the thread is gone it still accepts orders, so repeat them. The end reports the
        // error in any case.
        let said = loop {
            keeper.send(DraftOrder::Drop);
            if let Ok(message) = inbox.try_recv() {
                break message;
            }
            thread::yield_now();
        };
        assert_eq!(said, Message::Draft(Err(BROKEN.to_owned())));
        assert_eq!(keeper.end().as_deref(), Some(BROKEN));
    }
}
