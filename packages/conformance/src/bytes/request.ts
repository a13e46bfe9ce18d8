/**
 * One HTTP request as plain data. References to ids, as in commands (`{container:a}`), may stand in target and
 * body.
 */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  /** As sent; the sender adds `Host` and `Content-Length`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What came back. A body in pieces is put together. */
export interface WireAnswer {
  /** NaN where the connection was dropped without an answer. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Requests as lines for a shell, where `$sock` is the engine's socket. */
export function curlScript(requests: readonly WireRequest[]): string {
  return requests
    .map(({ method, target, headers, body }) =>
      [
        `curl -i --path-as-is -g --unix-socket $sock -X ${quoted(method)}`,
        ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
        ...(body === undefined ? [] : [`--data-binary ${quoted(body)}`]),
        quoted(`http://d${target}`),
      ].join(" "),
    )
    .join("\n");
}

function quoted(text: string): string {
  return /^[\w/:.=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
