//! A byline enters, `By Ann Lee, Bo Ek and Cy Oh, Jr.`; the names leave, in order.

/// What follows a name after a comma and belongs to it.
const SUFFIXES: [&str; 12] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "mbe", "obe", "cbe", "kc"];

/// The names of a byline: split at commas, semicolons, `and` and `&`; none is named twice.
pub fn names(byline: &str) -> Vec<String> {
    let byline = byline.trim();
    let byline = match byline.split_at_checked(3) {
        Some((by, rest)) if by.eq_ignore_ascii_case("by ") => rest,
        _ => byline,
    };
    let mut names: Vec<String> = Vec::new();
    for part in byline.split([',', ';']) {
        let bare: String =
            part.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if SUFFIXES.contains(&bare.as_str())
            && let Some(last) = names.last_mut()
        {
            *last = format!("{last}, {}", part.trim());
            continue;
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        for name in words.split(|word| word.eq_ignore_ascii_case("and") || *word == "&") {
            let name = name.join(" ");
            if !name.is_empty() && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_split() {
        let check = |input: &str, expect: &[&str]| assert_eq!(names(input), expect, "{input}");
        check("Ann Lee", &["Ann Lee"]);
        check("By Ann Lee and Bo Ek", &["Ann Lee", "Bo Ek"]);
        check("ANN LEE AND BO EK", &["ANN LEE", "BO EK"]);
        check("Ann Lee, Bo Ek, and Cy Oh", &["Ann Lee", "Bo Ek", "Cy Oh"]);
        check("Ann Lee & Bo  Ek; Ann Lee", &["Ann Lee", "Bo Ek"]);
        check("Cy Oh, Jr., and Al Ray, Ph.D.", &["Cy Oh, Jr.", "Al Ray, Ph.D."]);
        check("Alexander Anderson", &["Alexander Anderson"]);
        check("", &[]);
        check("and", &[]);
        check("Jr.", &["Jr."]);
        check("Éa", &["Éa"]);
    }
}
