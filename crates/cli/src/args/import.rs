//! The options of `import`.

use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Import {
    /// 文件或文件夹（含子文件夹）· Files or folders (with the folders inside)
    #[arg(required = true, value_name = "FILE|DIR")]
    pub paths: Vec<PathBuf>,
    /// 不把 …_agent 与 …_caller 合成一个案例 · Keep the two files of a call apart
    #[arg(long)]
    pub separate: bool,
    /// 断了的录音，在的都收 · Take what is there of a recording that breaks off
    #[arg(long)]
    pub take_what_is_there: bool,
    /// 在回收站里的，或已有而没有人声的，当新的一通 · Bring in as a call of its own what is in the bin, or here already without speech
    #[arg(long)]
    pub own_call: bool,
    /// 凭什么收进来：同意、合同所必需……不写就是未说明 · On what basis the calls are brought in; left out, it is not stated
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub basis: String,
    /// 怎么告知客户的：哪段话、哪一版 · What customers were told of it: which words, which version
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub notice: String,
    /// 先看不动：哪些表、边车说的是哪一通 · Look first: which tables and side-cars tell of which calls; nothing is brought in
    #[arg(long, conflicts_with_all = ["take_what_is_there", "own_call", "basis", "notice"])]
    pub plan: bool,
    /// 先问这个方案：自带的名字，或文件；可写几个 · Ask this profile first: one of the program, or a file; may be given more than once
    #[arg(long, value_name = "NAME|FILE")]
    pub profile: Vec<PathBuf>,
    /// 没写时区的时间算哪里的 · Zone of times that name none
    #[arg(long, value_name = "ZONE", default_value = qinting_desk::USUAL_ZONE)]
    pub zone: String,
    /// 表的编码，如 GB18030 · Encoding of tables
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// 表头在第几行，0 是没有 · Line of the header of tables, 0 for none
    #[arg(long, value_name = "LINE")]
    pub header: Option<u64>,
    /// 工作簿的哪一张 · Sheet of workbooks
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// 一通有几行时算先说的那一行 · Where several rows tell of one call, the first one counts
    #[arg(long)]
    pub first_counts: bool,
}
