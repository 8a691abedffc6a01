//! Open pages are told what changed: server-sent events (HTML standard, section 9.2).
//!
//! A page carries its tag in the one element that is put into it. Its stream compares that tag with the page as it
//! is now, after every rebuild, so that only pages that changed are loaded again.

use std::{collections::BTreeMap, convert::Infallible, sync::Arc};

use axum::response::sse::{Event, KeepAlive, Sse};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_stream::{Stream, wrappers::ReceiverStream};

use crate::{
    diagnostic::Diagnostic,
    report,
    serve::{http, shared::Shared},
};

/// Where the script is, and the stream.
pub const SCRIPT_PATH: &str = "/_dateline/live.js";
pub const EVENTS_PATH: &str = "/_dateline/events";
/// What runs in open pages.
pub const SCRIPT: &str = include_str!("live.js");

/// The element that is put into pages, and the only thing that is.
pub fn element(tag: &str) -> String {
    format!("<script src=\"{SCRIPT_PATH}\" data-tag=\"{tag}\"></script>")
}

/// A page with the element before the end of its body, or at its end.
pub fn inject(mut page: Vec<u8>, tag: &str) -> Vec<u8> {
    let end = page.windows(7).rposition(|window| window == b"</body>").unwrap_or(page.len());
    page.splice(end..end, element(tag).into_bytes());
    page
}

/// The fault with its line, as text.
pub fn drawing(fault: &Diagnostic) -> String {
    report::draw(std::slice::from_ref(fault), report::MessageFormat::Human, false)
}

/// The stream of a page at `path` with the tag `tag`. Events:
/// `faults`: all faults, as [`report::Line`] with a `drawing` as on a terminal;
/// `notice`: what an editor should know of the page, or nothing;
/// `style`: only style sheets changed; `reload`: the page did.
pub fn stream(
    shared: Arc<Shared>,
    path: String,
    tag: String,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(async move {
        let mut changes = shared.listen();
        let mut tag = tag;
        let mut sent = BTreeMap::new();
        while !shared.is_stopped() {
            changes.borrow_and_update();
            let (look, at, old) = (shared.clone(), path.clone(), tag.clone());
            let Ok(events) = tokio::task::spawn_blocking(move || events(&look, &at, &old)).await else {
                return;
            };
            for (name, data, new) in events {
                // Faults and notices are told once; a page that is to be loaded again is told so each time.
                if sent.get(name) == Some(&data) {
                    continue;
                }
                if let Some(new) = new {
                    tag = new;
                } else {
                    sent.insert(name, data.clone());
                }
                if sender.send(Ok(Event::default().event(name).data(data))).await.is_err() {
                    return;
                }
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = sender.closed() => return,
            }
        }
    });
    Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::default())
}

/// Name, data, and the tag that the page has from then on.
fn events(shared: &Shared, path: &str, tag: &str) -> Vec<(&'static str, String, Option<String>)> {
    let state = shared.state();
    let faults: Vec<_> = state
        .faults
        .iter()
        .map(|fault| {
            let mut value = json!(report::line(fault));
            value["drawing"] = json!(drawing(fault));
            value
        })
        .collect();
    let mut events = vec![("faults", json!(faults).to_string(), None)];
    let Some(view) = &state.view else { return events };
    events.push(("notice", json!(view.notice(path)).to_string(), None));
    let Some(now) = http::page_tag(view, path) else { return events };
    let text = now.as_text();
    if text != tag {
        let same_shape = tag.split_once('-').is_some_and(|(shape, _)| shape == now.shape);
        events.push((if same_shape { "style" } else { "reload" }, text.clone(), Some(text)));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_element_can_be_taken_out_again() {
        let check = |page: &str| {
            let served = inject(page.as_bytes().to_vec(), "t-1");
            let served = String::from_utf8(served).unwrap();
            assert_ne!(served, page);
            assert_eq!(served.replacen(&element("t-1"), "", 1), page);
        };
        check("<html><body><pre>&lt;/body></pre></body></html>");
        check("<body></body> </body>\n");
        check("no body");
    }
}
