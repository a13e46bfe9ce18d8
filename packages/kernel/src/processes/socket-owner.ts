/** What the sockets of a process ask of it. */
export interface SocketOwner {
  readonly pid: number;
  /** Resolves when the process runs, and never once it has ended. Returns `undefined` when it runs now. */
  running(): Promise<void> | undefined;
  /** Closes something at the end of the process. The returned function calls it off. */
  atEnd(close: () => void): () => void;
}
