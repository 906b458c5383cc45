//! Options of `qinting record`.

use super::Typed;
use clap::Subcommand;
use qinting_domain::{EntityKind, FactKey};

/// Records that are kept by what they declare alone.
#[derive(Subcommand)]
pub(crate) enum Records {
    /// 列出一类 · List those of a kind
    List {
        /// 类别 · Kind
        #[arg(value_parser = plain)]
        kind: EntityKind,
        #[command(flatten)]
        of: Of,
    },
    /// 新建 · Make one
    Add {
        /// 类别 · Kind
        #[arg(value_parser = plain)]
        kind: EntityKind,
        #[command(flatten)]
        of: Of,
        /// 字段=值，可多个 · Values by field
        #[arg(value_parser = Typed, value_name = "FIELD=VALUE")]
        fields: Vec<String>,
    },
    /// 改几个字段；空值清掉 · Change fields; an empty value clears one
    Edit {
        /// 类别 · Kind
        #[arg(value_parser = plain)]
        kind: EntityKind,
        /// 编号或其结尾 · Id, or the end of one
        id: String,
        /// 字段=值，可多个 · Values by field
        #[arg(value_parser = Typed, value_name = "FIELD=VALUE", required = true)]
        fields: Vec<String>,
    },
    /// 一个案例里和导入说的不一样的：列出，或用导入的 · Where a case differs from what its import said: list, or take that
    Told {
        /// 案例：编号、编号结尾、链接或标题 · Case: id, end of an id, link, or title
        #[arg(value_parser = Typed)]
        case: String,
        /// 用导入的：全部，或点名的几项 · Take what the import said: all, or the facts that are named
        #[arg(long, value_name = "FACT", num_args = 0.., value_parser = fact)]
        take: Option<Vec<FactKey>>,
    },
    /// 看一次接触里客户的原文，写下为什么 · See the customer of a contact whole, and write down what for
    Unmask {
        /// 接触：编号或其结尾 · Contact: id, or the end of one
        id: String,
        /// 为什么要看 · What for
        #[arg(long, value_parser = Typed)]
        reason: String,
    },
    /// 左右对调：几个案例的录音，一次操作 · Swap who speaks on the two channels of cases, as one operation
    Swap {
        /// 案例：编号、编号结尾、链接或标题 · Cases: id, end of an id, link, or title
        #[arg(value_parser = Typed, value_name = "CASE", required = true)]
        cases: Vec<String>,
    },
    /// 删掉 · Take one away
    Remove {
        /// 类别 · Kind
        #[arg(value_parser = plain)]
        kind: EntityKind,
        /// 编号或其结尾 · Id, or the end of one
        id: String,
    },
}

/// What records belong to.
#[derive(clap::Args)]
pub(crate) struct Of {
    /// 问题的号 · Number of an issue
    #[arg(long, value_name = "NUMBER", conflicts_with = "session")]
    pub issue: Option<u32>,
    /// 专场 · Session: id, end of an id, or title
    #[arg(value_parser = Typed, long)]
    pub session: Option<String>,
    /// 案例 · Case: id, end of an id, link, or title
    #[arg(value_parser = Typed, long, conflicts_with_all = ["issue", "session"])]
    pub case: Option<String>,
}

fn plain(name: &str) -> Result<EntityKind, String> {
    let plain = || EntityKind::ALL.into_iter().filter(|kind| kind.is_plain());
    let found = plain().find(|kind| kind.as_str() == name);
    found.ok_or_else(|| {
        let known: Vec<&str> = plain().map(EntityKind::as_str).collect();
        known.join("|")
    })
}

fn fact(name: &str) -> Result<FactKey, String> {
    FactKey::named(name).ok_or_else(|| {
        let known: Vec<&str> = FactKey::ALL.iter().map(|key| key.as_str()).collect();
        known.join("|")
    })
}
