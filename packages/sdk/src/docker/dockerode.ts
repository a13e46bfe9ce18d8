/** One request, as docker-modem takes it. */
interface DialOptions {
  path: string;
  method: string;
  options: { _query: object; _body: object };
  allowEmpty: boolean;
  hijack: boolean;
  isStream: true;
  statusCodes: Record<number, true>;
  abortSignal: AbortSignal;
  /** The body of the request. */
  file?: Buffer | NodeJS.ReadableStream;
  headers?: Record<string, string>;
}

/**
 * The part of a dockerode instance that the driver uses: its connection. Declared here so that who brings
 * a dockerode of their own needs no types of ours for it.
 */
export interface Dockerode {
  readonly modem: {
    /** Sent with every request. */
    readonly headers?: object | undefined;
    /** `answer`: an `IncomingMessage`, or the bare connection (a `Duplex`). */
    dial(options: DialOptions, done: (error: Error | null, answer: object | null) => void): void;
  };
}
