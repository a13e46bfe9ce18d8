/** One HTTP request as plain data. Target and body may refer to ids, as commands do (`{container:a}`). */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  /** The headers as sent. The sender adds `Host` and `Content-Length`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer to a request. A chunked body is joined. */
export interface WireAnswer {
  /** NaN if the connection was dropped without an answer. */
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Formats requests as lines for a shell, where `$sock` is the engine's socket. */
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
