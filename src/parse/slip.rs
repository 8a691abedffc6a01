//! A syntax slip in YAML enters; a diagnostic leaves that says in an editor's words what to do about it.

use std::ops::Range;

use crate::{diagnostic::Diagnostic, parse::yaml::Slip};

pub const DOCUMENTS: &str = "more than one document";
pub const TAG: &str = "a tag of its own";
pub const ANCHOR: &str = "found unknown anchor";
pub const EXPANSION: &str = "aliases stand for too much";
pub const DEPTH: &str = "nested too deeply";
pub const KEY: &str = "a key that is not text";

/// The entries at the left margin: the items of a list, or else the keys of a map with all that belongs to them.
pub fn entries(text: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut list = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let first = line.chars().next().unwrap_or('\n');
        let item = first == '-' && matches!(line.as_bytes().get(1), None | Some(b' ' | b'\r' | b'\n'));
        if !first.is_whitespace() && !matches!(first, '#' | ']' | '}') {
            let is_list = *list.get_or_insert(item);
            if is_list == item {
                starts.push(at);
            }
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// The byte range of `text` to point at, and the fault.
pub fn explain(slip: &Slip, text: &str) -> (Range<usize>, Diagnostic) {
    let at = (0..=slip.at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let entry = line.split_once(": ").map(|(key, value)| (key, value.trim()));
    let one = at..at + text[at..].chars().next().map_or(0, char::len_utf8);
    let has = |part: &str| slip.info.contains(part);
    let fault = |message: &str, help: &str| Diagnostic::error("yaml-syntax", message).help(help);

    if has("found a tab") || has("tabs disallowed") || has("tab cannot") || has("start with a tab") {
        let tab =
            if text[..at].ends_with('\t') { Some(at - 1) } else { text[at..].find('\t').map(|i| at + i) };
        let tab = tab.map_or(one, |tab| tab..tab + 1);
        return (tab, fault("a tab cannot indent YAML", "indent with spaces"));
    }
    if has("mapping values are not allowed") || has("illegal placement of ':'") {
        let help = match entry {
            Some((key, value)) if at > line_start + key.len() && !value.starts_with(['"', '\'']) => {
                format!("put the value in quotes: `{key}: {}`", quoted(value))
            }
            _ => "put a value that holds `: ` in quotes, and give each key a line of its own".into(),
        };
        return (one, fault("a second colon stands in this value", &help));
    }
    if let Some(open) = unclosed(line).filter(|_| has("quoted scalar")) {
        let from = line_start + open;
        let mark = &text[from..from + 1];
        let message = format!("the quote `{mark}` is not closed on this line");
        return (
            from..line_start + line.len(),
            fault(&message, &format!("add `{mark}` at the end of the value")),
        );
    }
    if has("unknown escape character") || has("hexadecimal") || has("Unicode character escape") {
        let help = "use single quotes, where a backslash is only a backslash, or write `\\\\`";
        return (at..line_start + line.len(), fault("a backslash begins no known escape", help));
    }
    if has("invalid trailing content") {
        let help = match entry {
            Some((key, value)) => format!("quote the whole value: `{key}: {}`", quoted(value)),
            None => "quote the whole value".into(),
        };
        return (one, fault("text stands after the closing quote", &help));
    }
    if has("unexpected character") || has("plain scalar cannot start") || has("node content") || has("anchor")
    {
        let help = match entry {
            Some((key, value)) => format!("put the value in quotes: `{key}: {}`", quoted(value)),
            None => "put the value in quotes".into(),
        };
        let sign = &text[one.clone()];
        return (one, fault(&format!("a value cannot begin with `{sign}`"), &help));
    }
    if has("flow") || has("bracket") {
        let help = "close each `[` with `]` and each `{` with `}`";
        return match open_bracket(&text[..at]) {
            Some(open) => (open..open + 1, fault("this bracket is not closed", help)),
            None => (one, fault("a list or map in brackets is not well formed", help)),
        };
    }
    if has("sequence entries are not allowed")
        || has("block mapping")
        || has("block collection")
        || has("indentation")
    {
        let help = "keys of one map begin in the same column, and so do the items of a list";
        return (one, fault("this line is not indented as its neighbours are", help));
    }
    let (message, help) = match slip.info.as_str() {
        DOCUMENTS => ("a second document begins here", "remove the line `---`"),
        TAG => ("tags such as `!name` are not read", "remove the tag, or put the value in quotes"),
        EXPANSION => ("the aliases of this file stand for too many values", "write the values out"),
        DEPTH => ("values are nested too deeply", "64 levels are the most"),
        KEY => ("a key must be text", "put the key in quotes"),
        _ if has("simple key expect") => {
            ("this line is not of the form `key: value`", "write a colon and a space after the key")
        }
        other => return (one, Diagnostic::error("yaml-syntax", format!("this is not YAML: {other}"))),
    };
    (one, fault(message, help))
}

/// `value` in double quotes, or in single ones when a double one or a backslash stands in it.
fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) {
        format!("'{}'", value.replace('\'', "''"))
    } else {
        format!("\"{value}\"")
    }
}

/// The last bracket of a text that is not closed in it.
fn open_bracket(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    for (i, c) in text.char_indices() {
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' => quote = Some(c),
            '[' | '{' => open.push(i),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

/// Where a quote opens in a value that does not close on its line.
fn unclosed(line: &str) -> Option<usize> {
    let start = line.find(": ").map_or(0, |i| i + 2);
    let value = &line[start..];
    let open = start + value.find(['"', '\''])?;
    let quote = line[open..].chars().next()?;
    let mut escaped = false;
    let closed = line[open + 1..].chars().any(|c| {
        let here = c == quote && !escaped;
        escaped = c == '\\' && quote == '"' && !escaped;
        here
    });
    (!closed).then_some(open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        parse::{
            faults::{Faults, Source},
            yaml,
        },
        path::SourcePath,
    };

    fn told(text: &str) -> Vec<String> {
        let path = SourcePath::new("a.yaml");
        let mut faults = Faults::new(Source { path: &path, text });
        yaml::parse(0..text.len(), &mut faults);
        let show = |d: Diagnostic| {
            let (line, column) = d.place.map_or((0, 0), |place| (place.line, place.column));
            format!("{line}:{column} {} | {}", d.message, d.help.unwrap_or_default())
        };
        faults.finish().into_iter().map(show).collect()
    }

    #[test]
    fn slips_have_a_remedy() {
        let check = |source: &str, expect: &[&str]| assert_eq!(told(source), expect, "{source}");
        check(
            "title: Berlin: the wall\ndate: 1989-11-09\n",
            &[
                "1:14 a second colon stands in this value | put the value in quotes: `title: \"Berlin: the wall\"`",
            ],
        );
        check(
            "title: The \"wall\": open\n",
            &[
                "1:18 a second colon stands in this value | put the value in quotes: `title: 'The \"wall\": open'`",
            ],
        );
        check(
            "a: \"b\nc: d\n",
            &["1:4 the quote `\"` is not closed on this line | add `\"` at the end of the value"],
        );
        check("é: 'b\n", &["1:4 the quote `'` is not closed on this line | add `'` at the end of the value"]);
        check(
            "a: 'It's on'\n",
            &["1:8 text stands after the closing quote | quote the whole value: `a: \"'It's on'\"`"],
        );
        check(
            "a: \"B\" and C\n",
            &["1:8 text stands after the closing quote | quote the whole value: `a: '\"B\" and C'`"],
        );
        check("a:\n\tb: c\n", &["2:1 a tab cannot indent YAML | indent with spaces"]);
        check("a: @b\n", &["1:4 a value cannot begin with `@` | put the value in quotes: `a: \"@b\"`"]);
        check("a: *b\n", &["1:4 a value cannot begin with `*` | put the value in quotes: `a: \"*b\"`"]);
        check(
            "a: !b c\n",
            &["1:4 tags such as `!name` are not read | remove the tag, or put the value in quotes"],
        );
        check(
            "a: [b\nc: d\n",
            &["1:4 this bracket is not closed | close each `[` with `]` and each `{` with `}`"],
        );
        check("[a]: b\n", &["1:1 a key must be text | put the key in quotes"]);
        check("a: b\n---\nc: d\n", &["2:1 a second document begins here | remove the line `---`"]);
        let form = "is not of the form `key: value` | write a space after the colon, or indent a line that continues a value";
        check("title:Foo\ndate: x\n", &[&format!("1:1 this line {form}")]);
        check(
            "a: \"\\q\"\n",
            &[
                "1:4 a backslash begins no known escape | use single quotes, where a backslash is only a backslash, or write `\\\\`",
            ],
        );
    }
}
