//! The words for tables, side-cars and profiles that cannot be read.

pub(super) fn known(code: &str) -> Option<(&'static str, &'static str)> {
    table(code)
        .or_else(|| side_car(code))
        .or_else(|| profile(code))
}

fn table(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "table.unreadable" => (
            "读不到这个文件：看看磁盘或共享还在不在。",
            "The file cannot be read; see whether its disk or share is still there.",
        ),
        "table.empty" => ("表里没有一行。", "There is no row in the table."),
        "table.html" => (
            "这是一个网页，只是名字像表：在系统里另导出 CSV 或 XLSX。",
            "This is a web page under the name of a table; export CSV or XLSX instead.",
        ),
        "table.kind" => (
            "这不是读得了的表[（{is}）]：另存为 XLSX 或 CSV。",
            "No table that can be read[ ({is})]; save it as XLSX or CSV.",
        ),
        "table.password" => (
            "这本表要密码：去掉密码另存一份。",
            "The workbook wants a password; save a copy without one.",
        ),
        "table.damaged" => (
            "这本表坏了[（{part}）]：在 Excel 里打开另存一份。",
            "The workbook is damaged[ ({part})]; open it in Excel and save a copy.",
        ),
        "table.too_big" | "table.inflates" => (
            "这张表太大[，最多读 {limit} 字节]：分成几份。",
            "The table is too big[; {limit} bytes are read at most]; split it.",
        ),
        "table.parts" | "table.columns" | "table.rows" => (
            "这张表太大[，最多 {limit}]：删掉用不着的列、行或工作表。",
            "The table is too big[; {limit} at most]; remove columns, rows or sheets nobody needs.",
        ),
        "table.encoding" => (
            "不认识这种编码[：{encoding}]，例如 GB18030、UTF-8。",
            "No such encoding[: {encoding}]; GB18030 and UTF-8 are some.",
        ),
        "table.delimiter" => (
            "这个字不能当分隔：用逗号、分号、制表符或竖线。",
            "That cannot stand between cells; use a comma, semicolon, tab or bar.",
        ),
        "table.quotes" => (
            "引号对不上[，读到第 {line} 行]：改正后再来。",
            "Quotes open and do not close[, up to line {line}]; mend them first.",
        ),
        "table.sheet" => (
            "没有这张工作表[：{sheet}]。",
            "There is no such sheet[: {sheet}].",
        ),
        "table.header" => (
            "第 {line} 行没有内容，当不了表头。",
            "Nothing begins at line {line}, so it is no header.",
        ),
        _ => return None,
    })
}

fn side_car(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "side_car.empty" => ("文件里什么也没有。", "There is nothing in the file."),
        "side_car.too_big" | "side_car.too_many" => (
            "边车太大，没有读：分成一通一份。",
            "The side-car is too big and was not read; write one for each call.",
        ),
        "side_car.too_deep" => (
            "边车一层套一层，太深，没有读。",
            "The side-car is nested too deep and was not read.",
        ),
        "side_car.not_text" => (
            "不是认得的文字编码。",
            "It is text in no encoding that is known.",
        ),
        "side_car.document_type" | "side_car.entity" => (
            "XML 里有文档类型或自定实体[（第 {line} 行）]，不安全，没有读。",
            "The XML has a document type or entities of its own[ (line {line})]; that is not safe, and it was not read.",
        ),
        "side_car.io" => (
            "读不到这个文件：看看磁盘或共享还在不在。",
            "The file cannot be read; see whether its disk or share is still there.",
        ),
        "side_car.cut_off" => (
            "文件没有写完[，断在第 {line} 行第 {column} 字]：请对方重发。",
            "The file is cut off[ at line {line}, character {column}]; have it sent again.",
        ),
        "side_car.unexpected"
        | "side_car.text_not_closed"
        | "side_car.not_a_number"
        | "side_car.tag_mismatch"
        | "side_car.malformed" => (
            "第 {line} 行第 {column} 字起读不通。",
            "It makes no sense from line {line}, character {column} on.",
        ),
        _ => return None,
    })
}

fn profile(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "profile.version" => (
            "方案来自别的版本：照 docs/profiles.md 改 schema。",
            "The profile is of another version; see docs/profiles.md for schema.",
        ),
        "profile.shape"
        | "profile.path"
        | "profile.pattern"
        | "profile.zone"
        | "profile.meaning"
        | "profile.pattern_missing" => (
            "方案有一处读不懂[：{said}]，写法见 docs/profiles.md。",
            "The profile has a word that is not understood[: {said}]; see docs/profiles.md.",
        ),
        _ => return None,
    })
}
