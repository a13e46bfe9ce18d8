import { engineError } from "../errors.js";
import type { Images, PullProgress } from "../images.js";
import type { Connection } from "./connection.js";
import { jsonLines } from "./lines.js";
import { path } from "./path.js";

/** The last line of a pull that failed after it had begun. */
interface PullFailure {
  error: string;
  errorDetail?: { code?: number };
}

export function dockerImages(connection: Connection): Images {
  return {
    list: ({ all, filters, signal } = {}) =>
      connection.json({ method: "GET", path: "/images/json", query: { all, filters }, signal }),

    inspect: (image, { signal } = {}) =>
      connection.json({ method: "GET", path: path`/images/${image}/json`, signal }),

    async pull(reference, { onProgress, signal } = {}) {
      const answer = await connection.stream({
        method: "POST",
        path: "/images/create",
        query: pulled(reference),
        signal,
      });
      for await (const line of jsonLines<PullProgress | PullFailure>(answer.body)) {
        if ("error" in line) throw engineError(line.errorDetail?.code || 500, line.error);
        onProgress?.(line);
      }
    },

    remove: (image, { force, noprune, signal } = {}) =>
      connection.json({ method: "DELETE", path: path`/images/${image}`, query: { force, noprune }, signal }),

    async tag(image, { repo, tag }, { signal } = {}) {
      await connection.head({
        method: "POST",
        path: path`/images/${image}/tag`,
        query: { repo, tag },
        signal,
      });
    },
  };
}

/** Name and tag apart. Without a tag the engine would pull every one that there is. */
function pulled(reference: string): { fromImage: string; tag: string } {
  const [name = "", digest] = reference.split("@");
  if (digest !== undefined) return { fromImage: name, tag: digest };
  // A colon before the last slash is that of a port.
  const [, fromImage = name, tag = "latest"] = /^(.*):([^:/]+)$/.exec(name) ?? [];
  return { fromImage, tag };
}
