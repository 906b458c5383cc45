//! TypeScript for the UI: every type that crosses, one typed function per command, the error
//! codes and the events. `cargo xtask gen` writes them, a test fails when they are stale.

mod constants;

use qinting_desk::*;
use qinting_domain::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use ts_rs::{Config, TS, TypeVisitor};

/// First line of every generated file.
const HEAD: &str = "// Made by `cargo xtask gen` from the Rust types. Do not edit.\n\n";

/// Name of a request or answer in TypeScript.
trait Crosses {
    fn ts_name(cfg: &Config) -> String;
    fn collect(types: &mut Types);
}

impl<T: TS + 'static> Crosses for T {
    fn ts_name(cfg: &Config) -> String {
        T::name(cfg)
    }
    fn collect(types: &mut Types) {
        types.visit::<T>();
    }
}

struct Types {
    cfg: Config,
    decls: BTreeMap<String, String>,
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of ours have a declaration; the rest are built in.
        if T::output_path().is_some() {
            let name = T::ident(&self.cfg);
            if self.decls.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.decls
                .insert(name, format!("{docs}export {}\n", T::decl(&self.cfg)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut up = false;
    for c in name.chars() {
        if c == '_' {
            up = true;
        } else if up {
            out.extend(c.to_uppercase());
            up = false;
        } else {
            out.push(c);
        }
    }
    out
}

fn void(ts: String) -> String {
    if ts == "null" { "void".into() } else { ts }
}

/// The generated files: (name, content).
pub fn files() -> Vec<(&'static str, String)> {
    let numbers = || Config::new().with_large_int("number");
    let cfg = numbers();
    let mut types = Types {
        cfg: numbers(),
        decls: BTreeMap::new(),
    };
    let mut commands = String::new();
    let mut used: Vec<String> = Vec::new();
    let mut list = String::new();

    macro_rules! emit {
        ($($(#[$mark:ident])? $name:ident($req:ty) -> $res:ty;)*) => {$(
            <$req as Crosses>::collect(&mut types);
            <$res as Crosses>::collect(&mut types);
            line(&mut commands, &mut used, stringify!($name),
                 <$req as Crosses>::ts_name(&cfg), <$res as Crosses>::ts_name(&cfg));
            entry(&mut list, stringify!($name),
                  &<$req as Crosses>::ts_name(&cfg), &<$res as Crosses>::ts_name(&cfg),
                  concat!($(stringify!($mark))?));
        )*};
    }
    heading(&mut list, "Whoever sits at the desk");
    crate::with_commands!(emit);
    heading(&mut list, "The same, answered with bytes");
    crate::with_byte_commands!(emit);
    heading(&mut list, "Which workspace is open");
    crate::with_place_commands!(emit);
    heading(&mut list, "Of other calls");
    crate::with_door_commands!(emit);
    heading(&mut list, "Only in a window");
    crate::with_window_commands!(emit);
    <AppEvent as Crosses>::collect(&mut types);
    <ErrorNote as Crosses>::collect(&mut types);

    let names: Vec<&String> = types.decls.keys().collect();
    let imports: Vec<&str> = names
        .iter()
        .filter(|n| used.iter().any(|u| mentions(u, n)))
        .map(|n| n.as_str())
        .collect();
    let commands = format!(
        "{HEAD}import type {{ {} }} from \"./types\";\n\n\
         /** How a host carries a command to Rust. */\n\
         export type Invoke = (command: string, req: unknown, stop?: AbortSignal) => Promise<unknown>;\n\n\
         /** Every command, typed, over one carrier. */\n\
         export const commands = (invoke: Invoke) => ({{\n{commands}}});\n\n\
         export type Commands = ReturnType<typeof commands>;\n",
        imports.join(", ")
    );
    let codes: Vec<String> = codes::ALL.iter().map(|c| format!("  \"{c}\",\n")).collect();
    vec![
        (
            "types.ts",
            format!(
                "{HEAD}{}",
                types.decls.into_values().collect::<Vec<_>>().join("\n")
            ),
        ),
        ("commands.ts", commands),
        (LIST, format!("{LIST_HEAD}{list}")),
        ("records.ts", records(&cfg)),
        (
            "actions.ts",
            format!(
                "{HEAD}/** What can stand in the change log. */\nexport const actionCodes = [\n{}] as const;\n",
                Action::ALL.map(|a| format!("  \"{a}\",\n")).concat()
            ),
        ),
        (
            "roles.ts",
            format!(
                "{HEAD}/** Every role, in the order they are shown. */\nexport const allRoles = [\n{}] as const;\n\n\
                 /** Those that whoever may add a person gives. */\nexport const givenFreely = [\n{}] as const;\n",
                lines(&Role::ALL),
                lines(&Role::GIVEN_FREELY)
            ),
        ),
        (
            "doubt.ts",
            format!(
                "{HEAD}/** Words heard with less confidence than this are in doubt, 0–1. */\nexport const DOUBT = {};\n",
                qinting_domain::DOUBT
            ),
        ),
        ("issues.ts", constants::issues()),
        ("limits.ts", constants::limits()),
        (
            "codes.ts",
            format!(
                "{HEAD}/** Every error code a person may see; both languages word each of them. */\nexport const errorCodes = [\n{}] as const;\n",
                codes.concat()
            ),
        ),
    ]
}

fn lines(roles: &[Role]) -> String {
    let lines = roles.iter().map(|r| format!("  \"{}\",\n", r.as_str()));
    lines.collect()
}

/// Which record each kind is, and which of its fields a person may set, or say when it is made.
fn records(cfg: &Config) -> String {
    let mut names = Vec::new();
    let mut records = String::new();
    let mut editable = String::new();
    let mut made = String::new();
    for kind in EntityKind::ALL {
        let name = by_kind!(kind, T => <T as TS>::name(cfg));
        let fields = |is_one: &dyn Fn(&FieldRule) -> bool| {
            let fields = kind.fields().iter().filter(|f| is_one(f));
            let fields: Vec<String> = fields.map(|f| format!("\"{}\"", f.name)).collect();
            match fields.join(" | ") {
                none if none.is_empty() => "never".to_owned(),
                some => some,
            }
        };
        // Writing to a String cannot fail.
        let _ = writeln!(records, "  {}: {name};", kind.as_str());
        let _ = writeln!(editable, "  {}: {};", kind.as_str(), fields(&|f| f.edit));
        if kind.is_plain() {
            let said = fields(&|f| f.edit || f.given);
            let _ = writeln!(made, "  {}: {said};", kind.as_str());
        }
        names.push(name);
    }
    names.sort();
    format!(
        "{HEAD}import type {{ {} }} from \"./types\";\n\n\
         /** The record of each kind. */\nexport type Records = {{\n{records}}};\n\n\
         /** Fields of each kind that a person may set. */\nexport type Editable = {{\n{editable}}};\n\n\
         /** Fields a person says of a new record of each plain kind. */\nexport type Made = {{\n{made}}};\n",
        names.join(", ")
    )
}

/// The list of commands for people, relative to the UI's generated folder.
const LIST: &str = "../../../../docs/calls.md";
const LIST_HEAD: &str = "<!-- Made by `cargo xtask gen` from the list of commands. Do not edit. -->\n\n\
     # Calls\n\n\
     What the window asks of the program, and `qinting call` (docs/cli.md) as well: name, request, answer. The types stand in\n\
     `ui/src/ipc/generated/types.ts`; `null` is nothing, `ArrayBuffer` bytes.\n\n\
     A call that *destroys* is not taken back by anything: the window asks the person in a dialog of its own, and whoever\n\
     calls by lines repeats the call with the token it is answered. What *leaves* goes to a file a person named: a `Ticket`,\n\
     which a dialog gives out, or `--grant`. No call takes a path. A call that *unmasks* shows a customer whole, who is shown by\n\
     the beginning everywhere else: it says what for, and that is written down first.\n";

fn heading(list: &mut String, name: &str) {
    // Writing to a String cannot fail.
    let _ = write!(
        list,
        "\n## {name}\n\n| call | request | answer | |\n|---|---|---|---|\n"
    );
}

fn entry(list: &mut String, name: &str, req: &str, res: &str, mark: &str) {
    let cell = |ts: &str| ts.replace('|', "\\|");
    // Writing to a String cannot fail.
    let _ = writeln!(
        list,
        "| `{name}` | {} | {} | {} |",
        cell(req),
        cell(res),
        mark.to_lowercase()
    );
}

fn mentions(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|w| w == name)
}

fn line(out: &mut String, used: &mut Vec<String>, name: &str, req: String, res: String) {
    let (req, res) = (void(req), void(res));
    let (params, given) = match req.as_str() {
        "void" => (String::new(), "null"),
        _ => (format!("req: {req}, stop?: AbortSignal"), "req, stop"),
    };
    // Writing to a String cannot fail.
    let _ = writeln!(
        out,
        "  {}: ({params}) => invoke(\"{name}\", {given}) as Promise<{res}>,",
        camel(name)
    );
    used.push(format!("{req} {res}"));
}

/// Stands in for raw bytes, which have no declaration of their own.
struct Bytes;

impl TS for Bytes {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &Config) -> String {
        "ArrayBuffer".into()
    }
    fn inline(cfg: &Config) -> String {
        Self::name(cfg)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    #[test]
    fn no_request_names_a_place_on_a_disk() {
        let cfg = Config::new();
        let mut asked = Types {
            cfg: Config::new(),
            decls: BTreeMap::new(),
        };
        let mut bare = Vec::new();
        macro_rules! requests {
            ($($(#[$mark:ident])? $name:ident($req:ty) -> $res:ty;)*) => {$(
                <$req as Crosses>::collect(&mut asked);
                if <$req as Crosses>::ts_name(&cfg).contains("string") {
                    bare.push(stringify!($name));
                }
            )*};
        }
        crate::with_commands!(requests);
        crate::with_byte_commands!(requests);
        crate::with_place_commands!(requests);
        crate::with_door_commands!(requests);
        crate::with_window_commands!(requests);
        for (name, decl) in &asked.decls {
            // What a field is called, behind what is said of it.
            let fields = decl.lines().filter_map(|line| line.split_once(": "));
            for (field, shape) in fields.filter(|(field, _)| !field.contains('*')) {
                // A profile is how a source is read, and no file.
                let field_of = field.replace("rofile", "");
                let speaks = ["path", "folder", "file", "dir"]
                    .iter()
                    .any(|word| field_of.contains(word));
                assert!(!(speaks && shape.contains("string")), "{name}: {field}");
            }
        }
        assert!(
            asked.decls.contains_key("ImportStart"),
            "they were looked at"
        );
        // Each of these is a name, a link, a language or words; crates/host/tests/proofs/door.rs tries them with places.
        assert_eq!(
            bare,
            [
                "player_device",
                "download_model",
                "cancel_download",
                "remove_model",
                "restore_copy",
                "resolve_link",
                "cancel_call",
                "copy_text",
                "speak",
            ]
        );
    }

    #[test]
    fn the_committed_bindings_are_what_the_rust_types_say() {
        let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/ipc/generated");
        let write = std::env::var_os("QINTING_WRITE_BINDINGS").is_some();
        for (name, content) in files() {
            let path = dir.join(name);
            if write {
                std::fs::create_dir_all(&dir).unwrap();
                std::fs::write(&path, &content).unwrap();
            }
            let committed = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                committed == content,
                "{name} is stale: run `cargo xtask gen`"
            );
        }
    }
}
