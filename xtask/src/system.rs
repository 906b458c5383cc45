//! System packages: installed where we can, named where we cannot.

use crate::shell::program;
use anyhow::{Result, bail};
use std::collections::HashSet;
use std::io::IsTerminal;

/// What the machine is asked for.
#[derive(Clone, Copy, PartialEq)]
pub enum Need {
    /// Enough to build and open the window.
    Build,
    /// Also enough to drive it without a screen or a sound card.
    Tests,
}

const BUILD: &[&str] = &[
    "build-essential",
    "cmake",
    "libasound2-dev",
    "libclang-dev",
    "libdbus-1-dev",
    "librsvg2-dev",
    "libsoup-3.0-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
];

const TESTS: &[&str] = &[
    "dbus-x11",
    "espeak-ng",
    "ffmpeg",
    "fonts-noto-cjk",
    "iproute2",
    "libasound2-plugins",
    "pulseaudio",
    "pulseaudio-utils",
    "util-linux",
    "webkit2gtk-driver",
    "xvfb",
];

/// Makes sure the packages are there.
pub fn ensure(need: Need) -> Result<()> {
    if !cfg!(target_os = "linux") {
        // macOS and Windows bring their own web view and sound; only the compilers are asked for.
        for (tool, word) in [("cmake", "CMake"), ("clang", "Clang (LLVM)")] {
            if !program(tool).args(["--version"]).works() {
                bail!("{word} is missing: install it and put it on the PATH, then try again");
            }
        }
        return Ok(());
    }
    let mut wanted = BUILD.to_vec();
    if need == Need::Tests {
        wanted.extend(TESTS);
    }
    if !program("apt-get").args(["--version"]).works() {
        return name_what_is_missing(need);
    }
    let missing = missing(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing system packages: {}", missing.join(" "));
    apt(&["update"], &missing)?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install, &missing)
}

fn missing<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    let said = program("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Abbrev} ${Package}\\n"])
        .args(wanted)
        .ask()
        .map(|(_, text)| text)
        .unwrap_or_default();
    let installed: HashSet<&str> = said
        .lines()
        .filter_map(|line| line.strip_prefix("ii"))
        .map(str::trim)
        .collect();
    wanted
        .iter()
        .copied()
        .filter(|name| !installed.contains(name))
        .collect()
}

fn apt(args: &[&str], missing: &[&str]) -> Result<()> {
    let quiet = [
        "-q",
        "-o",
        "Acquire::Retries=3",
        "-o",
        "DPkg::Lock::Timeout=300",
    ];
    let is_root = program("id")
        .args(["-u"])
        .ask()
        .is_some_and(|(_, id)| id.trim() == "0");
    let shell = if is_root {
        program("apt-get").env("DEBIAN_FRONTEND", "noninteractive")
    } else if program("sudo").args(["-n", "true"]).works() {
        program("sudo").args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
    } else if program("sudo").args(["--version"]).works() && std::io::stdin().is_terminal() {
        program("sudo").args(["DEBIAN_FRONTEND=noninteractive", "apt-get"])
    } else {
        bail!(
            "system packages are missing and there is neither root nor sudo here. As root:\n\n    \
             apt-get install {}\n",
            missing.join(" ")
        );
    };
    shell.args(quiet).args(args).run()
}

/// Without apt: look for what the packages would bring, and say what to install.
fn name_what_is_missing(need: Need) -> Result<()> {
    let mut lacking: Vec<String> = Vec::new();
    for tool in ["cc", "c++", "cmake", "pkg-config"] {
        if !program(tool).args(["--version"]).works() {
            lacking.push(format!("the program `{tool}`"));
        }
    }
    for library in [
        "webkit2gtk-4.1",
        "libsoup-3.0",
        "librsvg-2.0",
        "alsa",
        "openssl",
    ] {
        if !program("pkg-config").args(["--exists", library]).works() {
            lacking.push(format!("{library} with its development files"));
        }
    }
    if need == Need::Tests {
        for tool in [
            "WebKitWebDriver",
            "Xvfb",
            "dbus-daemon",
            "pulseaudio",
            "parec",
        ] {
            if !program("sh")
                .args(["-c", &format!("command -v {tool}")])
                .works()
            {
                lacking.push(format!("the program `{tool}`"));
            }
        }
    }
    if lacking.is_empty() {
        return Ok(());
    }
    bail!(
        "this system is not Debian or Ubuntu, so please install by hand (libclang is needed too):\n  - {}\n\
         What the packages are called on Debian: {} {}",
        lacking.join("\n  - "),
        BUILD.join(" "),
        if need == Need::Tests {
            TESTS.join(" ")
        } else {
            String::new()
        }
    )
}
