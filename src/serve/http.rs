//! Requests → answers, out of the site that is shown now.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Json, Router,
    body::Body,
    extract::{Query, Request, State as Extract},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use rustc_hash::FxHashMap;

use crate::{
    assets::File,
    diagnostic::Diagnostic,
    disk::folder,
    model::Page,
    pipeline,
    serve::{
        files::{self, Asked},
        hosts, inspect, live, overview,
        shared::Shared,
        view::{Found, Tag, View},
    },
};

pub fn app(shared: Arc<Shared>, interface: IpAddr) -> Router {
    let guard = middleware::from_fn(move |request: Request, next: Next| guard(interface, request, next));
    Router::new()
        .route(live::SCRIPT_PATH, get(script))
        .route(live::EVENTS_PATH, get(events))
        .route("/_dateline/mentions", get(mentions))
        .route(overview::PATH, get(standing))
        .fallback(site)
        .layer(guard)
        .with_state(shared)
}

/// Lets only reading pass, and only under a name that means this machine.
async fn guard(interface: IpAddr, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| request.uri().authority().map(|authority| authority.as_str()));
    if !host.is_some_and(|host| hosts::allowed(host, interface)) {
        let text = "The preview answers under `localhost` or an address in figures only, so that no other site can read it.\n";
        return plain(StatusCode::FORBIDDEN, text);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = plain(StatusCode::METHOD_NOT_ALLOWED, "The preview can be read only.\n");
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    next.run(request).await
}

fn plain(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text.to_owned()).into_response()
}

async fn script() -> Response {
    let headers =
        [(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, live::SCRIPT).into_response()
}

async fn events(
    Extract(shared): Extract<Arc<Shared>>,
    Query(query): Query<FxHashMap<String, String>>,
) -> Response {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    live::stream(shared, value("path"), value("tag")).into_response()
}

async fn mentions(
    Extract(shared): Extract<Arc<Shared>>,
    Query(query): Query<FxHashMap<String, String>>,
) -> Response {
    let path = query.get("path").map_or("", String::as_str);
    let found = shared.state().view.map(|view| inspect::mentions(&view, path, &shared.root));
    ([(header::CACHE_CONTROL, "no-store")], Json(found.unwrap_or_default())).into_response()
}

async fn standing(
    Extract(shared): Extract<Arc<Shared>>,
    Query(query): Query<FxHashMap<String, String>>,
) -> Response {
    let part = query.get("part").and_then(|part| part.parse().ok()).unwrap_or(1);
    let state = shared.state();
    let made = tokio::task::spawn_blocking(move || {
        state
            .view
            .as_ref()
            .map(|view| overview::overview(&state, view, part).map_err(|fault| vec![fault]))
            // Without a site there is no look to show it in.
            .unwrap_or_else(|| Err(state.faults.to_vec()))
    })
    .await;
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    match made {
        Ok(Ok(page)) => (headers, page).into_response(),
        Ok(Err(faults)) => (headers, fault_page(&faults)).into_response(),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "Rendering this page failed.\n"),
    }
}

/// Faults as a page without the site's templates.
fn fault_page(faults: &[Diagnostic]) -> Vec<u8> {
    let drawings: String = faults.iter().map(|fault| inspect::escape(&live::drawing(fault))).collect();
    let head = "<!doctype html><html lang=en><meta charset=utf-8><title>Fault</title>";
    format!("{head}<body><pre>{drawings}</pre></body></html>").into_bytes()
}

async fn site(Extract(shared): Extract<Arc<Shared>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    // Rendering takes a while; other requests are answered meanwhile.
    let answer = tokio::task::spawn_blocking(move || answer(&shared, &parts.uri, &parts.headers)).await;
    answer.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "Rendering this page failed.\n"))
}

fn answer(shared: &Shared, uri: &Uri, headers: &HeaderMap) -> Response {
    let Some(view) = shared.state().view else {
        let text =
            "<!doctype html><meta charset=utf-8><title>Dateline</title><body><p>The site has faults.</body>";
        let body = live::inject(text.as_bytes().to_vec(), "none");
        return send(StatusCode::SERVICE_UNAVAILABLE, "x.html", "\"none\"", Bytes::Memory(body), headers);
    };
    match view.find(uri.path()) {
        Found::Page(page) => show(&view, page, StatusCode::OK, headers),
        Found::File(file, name) => file_answer(file, name, headers),
        Found::Folder => {
            let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
            // Two slashes at the front would name another host.
            let location = format!("/{}/{query}", uri.path().trim_start_matches('/'));
            match HeaderValue::from_str(&location) {
                Ok(location) => {
                    let headers = [
                        (header::LOCATION, location),
                        // A browser that kept this would redirect the next site on this port.
                        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
                    ];
                    (StatusCode::MOVED_PERMANENTLY, headers).into_response()
                }
                Err(_) => plain(StatusCode::BAD_REQUEST, "This address cannot be.\n"),
            }
        }
        #[cfg(feature = "search")]
        Found::Nothing if index_file(&view, uri.path()).is_some() => {
            let (name, bytes) = index_file(&view, uri.path()).unwrap_or_default();
            let etag = format!("\"{}\"", &blake3::hash(bytes).to_hex()[..16]);
            send(StatusCode::OK, &name, &etag, Bytes::Memory(bytes.to_vec()), headers)
        }
        Found::Nothing => match view.not_found() {
            Some(page) => show(&view, page, StatusCode::NOT_FOUND, headers),
            None => plain(StatusCode::NOT_FOUND, "There is nothing here.\n"),
        },
        Found::Outside => {
            let base = &view.built.site.urls.base_path;
            plain(
                StatusCode::NOT_FOUND,
                &format!("The site stands under {base}, here as on its real host.\n"),
            )
        }
    }
}

