import type { Time } from "@dryharbor/kernel/host";
import { AbortError, abortError, type CallOptions, UsageError } from "@dryharbor/sdk/port";
import type { Daemon } from "../core/daemon.js";
import type { PublishingCall } from "../core/ports/trial.js";
import type { Runtime } from "../runtime/runtime.js";
import { keepAlive } from "./keep-alive.js";

/** Registers what is to be done where a call is given up before it has its answer. */
export type OnGivenUp = (cleanUp: () => void) => void;

/** One client of a simulated engine: every call of the driver goes through here. */
export class Session {
  closed = false;
  /** Ends the calls and streams that are under way. */
  readonly #open = new Set<() => void>();
  #hasWaited = false;

  constructor(
    readonly daemon: Daemon,
    readonly runtime: Runtime,
    readonly time: Time,
    /** The Engine API version that this client speaks. */
    readonly apiVersion: string,
  ) {}

  /** A call that is answered at once: all that it does is done when the function returns. */
  async call<T>(options: CallOptions | undefined, operation: () => T): Promise<T> {
    this.admit(options);
    if (this.loading) await this.programsLoaded(options);
    return asJson(operation());
  }

  /** As {@link call}, for what keeps nothing of the request and makes its answer for this call alone: neither is copied. */
  async compute<T>(options: CallOptions | undefined, operation: () => T): Promise<T> {
    this.admit(options);
    if (this.loading) await this.programsLoaded(options);
    return operation();
  }

  /** As {@link call}, for what may publish ports; see {@link Runtime.afterTrial}. */
  async publish<T>(
    options: CallOptions | undefined,
    about: () => PublishingCall | undefined,
    operation: () => T,
  ): Promise<T> {
    this.admit(options);
    if (this.loading) await this.programsLoaded(options);
    const outcome = this.runtime.afterTrial(about, operation);
    return asJson(outcome instanceof Promise ? await outcome : outcome);
  }

  /**
   * A call that may wait. Its signal, and the end of the session, end the wait; what the operation has
   * begun by then runs on, as in the engine.
   */
  async wait<T>(
    options: CallOptions | undefined,
    operation: (onGivenUp: OnGivenUp) => Promise<T>,
  ): Promise<T> {
    this.admit(options);
    if (this.loading) await this.programsLoaded(options);
    const cleanUps: (() => void)[] = [];
    return asJson(
      await this.givenUpWith(
        options?.abortSignal,
        operation((cleanUp) => cleanUps.push(cleanUp)),
        () => {
          for (const cleanUp of cleanUps) cleanUp();
        },
      ),
    );
  }

  /** What a call that is made now waits for. */
  get loading(): Promise<void> | undefined {
    return this.#hasWaited ? undefined : this.runtime.loading;
  }

  /** Makes a call that has waited already, so that it does not wait for what calls after it have begun to load. */
  afterWaiting<T>(call: () => T): T {
    this.#hasWaited = true;
    try {
      return call();
    } finally {
      this.#hasWaited = false;
    }
  }

  /** Refuses what a closed engine and an aborted signal refuse. */
  admit(options: CallOptions | undefined): void {
    if (this.closed) throw new UsageError("this engine is closed: open another one");
    if (options?.abortSignal?.aborted) throw abortError(options.abortSignal);
  }

  /** Lets the programs be there before a call. Those that wait so go on in the order in which they were made. */
  async programsLoaded(options: CallOptions | undefined): Promise<void> {
    await this.runtime.loading;
    this.admit(options);
  }

  /** `promise`, or the error of `signal` or of the session's end, whichever comes first. */
  givenUpWith<T>(signal: AbortSignal | undefined, promise: Promise<T>, cleanUp: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      const wake = keepAlive();
      const settle = (): void => {
        wake();
        signal?.removeEventListener("abort", abort);
        this.#open.delete(close);
      };
      const giveUp = (error: Error): void => {
        settle();
        cleanUp();
        reject(error);
      };
      const abort = (): void => giveUp(abortError(signal!));
      const close = (): void => giveUp(new AbortError("the engine was closed during this call"));
      signal?.addEventListener("abort", abort, { once: true });
      this.#open.add(close);
      promise.then(
        (value) => {
          settle();
          resolve(value);
        },
        (error: unknown) => {
          settle();
          reject(error);
        },
      );
    });
  }

  /** `promise`, for which a Node process is kept alive. */
  async whileReading<T>(promise: Promise<T>): Promise<T> {
    const wake = keepAlive();
    try {
      return await promise;
    } finally {
      wake();
    }
  }

  /** Calls `close` when the session ends, until the returned function is called. */
  whenClosed(close: () => void): () => void {
    this.#open.add(close);
    return () => this.#open.delete(close);
  }

  close(): void {
    this.closed = true;
    for (const close of [...this.#open]) close();
    this.#open.clear();
  }
}

/**
 * What a client sees of a value: a copy that came as JSON. So nobody holds a piece of the state, and
 * neither does the state hold a piece of a request.
 */
export function asJson<T>(value: T): T {
  return typeof value === "object" && value !== null ? (JSON.parse(JSON.stringify(value)) as T) : value;
}
