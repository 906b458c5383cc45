//! The table.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

/// One line of the table.
pub(crate) struct Row {
    what: String,
    figure: String,
    target: String,
    verdict: Verdict,
}

#[derive(PartialEq)]
enum Verdict {
    Met,
    Missed,
    /// Not measured here.
    Skipped,
    /// Nothing was promised.
    Told,
}

impl Row {
    /// A figure and whether it keeps the promise.
    pub fn new(what: &str, figure: String, target: &str, met: bool) -> Self {
        Self {
            what: what.into(),
            figure,
            target: target.into(),
            verdict: if met { Verdict::Met } else { Verdict::Missed },
        }
    }

    /// Something that cannot be measured here, and why.
    pub fn skipped(what: &str, why: &str, target: &str) -> Self {
        Self {
            what: what.into(),
            figure: why.into(),
            target: target.into(),
            verdict: Verdict::Skipped,
        }
    }

    /// A figure that is worth knowing, of which nothing was promised.
    pub fn told(what: &str, figure: String) -> Self {
        Self {
            what: what.into(),
            figure,
            target: "told".into(),
            verdict: Verdict::Told,
        }
    }
}

/// Rows as they come.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
    broken: Vec<String>,
}

impl Report {
    pub fn extend(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    /// A measurement that failed: the others still count.
    pub fn broke(&mut self, why: &str) {
        self.broken.push(why.to_owned());
    }

    /// Prints the table; a missed target or a broken measurement is a failure.
    pub fn print(self) -> ExitCode {
        let mut text = format!(
            "{:<46} {:>34}  {:<22} {}\n",
            "measure", "figure", "target", "verdict"
        );
        for r in &self.rows {
            let verdict = match r.verdict {
                Verdict::Met => "met",
                Verdict::Missed => "MISSED",
                Verdict::Skipped => "skipped",
                Verdict::Told => "",
            };
            text.push_str(&format!(
                "{:<46} {:>34}  {:<22} {verdict}\n",
                r.what, r.figure, r.target
            ));
        }
        for why in &self.broken {
            text.push_str(&format!("broke: {why}\n"));
        }
        // Nobody reads a table whose output is gone.
        let _ = std::io::stdout().lock().write_all(text.as_bytes());
        let missed = self.rows.iter().any(|r| r.verdict == Verdict::Missed);
        if missed || !self.broken.is_empty() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    }
}

/// Says on standard error what is being prepared: some of it takes minutes.
pub(crate) fn say(what: &str) {
    let _ = writeln!(std::io::stderr().lock(), "… {what}");
}

/// Times of many runs.
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub fn new(mut times: Vec<Duration>) -> Self {
        times.sort();
        Self(times)
    }

    /// The time that `permille` of the runs stay under, in milliseconds.
    pub fn at(&self, permille: usize) -> f64 {
        let index = (self.0.len() * permille / 1000).min(self.0.len().saturating_sub(1));
        self.0
            .get(index)
            .map_or(f64::NAN, |t| t.as_secs_f64() * 1000.0)
    }

    /// "p50 0.2 ms · p99 0.9 ms · max 1.2 ms".
    pub fn words(&self) -> String {
        let (p50, p99, max) = (self.at(500), self.at(990), self.at(1000));
        format!("p50 {p50:.2} p99 {p99:.2} max {max:.2} ms")
    }
}
