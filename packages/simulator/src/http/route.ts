// A route and the functions that declare one. The files in `routes/` use them; `routes/table.ts` collects the
// routes and `router.ts` finds one.

import type { Row } from "../core/releases/row.js";
import type { Call } from "./call.js";
import type { HttpResponse } from "./message.js";

/** A row of the routing table: the requests it takes, and the function that answers them. */
export interface Route {
  readonly method: Method;
  /**
   * The path without a version, in the notation of moby's routers: `{name}` matches one segment, `{name:.*}`
   * anything, slashes included.
   *
   * @example "/networks/{id:.*}/connect"
   */
  readonly path: string;
  /**
   * Decodes the request, calls one operation and encodes its result; it has no logic of its own. An error
   * that it throws becomes the answer.
   */
  readonly answer: (call: Call) => HttpResponse | Promise<HttpResponse>;
  /** The engine parses the query, and so refuses one that does not parse. */
  readonly readsQuery: boolean | Row<boolean>;
}

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS";

type Answer = Route["answer"];

/** Returns a function that makes routes of one method. */
const of =
  (method: Method) =>
  (path: string, answer: Answer, { readsQuery = true }: Partial<Pick<Route, "readsQuery">> = {}): Route => ({
    method,
    path,
    answer,
    readsQuery,
  });

export const get = of("GET");
export const head = of("HEAD");
export const post = of("POST");
export const put = of("PUT");
export const del = of("DELETE");

/** The option of a route whose query the engine does not parse as a whole. */
export const unread = { readsQuery: false } as const;
