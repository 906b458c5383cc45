//! Rows that are about the table and not of it: totals, and what an exporter writes below.

use crate::Cell;
use crate::head::names::clean;

/// What the first cell of such a row says, or begins with when something is counted behind it.
const WORDS: [&str; 18] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "累计",
    "汇总",
    "总和",
    "平均",
    "均值",
    "平均值",
    "本页",
    "total",
    "subtotal",
    "sub-total",
    "grandtotal",
    "average",
    "sum",
];

/// Who exported it, and when; nothing else stands in the row.
const EXPORTED: [&str; 6] = ["导出", "制表", "打印", "统计", "生成时间", "exported"];

/// What a remark begins with, whatever follows.
const BEGINNINGS: [&str; 7] = ["备注：", "备注:", "说明：", "说明:", "注：", "注:", "---"];

/// Of the columns, so many in a hundred may such a row fill: a total has none of a call's own facts.
const FILLED: usize = 60;

/// Whether a row is a total, or a word of who exported the table. Such a row says so in its first cell
/// that says anything, and leaves much empty.
pub(super) fn is_summary(cells: &[Cell]) -> bool {
    let mut filled = cells.iter().filter(|cell| !cell.is_empty());
    let Some(Cell::Text(first)) = filled.next() else {
        return false;
    };
    let rest = filled.count();
    if (rest + 1) * 100 > cells.len().max(2) * FILLED {
        return false;
    }
    let word = clean(first).to_lowercase().replace(' ', "");
    let is_alone = rest == 0;
    let is_word = WORDS.iter().any(|known| {
        word.strip_prefix(known)
            .is_some_and(|behind| !behind.starts_with(is_part_of_word))
    });
    let is_count = word.starts_with('共') && word.contains(['条', '行', '个', '通']);
    let begins = |with: &[&str]| with.iter().any(|known| word.starts_with(known));
    let is_remark = is_count || begins(&BEGINNINGS) || begins(&EXPORTED);
    is_word || (is_alone && is_remark)
}

/// What makes another word of it: 总计划, Totality. A number, a colon, a bracket does not.
fn is_part_of_word(c: char) -> bool {
    c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn row(cells: &[&str]) -> Vec<Cell> {
        cells
            .iter()
            .map(|cell| crate::cell::of_text(cell))
            .collect()
    }

    #[rstest]
    #[case(&["合计", "", "", "120"])]
    #[case(&["合计：120 条", "", "", ""])]
    #[case(&["", "总计", "", "", "5"])]
    #[case(&["合 计", "", "", "1"])]
    #[case(&["Total", "", "", "7"])]
    #[case(&["Grand Total", "", "", "7"])]
    #[case(&["共 120 条记录", "", "", ""])]
    #[case(&["导出人：admin", "", "", ""])]
    #[case(&["导出时间 2023-11-15", "", "", ""])]
    #[case(&["说明：时长按秒计", "", "", ""])]
    fn a_total_is_no_row_of_the_table(#[case] cells: &[&str]) {
        assert!(is_summary(&row(cells)));
    }

    #[rstest]
    #[case::as_full_as_a_call(&["合计", "8001", "2023-11-15", "120"])]
    #[case::another_word(&["总计划部", "", "", "120"])]
    #[case::a_name(&["Sumner", "", "", "120"])]
    #[case::a_sparse_call(&["13900001111", "", "", ""])]
    #[case::a_note(&["备注", "", "", "x"])]
    #[case::nothing(&["", "", "", ""])]
    #[case::common_surname(&["共工", "", "", ""])]
    fn a_sparse_row_is_still_one(#[case] cells: &[&str]) {
        assert!(!is_summary(&row(cells)));
    }
}
