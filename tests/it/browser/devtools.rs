//! A headless Chromium, driven with the `DevTools` protocol over a pipe: no port, no server.
//!
//! The browser reads commands from descriptor 3 and writes answers and events to descriptor 4,
//! each a JSON object and a NUL byte. A shell lays them on standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::at_hand;

/// How long one command may take; a slow machine is not a failure.
const PATIENCE: Duration = Duration::from_secs(60);

/// The programs that are looked for on the path.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The browser to use: the one named in `PLANWISE_CHROMIUM`, else the first on the path.
pub(crate) fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("PLANWISE_CHROMIUM") {
        return Some(named.into());
    }
    at_hand(&NAMES)
}

/// A browser with one open page.
pub(crate) struct Browser {
    child: Child,
    commands: ChildStdin,
    messages: Receiver<Value>,
    session: Option<String>,
    last_id: u64,
    /// Everything that happened since the page was asked for.
    pub(crate) events: Vec<Value>,
    _home: TempDir,
}

impl Browser {
    pub(crate) fn start(program: &Path) -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 >/dev/null 2>&1"])
            .arg(program)
            .args([
                "--headless=new",
                "--remote-debugging-pipe",
                // The pages are our own; a root user has no sandbox.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--hide-scrollbars",
            ])
            .arg(format!("--user-data-dir={}", home.path().display()))
            .env("HOME", home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let commands = child.stdin.take().unwrap();
        let mut answers = BufReader::new(child.stdout.take().unwrap());
        let (send, messages) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while answers.read_until(0, &mut bytes).is_ok_and(|count| count > 0) {
                bytes.pop();
                let Ok(message) = serde_json::from_slice(&bytes) else { break };
                if send.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let mut browser = Self {
            child,
            commands,
            messages,
            session: None,
            last_id: 0,
            events: Vec::new(),
            _home: home,
        };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.call("Target.attachToTarget", &attach);
        browser.session = Some(session["sessionId"].as_str().unwrap().to_owned());
        for domain in ["Page", "Runtime", "Log", "Network"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Sends a command and waits for its answer.
    pub(crate) fn call(&mut self, method: &str, params: &Value) -> Value {
        self.last_id += 1;
        let mut command = json!({"id": self.last_id, "method": method, "params": params});
        if let Some(session) = &self.session {
            command["sessionId"] = session.as_str().into();
        }
        self.commands.write_all(format!("{command}\0").as_bytes()).unwrap();
        self.commands.flush().unwrap();
        loop {
            let message = self.next(method);
            if message["id"] == self.last_id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
            self.events.push(message);
        }
    }

    fn next(&self, what: &str) -> Value {
        let answer = self.messages.recv_timeout(PATIENCE);
        assert!(answer.is_ok(), "the browser says nothing to {what}: {answer:?}");
        answer.unwrap()
    }

    /// Opens a page and waits until it is there.
    pub(crate) fn open(&mut self, url: &str) {
        self.events.clear();
        self.call("Page.navigate", &json!({"url": url}));
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            let message = self.next("Page.navigate");
            self.events.push(message);
        }
    }

    /// The size of the window. A phone would zoom out of a page that is too wide; this does not.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }

    pub(crate) fn prefer(&mut self, scheme: &str) {
        let feature = json!({"name": "prefers-color-scheme", "value": scheme});
        self.call("Emulation.setEmulatedMedia", &json!({"media": "", "features": [feature]}));
    }

    /// Shows pages as they are on paper, until a scheme is preferred again.
    pub(crate) fn print(&mut self) {
        self.call("Emulation.setEmulatedMedia", &json!({"media": "print"}));
    }

    /// What an expression gives in the page. The page itself may run no script; this is the
    /// tester's.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let result = self
            .call("Runtime.evaluate", &json!({"expression": expression, "returnByValue": true}));
        assert!(result["exceptionDetails"].is_null(), "{}", result["exceptionDetails"]);
        result["result"]["value"].clone()
    }

    /// What a picture or a printed page consists of.
    pub(crate) fn bytes(&mut self, method: &str, params: &Value) -> Vec<u8> {
        use base64::Engine as _;
        let result = self.call(method, params);
        base64::engine::general_purpose::STANDARD.decode(result["data"].as_str().unwrap()).unwrap()
    }

    /// What was requested beside the page itself, and everything written to the console.
    pub(crate) fn noise(&self, url: &str) -> Vec<String> {
        self.events
            .iter()
            .filter_map(|event| {
                let params = &event["params"];
                match event["method"].as_str()? {
                    "Network.requestWillBeSent" => {
                        let asked = params["request"]["url"].as_str()?;
                        (asked != url).then(|| format!("request: {asked}"))
                    }
                    "Log.entryAdded" => Some(format!("log: {}", params["entry"])),
                    "Runtime.consoleAPICalled" => Some(format!("console: {params}")),
                    "Runtime.exceptionThrown" => Some(format!("exception: {params}")),
                    "Page.javascriptDialogOpening" => Some(format!("dialog: {params}")),
                    _ => None,
                }
            })
            .collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // By its own child only; the helpers of the browser end with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
