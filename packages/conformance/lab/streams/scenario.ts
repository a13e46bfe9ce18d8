/** One thing that a client does, in order. */
export type Step =
  /** A request, its whole answer, and the end of the connection. */
  | { readonly call: string; readonly body?: unknown; readonly headers?: Headers }
  /** A request whose connection stays, under a name; waits for the head of the answer only. */
  | {
      readonly open: string;
      readonly call: string;
      readonly body?: unknown;
      readonly headers?: Headers;
    }
  | { readonly send: string; readonly text: string }
  /** The client closes its side, and reads on. */
  | { readonly halfClose: string }
  /** The client goes. */
  | { readonly leave: string }
  /** Waits until the stream's text has this in it. */
  | { readonly sees: string; readonly text: string }
  /** Waits until the engine has closed the connection. */
  | { readonly ends: string }
  /** A while later, the connection is still there. */
  | { readonly stays: string }
  /** That nothing more comes has no sign but time: so many milliseconds. */
  | { readonly quiet: number }
  /** The keys of the answer's JSON, all the way down and in order. */
  | { readonly keys: string }
  /** The answer's JSON at these paths only, e.g. `State.ExitCode`. */
  | { readonly look: string; readonly at: readonly string[] };

export type Headers = Readonly<Record<string, string>>;

/** A way to use streams, compared between engines by what a client gets to see. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** What asks for a connection to be taken over with 101. */
export const upgrade: Headers = { Connection: "Upgrade", Upgrade: "tcp" };
