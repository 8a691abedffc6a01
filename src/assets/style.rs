//! The style sheets of a theme as it holds them → as they are published: Sass compiled, imports bundled, minified.
//!
//! 1. `x.scss` becomes `x.css` (Sass as the crate `grass` knows it). Files whose names begin with `_` are parts of
//!    others and are not published themselves.
//! 2. `@import` of a file of the theme is put in its place; what it names by `url(…)` leads to the published address.
//! 3. What is left is minified. The order of rules stays; nothing is rewritten for old browsers.

use std::{
    collections::BTreeMap,
    fmt, io,
    path::{Path, PathBuf},
};

use lightningcss::{
    bundler::{Bundler, ResolveResult, SourceProvider},
    dependencies::{Dependency, DependencyOptions},
    error::{Error, ErrorLocation},
    stylesheet::{MinifyOptions, ParserOptions, PrinterOptions},
};

use crate::{
    diagnostic::{Diagnostic, Place},
    path::{SourcePath, relative},
};

/// Files of a theme by name below `static/`.
pub type Files = BTreeMap<String, Vec<u8>>;
/// Where a person can change each file.
type Origins = BTreeMap<String, SourcePath>;

/// The files that are published, style sheets compiled. `address` gives the published name of any other file;
/// `origins` are the places of files, for faults. A sheet with a fault is published as it was written.
pub fn compile(
    files: &Files,
    origins: &Origins,
    address: &dyn Fn(&str, &[u8]) -> String,
    faults: &mut Vec<Diagnostic>,
) -> Files {
    let mut out = Files::new();
    let mut sheets: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in files {
        match name.rsplit_once('.') {
            Some((stem, "scss")) => {
                if part(name) {
                    continue;
                }
                match sass(name, files) {
                    Ok(css) => drop(sheets.insert(format!("{stem}.css"), css)),
                    Err(error) => faults.push(sass_fault(origins, name, files, *error)),
                }
            }
            Some((_, "css")) => {
                sheets.insert(name.clone(), String::from_utf8_lossy(bytes).into_owned());
            }
            _ => drop(out.insert(name.clone(), bytes.clone())),
        }
    }
    let sheets = Sheets(sheets);
    for (name, css) in sheets.0.iter().filter(|(name, _)| !part(name)) {
        let css = match bundle(name, &sheets, &out, address, origins, faults) {
            Ok(css) => css,
            Err(error) => {
                faults.push(css_fault(origins, &sheets, name, &error));
                css.clone()
            }
        };
        out.insert(name.clone(), css.into_bytes());
    }
    out
}

/// Whether a file is only ever a part of others.
fn part(name: &str) -> bool {
    name.rsplit('/').next().unwrap_or(name).starts_with('_')
}

fn sass(name: &str, files: &Files) -> Result<String, Box<grass::Error>> {
    let tree = Tree(files);
    let options = grass::Options::default().fs(&tree).quiet(true);
    grass::from_path(name, &options)
}

/// Sass reads the theme's files by name.
#[derive(Debug)]
struct Tree<'a>(&'a Files);

impl Tree<'_> {
    fn name(path: &Path) -> String {
        relative("", &path.to_string_lossy().replace('\\', "/"))
    }
}

impl grass::Fs for Tree<'_> {
    fn is_dir(&self, path: &Path) -> bool {
        let inside = format!("{}/", Self::name(path));
        self.0.keys().any(|name| name.starts_with(&inside))
    }

    fn is_file(&self, path: &Path) -> bool {
        self.0.contains_key(&Self::name(path))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.get(&Self::name(path)).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

fn sass_fault(origins: &Origins, name: &str, files: &Files, error: grass::Error) -> Diagnostic {
    let whole = error.to_string();
    let place = |name: &str, line: usize, column: usize| {
        let path = origin(origins, name);
        let text = files.get(name).map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
        at(&path, &text, line, column)
    };
    let (message, place) = match error.kind() {
        grass::ErrorKind::ParseError { message, loc, .. } => {
            (message, place(loc.file.name(), loc.begin.line, loc.begin.column))
        }
        _ => (whole, place(name, 0, 0)),
    };
    Diagnostic::error("style", format!("Sass: {}", one_line(&message))).at(place)
}

fn origin(origins: &Origins, name: &str) -> SourcePath {
    origins.get(name).cloned().unwrap_or_else(|| SourcePath::new(&format!("static/{name}")))
}

/// The place in `text` by line and column, each from 0, columns in bytes or characters as far as they agree.
fn at(path: &SourcePath, text: &str, line: usize, column: usize) -> Place {
    let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    Place::in_source(path, text, start + column..start + column + 1)
}

fn one_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// All style sheets, for the bundler.
struct Sheets(BTreeMap<String, String>);

/// An import of a file that is not there.
#[derive(Debug)]
struct Missing(String);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the theme has no file `static/{}`", self.0)
    }
}

impl std::error::Error for Missing {}

