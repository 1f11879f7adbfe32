//! Keeps the choices for the next start, beside the loop: no key ever waits for a disk.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::message::Message;
use crate::shell::draft;

/// What is said when the thread has met a fault.
const BROKEN: &str = "keeping them broke off by a fault of planwise; save the report instead";

/// What is to become of the draft.
#[derive(Debug)]
pub(super) enum Order {
    /// This is the newest; what was kept before does not count any more.
    Keep(PathBuf, String),
    /// Nothing is to be kept.
    Drop(PathBuf),
    /// This is not to be kept; what another program has kept stays.
    DropOnly(PathBuf, String),
    /// What is kept is to be found at the second place from now on.
    Aside(PathBuf, PathBuf),
}

/// The thread that writes the draft. When it is dropped the newest draft is on disk.
#[derive(Debug)]
pub(super) struct Keeper {
    orders: Option<Sender<Order>>,
    answers: Sender<Message>,
    thread: Option<JoinHandle<Option<String>>>,
}

impl Keeper {
    /// Starts the thread; what goes wrong is sent to `answers`.
    pub(super) fn start(answers: Sender<Message>) -> Self {
        Self::with(answers, keep)
    }

    /// The same with other work for the thread.
    fn with(
        answers: Sender<Message>,
        work: impl FnOnce(&Receiver<Order>, &Sender<Message>) -> Option<String> + Send + 'static,
    ) -> Self {
        let (orders, inbox) = mpsc::channel();
        let told = answers.clone();
        let thread = thread::spawn(move || work(&inbox, &told));
        Self { orders: Some(orders), answers, thread: Some(thread) }
    }

    /// Hands an order over and returns at once.
    pub(super) fn send(&self, order: Order) {
        // The thread ends only with the keeper itself, or by a fault.
        let is_gone = self.orders.as_ref().is_some_and(|orders| orders.send(order).is_err());
        if is_gone {
            let _ = self.answers.send(Message::Draft(BROKEN.to_owned()));
        }
    }

    /// Carries out what is left to do. Returns why the newest draft is not on disk, if it is not.
    pub(super) fn finish(mut self) -> Option<String> {
        self.end()
    }

    fn end(&mut self) -> Option<String> {
        self.orders = None;
        self.thread.take()?.join().unwrap_or_else(|_| Some(BROKEN.to_owned()))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.end();
    }
}

/// Carries out the newest of the orders that have come in, until no more can come. Returns what
/// went wrong with the last one.
fn keep(inbox: &Receiver<Order>, answers: &Sender<Message>) -> Option<String> {
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
        // Only the newest of several drafts in a row is worth a write.
        if matches!(
            (&order, queue.front()),
            (Order::Keep(..), Some(Order::Keep(..) | Order::Drop(_)))
        ) {
            continue;
        }
        let result = match order {
            Order::Keep(path, text) => draft::save(&path, &text),
            Order::Drop(path) => draft::discard(&path),
            Order::DropOnly(path, text) => draft::discard_only(&path, &text),
            Order::Aside(path, aside) => draft::set_aside(&path, &aside),
        };
        problem = result.err().map(|error| draft::why_not(&error));
        // Told every time: the next key clears what the status line says.
        if let Some(problem) = &problem {
            let _ = answers.send(Message::Draft(problem.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_the_thread_is_said_at_the_next_answer_and_at_the_end() {
        let (answers, inbox) = mpsc::channel();
        let (done, ended) = mpsc::channel::<()>();
        let keeper = Keeper::with(answers, move |orders, _| {
            let _ = orders.recv();
            drop(done);
            std::panic::resume_unwind(Box::new("a fault"))
        });
        let order = || Order::Drop(PathBuf::from("/nowhere"));
        keeper.send(order());
        assert!(ended.recv().is_err());
        // Until the thread is gone an order is still taken: the end says it in any case.
        let said = loop {
            keeper.send(order());
            if let Ok(message) = inbox.try_recv() {
                break message;
            }
            thread::yield_now();
        };
        assert_eq!(said, Message::Draft(BROKEN.to_owned()));
        assert_eq!(keeper.finish().as_deref(), Some(BROKEN));
    }
}
