// A folder of a built site → HTTP as GitHub Pages would answer: names are case-sensitive, folders have a slash and are
// never listed, and what is not there gets 404.html with the status 404.

import { createServer } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/vnd.microsoft.icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/** Paths of all files below a folder, with `/` between parts. */
export function files(folder) {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
}

/**
 * Serves `folder` under `base` (`/` or `/repo/`) on a free port of this machine; gives its address and `close`. Every
 * answer carries `always` among its headers.
 */
export async function serve(folder, base, always = {}) {
  const known = new Set(files(folder));
  const answer = (response, status, name, headers = {}) => {
    const type = TYPES[extname(name)] ?? "application/octet-stream";
    response.writeHead(status, { "content-type": type, ...always, ...headers });
    response.end(name === "" ? "" : readFileSync(join(folder, name)));
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const inside = path.startsWith(base) ? path.slice(base.length) : null;
    if (inside === null) return answer(response, 404, "");
    const found = [inside, `${inside}.html`].find((name) => name !== "" && known.has(name));
    if (found) return answer(response, 200, found);
    const index = inside === "" || inside.endsWith("/") ? `${inside}index.html` : `${inside}/index.html`;
    if (!known.has(index)) return answer(response, 404, known.has("404.html") ? "404.html" : "");
    if (inside !== "" && !inside.endsWith("/")) return answer(response, 301, "", { location: `${path}/` });
    answer(response, 200, index);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
