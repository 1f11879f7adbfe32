//! Keeps the choices for the next start, beside the loop: no key ever waits for a disk.

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
}

impl Keeper {
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
    while let Ok(order) = inbox.recv() {
        let newest = inbox.try_iter().last().unwrap_or(order);
        let result = match newest {
            Order::Keep(path, text) => draft::save(&path, &text),
            Order::Drop(path) => draft::discard(&path),
        };
        problem = result.err().map(|error| error.to_string());
        // Told every time: the next key clears what the status line says.
        if let Some(problem) = &problem {
            let _ = answers.send(Message::Draft(problem.clone()));
        }
    }
    problem
}
