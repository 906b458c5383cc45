//! A test program with a `main` of its own, because it is also the worker it starts.
#![allow(clippy::print_stdout, reason = "this is a test harness")]

use std::process::ExitCode;

/// Name and body.
pub type Test = (&'static str, fn());

/// What a test harness has to understand: a list on request, and names to run.
pub fn run(tests: &[Test]) -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let named: Vec<&String> = args.iter().filter(|a| !a.starts_with('-')).collect();
    let chosen = tests.iter().filter(|(name, _)| {
        let fits = |n: &&String| {
            if has("--exact") {
                *n == name
            } else {
                name.contains(n.as_str())
            }
        };
        !has("--ignored") && (has("--list") || named.is_empty() || named.iter().any(fits))
    });
    for (name, test) in chosen {
        if has("--list") {
            println!("{name}: test");
        } else {
            test();
            println!("test {name} ... ok");
        }
    }
    ExitCode::SUCCESS
}

/// The table of tests, each under its own name.
#[macro_export]
macro_rules! tests {
    ($($name:ident),+ $(,)?) => { &[$((stringify!($name), $name)),+] };
}
