// A small server of static files, compressed as static hosts do it.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves a folder on 127.0.0.1, under a path that ends with a slash.
 * @returns the address of the page, and what ends the server
 */
export async function serveFolder(folder, { port = 0, path = "/" } = {}) {
  const compressed = new Map();
  const server = createServer(async (request, response) => {
    const asked = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (!asked.startsWith(path)) {
      response.writeHead(404).end();
      return;
    }
    const name = normalize(`/${asked.slice(path.length)}`);
    const file = join(folder, name.endsWith("/") ? `${name}index.html` : name);
    try {
      let body = compressed.get(file);
      if (!body) {
        body = gzipSync(await readFile(file));
        compressed.set(file, body);
      }
      const type = types[extname(file)] ?? "application/octet-stream";
      response
        .writeHead(200, { "Content-Type": type, "Content-Encoding": "gzip", "Cache-Control": "no-cache" })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    address: `http://127.0.0.1:${server.address().port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        // Browsers keep connections open.
        server.closeAllConnections();
      }),
  };
}
