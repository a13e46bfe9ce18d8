import type { HostEntry, LookupHost } from "../network/lookup.js";
import type { Network } from "../network/sockets.js";

/** What the sockets of a process ask of it. */
export interface SocketOwner {
  readonly pid: number;
  /** Resolves when the process runs, and never once it has ended. Returns `undefined` when it runs now. */
  running(): Promise<void> | undefined;
  /** Closes something at the end of the process. The returned function calls it off. */
  atEnd(close: () => void): () => void;
}

/** The network of processes that share a network namespace, and how they look names up in it. */
export interface Networking {
  /** Returns the network of one process. */
  of(owner: SocketOwner): Network;
  /** The implementation of `ProcessContext.lookup`. */
  lookUp(host: LookupHost, name: string, family?: 4 | 6): Promise<HostEntry>;
  /** The implementation of `ProcessContext.reverse`. */
  reverse(host: LookupHost, address: string): Promise<HostEntry | undefined>;
}
