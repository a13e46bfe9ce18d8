import http from "node:http";
import { text } from "node:stream/consumers";

/** Returns the body of an answer. Uses a connection of its own. */
export async function httpGet(host: string, path: string): Promise<string> {
  const response = await httpRequest(host, "GET", path);
  return await text(response);
}

/** Sends a request to a `DOCKER_HOST` on a connection of its own. */
export function httpRequest(
  host: string,
  method: string,
  path: string,
  body?: object,
): Promise<http.IncomingMessage> {
  const place = host.startsWith("unix://")
    ? { socketPath: host.slice("unix://".length) }
    : { host: new URL(host).hostname, port: new URL(host).port };
  return new Promise((resolve, reject) => {
    http
      .request(
        { ...place, method, path, agent: false, headers: { "Content-Type": "application/json" } },
        resolve,
      )
      .on("error", reject)
      .end(body && JSON.stringify(body));
  });
}
