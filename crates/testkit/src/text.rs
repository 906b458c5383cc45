//! What was said and what was written down, compared.

/// Letters that count: no punctuation, no spaces, lower case.
pub fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Fewest units to put in, leave out or change to make one of the other.
pub fn distance<T: PartialEq>(a: &[T], b: &[T]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (diagonal + usize::from(x != y))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_character_counts_once_and_marks_do_not() {
        for (said, heard, want) in [
            ("", "", 0),
            ("", "三个字", 3),
            ("设定二十九度", "设定二十九度", 0),
            ("设定二十九度", "设定十九度", 1),
            ("设定二十九度 OK", "设计二十九渡。ok", 2),
            ("那很不明智", "好很不明智啊", 2),
        ] {
            assert_eq!(distance(&letters(said), &letters(heard)), want);
            assert_eq!(distance(&letters(heard), &letters(said)), want);
        }
    }
}
