//! Rows → aligned columns; numbers and their nouns.

/// Columns padded to their widest cell and two spaces apart; no spaces at line ends. Widths count characters.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let head: Vec<String> = head.iter().map(|cell| (*cell).to_owned()).collect();
    let mut out = String::new();
    for row in std::iter::once(&head).chain(rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let cell: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            line.push_str(&format!("{cell:<width$}  "));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// At most `limit` characters, with an ellipsis where something was cut.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `1 page`, `2 pages`: for nouns that take an s.
pub fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", thousands(count)) }
}

/// `12345` as `12,345`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align() {
        let rows = vec![vec!["é".to_owned(), "x".to_owned()], vec!["long\n".to_owned(), String::new()]];
        assert_eq!(table(&["a", "b"], &rows), "a      b\né      x\nlong\n");
    }

    #[test]
    fn long_cells_are_cut() {
        assert_eq!(shorten("Kuala Lumpur", 7), "Kuala…");
        assert_eq!(shorten("Kyiv", 4), "Kyiv");
    }

    #[test]
    fn numbers() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!((plural(1, "page"), plural(0, "page")), ("1 page".into(), "0 pages".into()));
    }
}
