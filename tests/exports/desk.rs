//! A site with a registry, and a small corpus of texts of our own.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use serde_json::json;
use tempfile::TempDir;

/// Ids and texts: names after characters of several bytes, marks that formats must escape, another language.
pub const TEXTS: [(&str, &str); 5] = [
    (
        "talks",
        "KUALA LUMPUR, Malaysia — Ana Velde met the foreign minister of Norway for peace talks in Kuala Lumpur on \
         Thursday, officials said.\n“The talks — ‘frank’ ones — will go on,” Velde said. 🗞 The peace talks end a war.",
    ),
    (
        "escapes",
        "He said \"no\" \\ and <left> Oslo.\tThen Ana Velde, the mayor, spoke: “¡Sí! €5 & more” in Norway's parliament.",
    ),
    (
        "people",
        "🗳️ President Yasmin Orlo won. Later Zoë Ōtani-Brück, a lawyer, called President Orlo a friend. Zoë Ōtani-Brück \
         lives in Paris, and the president of the court met Zoë Ōtani-Brück there on Friday.",
    ),
    ("empty", ""),
    (
        "german",
        "Der Bürgermeister sagte am Donnerstag, dass die Brücke über den Fluss bis zum Herbst nicht fertig werde. Ana \
         Velde widersprach ihm und verlangte, dass die Arbeiten sofort beginnen, weil die Menschen in der Stadt schon \
         zwei Jahre auf sie warten und die Kosten weiter steigen.",
    ),
];

/// A new site.
pub struct Desk {
    dir: TempDir,
}

impl Desk {
    pub fn new() -> Desk {
        let desk = Desk { dir: tempfile::tempdir().expect("a folder") };
        let made = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .current_dir(desk.dir.path())
            .args(["new", "site"])
            .output()
            .expect("it runs");
        assert!(made.status.success());
        let settings = "title: Test\nbase_url: https://example.org/news/\n";
        fs::write(desk.dir.path().join("site/dateline.yaml"), settings).expect("written");
        desk
    }

    pub fn site(&self) -> std::path::PathBuf {
        self.dir.path().join("site")
    }

    /// Runs `annotate` in the site: output, errors and exit code.
    pub fn run(&self, args: &[&str], input: &str) -> (String, String, i32) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
            .current_dir(self.dir.path().join("site"))
            .env("NO_COLOR", "1")
            .arg("annotate")
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut stdin = child.stdin.take().expect("piped");
        let input = input.to_owned();
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()).is_ok());
        let output = child.wait_with_output().expect("it ends");
        let _ = writer.join();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        (text(output.stdout), text(output.stderr), output.status.code().unwrap_or(-1))
    }

    /// All texts in one format.
    pub fn annotate(&self, format: &str) -> String {
        let lines: Vec<String> = TEXTS.iter().map(|(id, text)| line(id, text)).collect();
        let (out, err, code) = self.run(&["--format", format, "-"], &lines.join("\n"));
        assert_eq!((err.as_str(), code), ("", 0));
        out
    }

    /// One of the texts.
    pub fn annotate_one(&self, format: &str, id: &str) -> String {
        let (id, text) = TEXTS.iter().find(|(own, _)| *own == id).expect("a text");
        let (out, err, code) = self.run(&["--format", format, "-"], &line(id, text));
        assert_eq!((err.as_str(), code), ("", 0));
        out
    }
}

fn line(id: &str, text: &str) -> String {
    json!({ "id": id, "text": text, "date": "2025-07-10" }).to_string()
}
