//! Ten thousand keys and sizes that nobody would think of, in a real terminal.

use super::*;

/// Sessions, and keys in each.
const SESSIONS: u64 = 4;
const KEYS: usize = 2_500;

/// Keys that do not leave, and pastes. The common ones stand more than once.
const ALL: [&str; 62] = [
    "\r",
    "\r",
    "\r",
    "\r",
    "\t",
    "\t",
    " ",
    " ",
    "1",
    "1",
    "2",
    "2",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "0",
    "j",
    "j",
    "k",
    "h",
    "l",
    "l",
    "w",
    "e",
    "c",
    "n",
    "p",
    "f",
    "s",
    "u",
    "u",
    "\x12",
    "t",
    "m",
    "?",
    "v",
    "x",
    "y",
    "d",
    "-",
    "+",
    "[",
    "]",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[H",
    "\x1b[F",
    "\x1b[Z",
    "\x1bOQ",
    "\x7f",
    "\x15",
    "\x0c",
    "\x1b[200~12M\r\nz\x1b[201~",
];

const SIZES: [(u16, u16); 10] = [
    (80, 24),
    (120, 40),
    (40, 12),
    (39, 11),
    (1, 1),
    (200, 60),
    (60, 20),
    (10, 50),
    (76, 30),
    (300, 100),
];

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        list[usize::try_from(self.0 % list.len() as u64).unwrap()]
    }
}

#[test]
fn ten_thousand_keys_and_sizes_end_in_order_and_no_answer_is_lost() {
    let mut kept = 0;
    for session in 1..=SESSIONS {
        let home = home();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ session);
        let mut terminal = Pty::start(wizard(home.path(), &[]), USUAL);
        terminal.wait_for("> Start");
        for _ in 0..KEYS / 25 {
            let keys: Vec<&str> = (0..25).map(|_| dice.of(&ALL)).collect();
            terminal.send(&keys.concat());
            let (columns, rows) = dice.of(&SIZES);
            terminal.resize(columns, rows);
        }
        // Keys come in order: whatever was typed is taken in before this one.
        terminal.send(CTRL_C);
        let left = terminal.finish();
        assert_eq!(left.code, Some(130), "session {session}: {}", farewell(&left));
        assert_restored(&left);
        assert!(!left.text().contains("panicked"), "session {session}");
        let said = farewell(&left);
        if !said.contains("Your answers are") {
            let elsewhere = said.contains("Saved: ") || said.contains("Nothing was saved.");
            assert!(elsewhere || said.trim().is_empty(), "session {session}: {said}");
            continue;
        }
        kept += 1;
        // The next start has every answer, and so the same result at the same cost.
        let draft = || fs::read_to_string(home.path().join("state/planwise/draft.json")).unwrap();
        let before = draft();
        let mut terminal = start(home.path(), &[]);
        terminal.wait_for("> Continue");
        terminal.send(ENTER);
        terminal.wait("another screen", |screen| !screen.contents().contains("> Continue"));
        terminal.send(CTRL_C);
        let left = terminal.finish();
        assert_restored(&left);
        // In lines as long as the terminal then is.
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(&farewell(&left)), words(&said), "session {session}");
        assert_eq!(draft(), before, "session {session}");
    }
    assert!(kept > 0, "no session ended with answers of its own");
}
