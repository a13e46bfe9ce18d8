import type { Row } from "../core/releases/row.js";
import type { Call } from "./call.js";
import type { HttpResponse } from "./message.js";

/** One line of the table: which requests, and what answers them. */
export interface Route {
  readonly method: Method;
  /**
   * The path without a version, as moby's routers have it: `{name}` is one segment, `{name:.*}` anything,
   * slashes included.
   *
   * @example "/networks/{id:.*}/connect"
   */
  readonly path: string;
  /** Decodes, calls one operation, encodes; has no logic of its own. What it throws becomes the answer. */
  readonly answer: (call: Call) => HttpResponse | Promise<HttpResponse>;
  /** Whether the engine looks at the query at all, and so refuses one that it cannot read. */
  readonly readsQuery: boolean | Row<boolean>;
}

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS";

type Answer = Route["answer"];

/** Makes routes of one method. */
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

/** The engine does not look at the query as a whole. */
export const unread = { readsQuery: false } as const;
