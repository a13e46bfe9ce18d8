/** What the server counts, for `INFO`. `CONFIG RESETSTAT` begins anew. */
export class Statistics {
  connections = 0;
  rejectedConnections = 0;
  commands = 0;
  inputBytes = 0;
  outputBytes = 0;
  reads = 0;
  writes = 0;
  expiredKeys = 0;
  hits = 0;
  misses = 0;
  unexpectedErrors = 0;
  /** The number of error replies by their code, for example `WRONGTYPE`. */
  readonly errors = new Map<string, number>();

  countError(reply: string): void {
    const code = reply.slice(0, reply.indexOf(" ") < 0 ? undefined : reply.indexOf(" "));
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
  }

  get totalErrors(): number {
    return [...this.errors.values()].reduce((sum, count) => sum + count, 0);
  }
}
