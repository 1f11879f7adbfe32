//! Keeps the choices for the next start, beside the loop: no key ever waits for a disk.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};

use super::message::Message;
use crate::shell::draft;

/// What is to become of the draft.
#[derive(Debug)]
pub(super) enum Order {
    /// This is the newest; what was kept before does not count any more.
    Keep(PathBuf, String),
    /// Nothing is to be kept.
    Drop(PathBuf),
    /// What is kept is to be found at the second place from now on.
    Aside(PathBuf, PathBuf),
}

/// The thread that writes the draft. When it is dropped the newest draft is on disk.
#[derive(Debug)]
pub(super) struct Keeper {
    orders: Option<Sender<Order>>,
    thread: Option<JoinHandle<Option<String>>>,
}

impl Keeper {
    /// Starts the thread; what goes wrong is sent to `answers`.
    pub(super) fn start(answers: Sender<Message>) -> Self {
        let (orders, inbox) = mpsc::channel();
        let thread = thread::spawn(move || keep(&inbox, &answers));
        Self { orders: Some(orders), thread: Some(thread) }
    }

    /// Hands an order over and returns at once.
    pub(super) fn send(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // The thread ends only with the keeper itself.
            let _ = orders.send(order);
        }
    }

    /// Carries out what is left to do. Returns why the newest draft is not on disk, if it is not.
    pub(super) fn finish(mut self) -> Option<String> {
        self.end()
    }

    fn end(&mut self) -> Option<String> {
        self.orders = None;
        self.thread.take()?.join().ok().flatten()
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
            Order::Aside(path, aside) => draft::set_aside(&path, &aside),
        };
        problem = result.err().map(|error| error.to_string());
        // Told every time: the next key clears what the status line says.
        if let Some(problem) = &problem {
            let _ = answers.send(Message::Draft(problem.clone()));
        }
    }
}