/// A file of the search index, which is made when it is first asked for.
#[cfg(feature = "search")]
fn index_file<'a>(view: &'a View, path: &str) -> Option<(String, &'a [u8])> {
    let built = &view.built;
    let name = built.site.urls.inside(path)?.trim_start_matches('/').to_owned();
    let bytes = pipeline::search::file(built, &name)?;
    Some((name, bytes))
}

fn show(view: &View, page: &Page, status: StatusCode, headers: &HeaderMap) -> Response {
    let name = page.path.file();
    match pipeline::render(&view.built, page) {
        Ok(bytes) => {
            let tag = view.tag(&bytes).as_text();
            let bytes = if name.ends_with(".html") { live::inject(bytes, &tag) } else { bytes };
            send(status, &name, &format!("\"{tag}\""), Bytes::Memory(bytes), headers)
        }
        Err(fault) => {
            let tag = fault_tag().as_text();
            let body = live::inject(fault_page(&[fault]), &tag);
            send(
                StatusCode::INTERNAL_SERVER_ERROR,
                "x.html",
                &format!("\"{tag}\""),
                Bytes::Memory(body),
                headers,
            )
        }
    }
}

/// The tag of what a path shows now; `None` when it shows no page.
pub fn page_tag(view: &View, path: &str) -> Option<Tag> {
    let page = match view.find(path) {
        Found::Page(page) => page,
        Found::Nothing => view.not_found()?,
        Found::File(..) | Found::Folder | Found::Outside => return None,
    };
    Some(pipeline::render(&view.built, page).map_or_else(|_| fault_tag(), |bytes| view.tag(&bytes)))
}

/// A page that cannot be rendered.
fn fault_tag() -> Tag {
    Tag { shape: "fault".to_owned(), look: "fault".to_owned() }
}

/// What is sent: from memory, or from a file of the site's own folders.
enum Bytes<'a> {
    Memory(Vec<u8>),
    Disk(&'a std::path::Path, u64),
}

fn file_answer(file: &File, name: &str, headers: &HeaderMap) -> Response {
    match file {
        File::Bytes(bytes) => {
            let etag = format!("\"{}\"", &blake3::hash(bytes).to_hex()[..16]);
            send(StatusCode::OK, name, &etag, Bytes::Memory(bytes.clone()), headers)
        }
        // Large files are not read for their hash: size and time of the last change stand for it.
        File::Copy(path) => match folder::stamp(path) {
            Some((size, time)) => send(
                StatusCode::OK,
                name,
                &format!("\"{size:x}-{time:x}\""),
                Bytes::Disk(path, size),
                headers,
            ),
            None => plain(StatusCode::NOT_FOUND, "This file has just gone.\n"),
        },
    }
}

fn send(status: StatusCode, name: &str, etag: &str, bytes: Bytes<'_>, headers: &HeaderMap) -> Response {
    let asked = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let builder = Response::builder()
        .header(header::ETAG, etag)
        // Kept, but asked about each time: what is shown is never stale.
        .header(header::CACHE_CONTROL, "no-cache")
        .header(header::ACCEPT_RANGES, "bytes");
    let ok = status == StatusCode::OK;
    if ok && asked(header::IF_NONE_MATCH).is_some_and(|tags| files::matches(tags, etag)) {
        return finish(builder.status(StatusCode::NOT_MODIFIED).body(Body::empty()));
    }
    let builder = builder.header(header::CONTENT_TYPE, files::media_type(name));
    let size = match &bytes {
        Bytes::Memory(bytes) => bytes.len() as u64,
        Bytes::Disk(_, size) => *size,
    };
    let fresh = asked(header::IF_RANGE).is_none_or(|tag| tag == etag);
    let wanted = match asked(header::RANGE).filter(|_| ok && fresh) {
        Some(range) => files::range(range, size),
        None => Asked::Whole,
    };
    let (status, range, builder) = match wanted {
        Asked::Whole => (status, 0..size, builder),
        Asked::Part(range) => {
            let place = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            (StatusCode::PARTIAL_CONTENT, range, builder.header(header::CONTENT_RANGE, place))
        }
        Asked::Nothing => {
            let builder = builder.header(header::CONTENT_RANGE, format!("bytes */{size}"));
            return finish(builder.status(StatusCode::RANGE_NOT_SATISFIABLE).body(Body::empty()));
        }
    };
    let body = match bytes {
        Bytes::Memory(mut bytes) => {
            bytes.truncate(range.end as usize);
            bytes.drain(..range.start as usize);
            bytes
        }
        Bytes::Disk(path, _) => match folder::part(path, range.start, range.end - range.start) {
            Ok(bytes) => bytes,
            Err(_) => return plain(StatusCode::NOT_FOUND, "This file has just gone.\n"),
        },
    };
    finish(builder.status(status).body(Body::from(body)))
}

fn finish(answer: Result<Response, axum::http::Error>) -> Response {
    answer.unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "No answer could be made.\n"))
}
