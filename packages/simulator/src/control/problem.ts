// Problems of the control API: what is answered instead, as RFC 9457 has it.

import type { HttpResponse } from "../http/message.js";

/** What there is to a kind of problem. */
export const problemKinds = {
  "bad-request": { status: 400, title: "The request cannot be read" },
  forbidden: { status: 403, title: "The request comes from a browser" },
  "not-found": { status: 404, title: "There is no such thing" },
  "method-not-allowed": { status: 405, title: "The path has no such method" },
  conflict: { status: 409, title: "This cannot be done now" },
  "too-large": { status: 413, title: "The body is too large" },
  invalid: { status: 422, title: "The request asks for what cannot be" },
  fault: { status: 500, title: "The simulator is at fault" },
} as const;

export type ProblemKind = keyof typeof problemKinds;

/** A request that is refused. Nothing has been done. */
export class Problem extends Error {
  override readonly name = "Problem";

  /**
   * @param message what is wrong, and what to do
   * @param headers further headers of the answer
   */
  constructor(
    readonly kind: ProblemKind,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The answer to a request that is refused. */
export function problemAnswer({ kind, message, headers }: Problem): HttpResponse {
  const { status, title } = problemKinds[kind];
  const body = { type: `urn:dryharbor:problem:${kind}`, title, status, detail: message };
  return {
    status,
    headers: { "Content-Type": problemType, ...headers },
    body: `${JSON.stringify(body)}\n`,
  };
}

/** The media type of problems. */
export const problemType = "application/problem+json";
