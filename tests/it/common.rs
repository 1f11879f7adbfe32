//! What tests share: homes, reports, histories, screens and keys. Benches and the tests in
//! terminals take single files of it.

mod at_hand;
pub(crate) mod cases;
pub(crate) mod colour;
pub(crate) mod drawn;
pub(crate) mod full;
pub(crate) mod home;
pub(crate) mod keys;
pub(crate) mod month;
#[cfg(unix)]
#[expect(dead_code, reason = "the tests in terminals take the rest")]
pub(crate) mod pty;
pub(crate) mod replayed;
pub(crate) mod shapes;
pub(crate) mod since;
pub(crate) mod stages;
pub(crate) mod tree;
pub(crate) mod unnamed_plan;

pub(crate) use at_hand::at_hand;
