//! The words for tables, side-cars and profiles that cannot be read.

use qinting_desk::codes;

pub(super) fn known(code: &str) -> Option<(&'static str, &'static str)> {
    table(code)
        .or_else(|| side_car(code))
        .or_else(|| profile(code))
}

/// Why one row of a table cannot be read.
pub(crate) fn row(code: &str) -> (&'static str, &'static str) {
    match code {
        "table.row.quote_open" => ("引号没有收尾", "a quote does not close"),
        "table.row.too_long" => ("这一行太长", "the row is too long"),
        "table.row.cell_too_long" => ("有一格太长", "a cell is too long"),
        "table.row.too_wide" => ("列太多", "too many columns"),
        _ => (
            "这一行或紧挨着的一行有一格读不了",
            "a cell of it, or of the row next to it, cannot be read",
        ),
    }
}

fn table(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::TABLE_UNREADABLE => (
            "读不到这个文件：看看磁盘或共享还在不在。",
            "The file cannot be read; see whether its disk or share is still there.",
        ),
        codes::TABLE_EMPTY => ("表里没有一行。", "There is no row in the table."),
        codes::TABLE_HTML => (
            "这是一个网页，只是名字像表：在系统里另导出 CSV 或 XLSX。",
            "This is a web page under the name of a table; export CSV or XLSX instead.",
        ),
        codes::TABLE_KIND => (
            "这不是读得了的表[（{is}）]：另存为 XLSX 或 CSV。",
            "No table that can be read[ ({is})]; save it as XLSX or CSV.",
        ),
        codes::TABLE_PASSWORD => (
            "这本表要密码：去掉密码另存一份。",
            "The workbook wants a password; save a copy without one.",
        ),
        codes::TABLE_DAMAGED => (
            "这本表坏了[（{part}）]：在 Excel 里打开另存一份。",
            "The workbook is damaged[ ({part})]; open it in Excel and save a copy.",
        ),
        codes::TABLE_TOO_BIG | codes::TABLE_INFLATES => (
            "这张表太大[，最多读 {limit} 字节]：分成几份。",
            "The table is too big[; {limit} bytes are read at most]; split it.",
        ),
        codes::TABLE_PARTS | codes::TABLE_COLUMNS | codes::TABLE_ROWS => (
            "这张表太大[，最多 {limit}]：删掉用不着的列、行或工作表。",
            "The table is too big[; {limit} at most]; remove columns, rows or sheets nobody needs.",
        ),
        codes::TABLE_ENCODING => (
            "不认识这种编码[：{encoding}]，例如 GB18030、UTF-8。",
            "No such encoding[: {encoding}]; GB18030 and UTF-8 are some.",
        ),
        codes::TABLE_DELIMITER => (
            "这个字不能当分隔：用逗号、分号、制表符或竖线。",
            "That cannot stand between cells; use a comma, semicolon, tab or bar.",
        ),
        codes::TABLE_QUOTES => (
            "引号对不上[，读到第 {line} 行]：改正后再来。",
            "Quotes open and do not close[, up to line {line}]; mend them first.",
        ),
        codes::TABLE_SHEET => (
            "没有这张工作表[：{sheet}]。",
            "There is no such sheet[: {sheet}].",
        ),
        codes::TABLE_HEADER => (
            "第 {line} 行没有内容，当不了表头。",
            "Nothing begins at line {line}, so it is no header.",
        ),
        _ => return None,
    })
}

fn side_car(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::SIDE_CAR_EMPTY => ("文件里什么也没有。", "There is nothing in the file."),
        codes::SIDE_CAR_TOO_BIG => (
            "边车太大，没有读：分成一通一份。",
            "The side-car is too big and was not read; write one for each call.",
        ),
        codes::SIDE_CAR_TOO_DEEP => (
            "边车一层套一层，太深，没有读。",
            "The side-car is nested too deep and was not read.",
        ),
        codes::SIDE_CAR_NOT_TEXT => (
            "不是认得的文字编码。",
            "It is text in no encoding that is known.",
        ),
        codes::SIDE_CAR_UNSAFE => (
            "XML 里有文档类型或自定实体[（第 {line} 行）]，不安全，没有读。",
            "The XML has a document type or entities of its own[ (line {line})]; that is not safe, and it was not read.",
        ),
        codes::SIDE_CAR_CUT_OFF => (
            "文件没有写完[，断在第 {line} 行第 {column} 字]：请对方重发。",
            "The file is cut off[ at line {line}, character {column}]; have it sent again.",
        ),
        codes::SIDE_CAR_MALFORMED => (
            "第 {line} 行第 {column} 字起读不通。",
            "It makes no sense from line {line}, character {column} on.",
        ),
        _ => return None,
    })
}

fn profile(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        codes::PROFILE_VERSION => (
            "方案来自别的版本：照 docs/profiles.md 改 schema。",
            "The profile is of another version; see docs/profiles.md for schema.",
        ),
        codes::PROFILE_WORD => (
            "方案有一处读不懂[：{said}]，写法见 docs/profiles.md。",
            "The profile has a word that is not understood[: {said}]; see docs/profiles.md.",
        ),
        codes::PROFILE_UNREADABLE => (
            "方案不是读得了的 JSON[，从第 {line} 行第 {column} 字起]。",
            "The profile is no JSON that can be read[, from line {line}, character {column} on].",
        ),
        codes::PROFILE_UNKNOWN => (
            "没有这个方案，也没有这个文件[：{name}]；自带的见 docs/profiles.md。",
            "Neither a profile of the program nor a file[: {name}]; see docs/profiles.md.",
        ),
        codes::FACTS_WORKER_DIED => (
            "读这份表或边车的进程停了[（{reason}）]：文件可能坏了或太大，请另存一份再试。",
            "The process that reads tables and side-cars died[ ({reason})]; the file may be damaged or too big. Save it anew and try again.",
        ),
        _ => return None,
    })
}