impl SourceProvider for Sheets {
    type Error = Missing;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, Missing> {
        let name = file.to_string_lossy();
        self.0.get(&*name).map(String::as_str).ok_or_else(|| Missing(name.into_owned()))
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, Missing> {
        if specifier.contains("://") || specifier.starts_with("//") {
            return Ok(ResolveResult::External(specifier.to_owned()));
        }
        Ok(ResolveResult::File(PathBuf::from(beside(&from.to_string_lossy(), specifier))))
    }
}

/// The name of the file that `url` means in the sheet `from`.
fn beside(from: &str, url: &str) -> String {
    relative(from.rsplit_once('/').map_or("", |(folder, _)| folder), url)
}

fn bundle(
    name: &str,
    sheets: &Sheets,
    others: &Files,
    address: &dyn Fn(&str, &[u8]) -> String,
    origins: &Origins,
    faults: &mut Vec<Diagnostic>,
) -> Result<String, Error<String>> {
    let told = |error: Error<_>| Error { kind: ToString::to_string(&error.kind), loc: error.loc };
    let mut bundler = Bundler::new(sheets, None, ParserOptions::default());
    let mut sheet = bundler.bundle(Path::new(name)).map_err(told)?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| Error { kind: error.kind.to_string(), loc: error.loc })?;
    let options = PrinterOptions {
        minify: true,
        analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
        ..PrinterOptions::default()
    };
    let printed =
        sheet.to_css(options).map_err(|error| Error { kind: error.kind.to_string(), loc: error.loc })?;
    let mut css = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        let Dependency::Url(found) = dependency else { continue };
        let (file, tail) = match found.url.find(['?', '#']) {
            Some(i) => found.url.split_at(i),
            None => (&*found.url, ""),
        };
        let local = !file.is_empty() && !file.contains(':') && !file.starts_with('/');
        let target = beside(&found.loc.file_path, file);
        let url = match others.get(&target) {
            Some(bytes) if local => format!("{}{tail}", up(name, &address(&target, bytes))),
            _ => {
                if local {
                    let (line, column) =
                        (found.loc.start.line.saturating_sub(1), found.loc.start.column.saturating_sub(1));
                    let error = Error {
                        kind: format!("the theme has no file `static/{target}`"),
                        loc: Some(ErrorLocation {
                            filename: found.loc.file_path.clone(),
                            line,
                            column: column + 1,
                        }),
                    };
                    faults.push(css_fault(origins, sheets, name, &error));
                }
                found.url.clone()
            }
        };
        css = css.replace(&found.placeholder, &url);
    }
    Ok(css)
}

/// The way from the sheet `from` to the file `to`, both below one folder.
fn up(from: &str, to: &str) -> String {
    format!("{}{to}", "../".repeat(from.matches('/').count()))
}

fn css_fault(origins: &Origins, sheets: &Sheets, name: &str, error: &Error<String>) -> Diagnostic {
    let (file, line, column) = match &error.loc {
        Some(loc) => (loc.filename.as_str(), loc.line as usize, (loc.column as usize).saturating_sub(1)),
        None => (name, 0, 0),
    };
    let path = origin(origins, file);
    let text = sheets.0.get(file).map_or("", String::as_str);
    Diagnostic::error("style", format!("CSS: {}", one_line(&error.kind))).at(at(&path, text, line, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(files: &[(&str, &str)]) -> (BTreeMap<String, String>, Vec<String>) {
        let files: Files =
            files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
        let place = |name: &String| (name.clone(), SourcePath::new(&format!("themes/x/static/{name}")));
        let origins = files.keys().map(place).collect();
        let mut faults = Vec::new();
        let out = compile(&files, &origins, &|name, _| format!("{name}!"), &mut faults);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let faults = faults.into_iter().map(|f| {
            let place = f.place.unwrap();
            format!("{}:{}:{} {}", place.path, place.line, place.column, f.message)
        });
        (out.into_iter().map(|(name, bytes)| (name, text(bytes))).collect(), faults.collect())
    }

    #[test]
    fn sheets_are_bundled_and_lead_to_published_files() {
        let (out, faults) = compiled(&[
            (
                "css/a.css",
                "@import '_b.css';\na { background: url(../i/x.svg#top); color: light-dark(#fff, #000) }",
            ),
            ("css/_b.css", "b { --c : 1 }"),
            ("i/x.svg", "<svg/>"),
            ("s.scss", "@use 'parts/colours';\n.a { .b { color: colours.$ink } }"),
            ("parts/_colours.scss", "$ink: #112233;"),
        ]);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(
            out.into_iter().collect::<Vec<_>>(),
            [
                ("css/a.css", "b{--c:1}a{color:light-dark(#fff,#000);background:url(\"../i/x.svg!#top\")}"),
                ("i/x.svg", "<svg/>"),
                ("s.css", ".a .b{color:#123}"),
            ]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
        );
    }

    #[test]
    fn faults_have_places() {
        let check = |files: &[(&str, &str)], expect: &[&str]| assert_eq!(compiled(files).1, expect);
        check(
            &[("a.css", "a { color: red }\n@import 'no.css';\nb { background: url(x.png) }\n")],
            &[
                "themes/x/static/a.css:2:8 CSS: @import rules must precede all rules aside from @charset and @layer statements",
            ],
        );
        check(
            &[("a.css", "\nb { background: url(x.png) }\n")],
            &["themes/x/static/a.css:2:21 CSS: the theme has no file `static/x.png`"],
        );
        check(
            &[("a.css", "@import 'no.css';")],
            &["themes/x/static/a.css:1:1 CSS: the theme has no file `static/no.css`"],
        );
        check(
            &[("a.scss", "a {\n  color: $ink;\n}\n")],
            &["themes/x/static/a.scss:2:10 Sass: Undefined variable"],
        );
    }

    #[test]
    fn built_in_sheets_are_sound() {
        for name in crate::theme::builtin_names() {
            let files = crate::theme::builtin_theme(name).unwrap();
            let theme = crate::theme::Theme::new(vec![("themes".to_owned(), files)], Vec::new()).unwrap();
            let mut faults = Vec::new();
            let out = compile(&theme.files, &theme.origins, &|name, _| name.to_owned(), &mut faults);
            assert_eq!(faults, []);
            for (name, bytes) in out.iter().filter(|(name, _)| name.ends_with(".css")) {
                assert!(bytes.len() < theme.files[name].len(), "{name}");
            }
        }
    }
}
