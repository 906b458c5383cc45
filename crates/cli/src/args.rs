//! The command line. The words here are the help a person reads.

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use qinting_desk::{ExportFormat, IssueListView, SearchScope, Sharing};
use qinting_domain::{ObservationKind, Turns};
use qinting_host::Grant;
use std::path::PathBuf;

/// Options that stand for a choice of the app under the same name.
macro_rules! choice {
    ($name:ident for $target:ty { $($variant:ident),+ $(,)? }) => {
        #[derive(Clone, Copy, ValueEnum)]
        #[value(rename_all = "snake_case")]
        pub(crate) enum $name { $($variant),+ }
        impl From<$name> for $target {
            fn from(chosen: $name) -> Self {
                match chosen { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

mod cases;
mod heard;
mod import;
mod live;
mod records;
mod typed;
pub(crate) use cases::Cases;
pub(crate) use heard::{OneCase, Texts};
pub(crate) use import::Import;
pub(crate) use live::{Align, Lane, Live, Record};
pub(crate) use records::{Of, Records};
use typed::Typed;

/// 倾听：听录音、标记、归入问题。Listen to calls, mark what you hear, file it.
#[derive(Parser)]
#[command(name = "qinting", version, disable_help_subcommand = true)]
pub(crate) struct Args {
    /// 工作区文件夹 · Workspace folder [default: the one the window uses]
    #[arg(long, global = true, value_name = "DIR")]
    pub workspace: Option<PathBuf>,
    /// 模型文件夹 · Folder of speech models [default: the one the window uses]
    #[arg(long, global = true, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// 输出 JSON · Answer as one JSON object
    #[arg(long, global = true)]
    pub json: bool,
    /// 以谁的名义（没有就新建，身份为参与者）· Act as this person (added as a participant if unknown)
    #[arg(value_parser = Typed, long = "as", global = true, value_name = "NAME")]
    pub actor: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 建演示工作区：四通虚构来电 · Build the demo workspace: four made-up calls
    Demo(Demo),
    /// 退回某天的备份，或从坏了的数据库里读出还在的 · Go back to a copy, or read out a hurt database
    Restore(Restore),
    /// 这个工作区是我们的：从此可以改，里面等着的事开始做 · This workspace is ours: it is written from now on, and what waits in it begins
    Adopt,
    /// 一行一个 JSON：窗口能做的都能这样做 · A call a line, as JSON: everything the window does, for scripts
    Call {
        /// 给一个文件或文件夹，脚本按名字用一次 · A file or folder that a call may name once
        #[arg(long = "grant", value_name = "NAME=PATH", value_parser = OsStringValueParser::new().try_map(Grant::read))]
        grants: Vec<Grant>,
    },
    #[command(flatten)]
    Work(Work),
}

/// What is done in a workspace that is there, or made.
#[derive(Subcommand)]
pub(crate) enum Work {
    /// 导入录音 · Bring recordings in
    Import(Import),
    /// 转写（等到完成）· Turn recordings into text, and wait for it
    Transcribe(Transcribe),
    /// 用留着的原文件重新取一遍录音 · Decode the kept source of a case anew
    Retake(Retake),
    /// 列出案例 · List cases
    Cases(Cases),
    /// 回收站：列出、放回来 · The bin: list, put back
    #[command(subcommand)]
    Bin(Bin),
    /// 彻底清除，撤不回来 · Take something away for good; nothing brings it back
    Purge(Purge),
    /// 一个案例的文字 · The transcript of a case
    Segments(OneCase),
    /// 一个案例的几份文字：列出、换一份来读 · The texts of a case: list, choose which one is read
    Texts(Texts),
    /// 一个案例的声音说明什么：谁说了多久、静默、抢话、等待 · What the sound of a case tells
    Sound(OneCase),
    /// 标记一个时刻 · Mark a moment
    Mark(Mark),
    /// 搜索文字、观察、问题、案例 · Search transcripts, observations, issues, and cases
    Search(Search),
    /// 列出问题 · List issues
    Issues(Issues),
    /// 和别的清单合在一起之前：给所有问题换号 · Give all issues new numbers before two lists are joined
    Renumber(Renumber),
    /// 导出倾听所得 · Write the findings out
    Export(Export),
    /// 专场：列出、查看 · Listening sessions
    #[command(subcommand)]
    Session(Session),
    /// 留言等简单的记录：列出、新建、改、删 · Remarks and other plain records
    #[command(subcommand)]
    Record(Records),
    /// 模型：列出、放入文件、设为默认 · Speech models
    #[command(subcommand)]
    Model(Model),
    /// 现场旁听：来源、采集、找回、对齐 · Calls as they happen
    #[command(subcommand)]
    Live(Live),
    /// 把整个工作区拷到另一个文件夹 · Copy the whole workspace to another folder
    Copy(CopyTo),
    /// 谁能用这个工作区的文件夹 · Who may use the workspace's folder
    Sharing {
        /// 只给自己，或继续和同组的人共用 · Only you, or the group as before
        #[arg(value_enum)]
        choice: Option<Share>,
    },
    /// 检查设备、模型、磁盘、数据库 · Check devices, model, disk, and database
    Doctor(Doctor),
    /// 核对变更记录有没有被动过 · Check that the change log is what was written
    Verify,
    /// Saves marks and imports files without end, for the test that kills it.
    #[command(hide = true)]
    Soak(Soak),
}

#[derive(clap::Args)]
pub(crate) struct Doctor {
    /// 每个录音文件从头读一遍，Ctrl+C 可停 · Read every media file whole; Ctrl+C stops it
    #[arg(long)]
    pub full: bool,
}

#[derive(clap::Args)]
pub(crate) struct Retake {
    /// 案例 · Case: id, end of an id, link, or title
    pub case: String,
    /// 两个声道相同也留两条 · Keep two lanes even where both carry the same
    #[arg(long)]
    pub both_lanes: bool,
}

#[derive(clap::Args)]
pub(crate) struct Transcribe {
    /// 案例 · Case: id, end of an id, link, or title
    #[arg(value_parser = Typed, required_unless_present = "all", conflicts_with = "all")]
    pub case: Option<String>,
    /// 所有还没有文字的案例 · Every case that has no text yet
    #[arg(long)]
    pub all: bool,
    /// 模型文件或编号 · Model file or id [default: the one set in the workspace]
    #[arg(long, value_name = "FILE")]
    pub model: Option<String>,
    /// 语言 · Language [default: that of the case]
    #[arg(long, value_parser = ["auto", "zh", "en"])]
    pub language: Option<String>,
}

#[derive(Subcommand)]
pub(crate) enum Bin {
    /// 列出删掉的来电 · List calls that were taken away
    List,
    /// 放回来，连同标记、旁注、问题、专场 · Put a call back, with all that belongs to it
    Restore {
        /// 案例 · Case: id, end of an id, or title
        case: String,
    },
    /// 留住一通，不许清除 · A call must stay, whatever its days
    Hold {
        /// 案例 · Case: id, end of an id, or title
        case: String,
        /// 为什么 · Why
        #[arg(long)]
        reason: String,
    },
    /// 解除保全 · It need not any more
    Release {
        /// 案例 · Case: id, end of an id, or title
        case: String,
    },
}

#[derive(clap::Args)]
pub(crate) struct Purge {
    /// 案例，在不在回收站都行 · Case, in the bin or not: id, end of an id, or title
    #[arg(required_unless_present = "person", conflicts_with = "person")]
    pub case: Option<String>,
    /// 一个人：名字和部门 · A person: name and unit
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// 只清除录音和文字，案例留着 · The recording and its text alone; the case stays
    #[arg(long, requires = "case")]
    pub recording: bool,
    /// 为什么，写进凭据 · Why; it stands in the certificate
    #[arg(long)]
    pub reason: String,
}

#[derive(clap::Args)]
pub(crate) struct Mark {
    /// 案例 · Case: id, end of an id, link, or title
    #[arg(value_parser = Typed)]
    pub case: String,
    #[command(flatten)]
    pub place: Place,
    /// 到这里为止 · End of the range in milliseconds [default: as the window would choose]
    #[arg(long, value_name = "MS", requires = "at")]
    pub to: Option<u64>,
    /// 标签，可多次 · Tag by name; may be given again
    #[arg(value_parser = Typed, long = "tag", value_name = "NAME")]
    pub tags: Vec<String>,
    /// 观察；- 从标准输入读 · Words; - reads standard input
    #[arg(value_parser = Typed, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub note: Option<String>,
    /// 类型 · Kind
    #[arg(long, value_enum, default_value_t = Kind::Problem)]
    pub kind: Kind,
}

/// Where a mark stands: one of them.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Place {
    /// 从录音开始算的毫秒 · Milliseconds from the start of the recording
    #[arg(long, value_name = "MS")]
    pub at: Option<u64>,
    /// 会话的第几条到第几条 · Turns of a chat, such as 12-14
    #[arg(long, value_name = "N-N", value_parser = turns)]
    pub turn: Option<Turns>,
    /// 整通 · The whole of it
    #[arg(long)]
    pub whole: bool,
}

fn turns(text: &str) -> Result<Turns, String> {
    Turns::parse(text).ok_or_else(|| "12-14".to_owned())
}

#[derive(clap::Args)]
pub(crate) struct Search {
    /// 要找的词 · What to look for
    #[arg(value_parser = Typed, allow_hyphen_values = true)]
    pub text: String,
    /// 只在这里找，可多次 · Only here; may be given again
    #[arg(long = "in", value_enum, value_name = "WHERE")]
    pub scopes: Vec<Scope>,
    /// 每处最多几条 · Hits per place at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub limit: u32,
}

#[derive(clap::Args)]
pub(crate) struct Issues {
    /// 哪些 · Which
    #[arg(long, value_enum, default_value_t = View::Open)]
    pub view: View,
    /// 标题和描述里的词 · Words in title and statement
    #[arg(value_parser = Typed, long, default_value = "")]
    pub text: String,
}

#[derive(clap::Args)]
pub(crate) struct Renumber {
    /// 那份清单排到的号 · The highest number of the other list
    #[arg(long, value_name = "NUMBER")]
    pub above: u32,
}

#[derive(clap::Args)]
pub(crate) struct Export {
    /// 格式 · Format
    #[arg(long, value_enum)]
    pub format: Format,
    /// 写到这个文件 · File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum Session {
    /// 列出专场 · List sessions
    List,
    /// 一场专场里听到的 · What was heard in one
    Show {
        /// 专场 · Session: id, end of an id, or title
        #[arg(value_parser = Typed)]
        session: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Model {
    /// 列出模型 · List models
    List,
    /// 放入一个模型文件 · Take in a model file
    Add {
        /// 文件 · File
        file: PathBuf,
    },
    /// 设为默认 · Use it when none is named
    Default {
        /// 模型编号 · Id of the model
        model: String,
        /// 演示模型也要 · Even one that knows only the demo calls
        #[arg(long)]
        insist: bool,
    },
}

#[derive(clap::Args)]
pub(crate) struct Demo {
    /// 重建：丢掉在演示里做过的一切 · Build it anew: whatever was done in it goes
    #[arg(long)]
    pub reset: bool,
    /// 连文字也等到 · Wait for the text of all calls, too
    #[arg(long)]
    pub text: bool,
}

#[derive(clap::Args)]
pub(crate) struct Restore {
    /// 备份的名字，或 newest · Name of the copy, or newest [default: list them]
    #[arg(conflicts_with_all = ["list", "salvage"])]
    pub copy: Option<String>,
    /// 列出备份 · List the copies
    #[arg(long, conflicts_with = "salvage")]
    pub list: bool,
    /// 不用备份：把数据库里还读得出的都读出来 · Without a copy: read out whatever can still be read
    #[arg(long)]
    pub salvage: bool,
}

#[derive(clap::Args)]
pub(crate) struct CopyTo {
    /// 空的或还没有的文件夹，在本机的盘上 · Folder that is empty or not there, on a disk of this machine
    #[arg(value_name = "DIR")]
    pub to: PathBuf,
}

#[derive(clap::Args)]
pub(crate) struct Soak {
    /// Files to import, one after the other.
    pub paths: Vec<PathBuf>,
}

choice!(Kind for ObservationKind { Problem, Highlight, Quote, Question, Suggestion });
choice!(Scope for SearchScope { Issue, Observation, Case, Segment, Record, Session, Tag, Person });
choice!(View for IssueListView { Open, Mine, Overdue, ToVerify, Reopened, Unowned, Closed, All });
choice!(Share for Sharing { Private, Group });
choice!(Format for ExportFormat { Json, Csv, Md });
