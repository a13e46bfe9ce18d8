/** One action of a client, or one thing to observe. A step names the connection that it is about. */
export type Step =
  /** Sends a request, and reads the whole answer up to the end of the connection. */
  | { readonly call: string; readonly body?: unknown; readonly headers?: Headers }
  /** Sends a request, and keeps its connection under a name. Waits only for the head of the answer. */
  | {
      readonly open: string;
      readonly call: string;
      readonly body?: unknown;
      readonly headers?: Headers;
    }
  | { readonly send: string; readonly text: string }
  /** Closes the client's half of the connection, and reads on. */
  | { readonly halfClose: string }
  /** Closes the connection. */
  | { readonly leave: string }
  /** Waits until the stream contains this text. */
  | { readonly sees: string; readonly text: string }
  /** Waits until the engine has closed the connection. */
  | { readonly ends: string }
  /** Observes that the connection is still open a while later. */
  | { readonly stays: string }
  /** Waits so many milliseconds, because the absence of output can be seen only after a time. */
  | { readonly quiet: number }
  /** Observes the keys of the answer's JSON, at all depths and in order. */
  | { readonly keys: string }
  /** Observes only these paths of the answer's JSON, e.g. `State.ExitCode`. */
  | { readonly look: string; readonly at: readonly string[] };

export type Headers = Readonly<Record<string, string>>;

/** One way to use streams. Engines are compared by what its client sees. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
}

/** The headers that ask the engine to take the connection over with 101. */
export const upgrade: Headers = { Connection: "Upgrade", Upgrade: "tcp" };
