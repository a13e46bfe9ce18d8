import type { OutputName } from "@dryharbor/kernel/host";
import { joinedBytes } from "@dryharbor/sdk/port";

/** A line of a container's log, with its line feed. The last line of a process may lack one. */
export interface LogLine {
  /** When it was written, in nanoseconds. */
  readonly time: bigint;
  readonly stream: OutputName;
  readonly data: Uint8Array;
}

/** The output of a container's processes over all its runs. */
export interface ContainerLog {
  /** The lines, oldest first. */
  readonly lines: readonly LogLine[];
  write(stream: OutputName, data: Uint8Array): void;
  /** Ends a run. Output after the last line feed becomes a line, and followers come to their end. */
  endRun(): void;
  /**
   * Calls `line` for each line from now on, and `end` at the end of the run, until the returned function is
   * called.
   */
  follow(line: (line: LogLine) => void, end: () => void): () => void;
}

/** The bytes that a log keeps; older lines are dropped. A simulated container has no disk to fill. */
const keptBytes = 1_048_576;

/** The number of bytes at which the engine splits a line. */
const longestLine = 16_384;

const lineFeed = 10;

/**
 * Makes a log.
 *
 * @param now returns the time in nanoseconds
 * @param past the lines that it starts with
 */
export function containerLog(now: () => bigint, past: readonly LogLine[] = []): ContainerLog {
  let lines = [...past];
  let bytes = lines.reduce((sum, { data }) => sum + data.length, 0);
  const partial: Record<OutputName, Uint8Array[]> = { stdout: [], stderr: [] };
  const followers = new Set<{ line(line: LogLine): void; end(): void }>();

  function add(stream: OutputName, data: Uint8Array): void {
    const line: LogLine = { time: now(), stream, data };
    lines.push(line);
    bytes += data.length;
    if (bytes > keptBytes) {
      // Drops down to three quarters at once, so that a long log is not copied for every line.
      let dropped = 0;
      while (bytes > keptBytes * 0.75 && dropped < lines.length - 1) bytes -= lines[dropped++]!.data.length;
      lines = lines.slice(dropped);
    }
    for (const follower of [...followers]) follower.line(line);
  }

  function flush(stream: OutputName): void {
    const pieces = partial[stream];
    if (pieces.length === 0) return;
    partial[stream] = [];
    add(stream, pieces.length === 1 ? pieces[0]! : joinedBytes(pieces));
  }

  return {
    get lines() {
      return lines;
    },
    write(stream, data) {
      let rest = data;
      while (rest.length > 0) {
        const room = longestLine - partial[stream].reduce((sum, piece) => sum + piece.length, 0);
        const feed = rest.indexOf(lineFeed);
        const end = feed >= 0 && feed < room ? feed + 1 : Math.min(room, rest.length);
        partial[stream].push(rest.subarray(0, end));
        rest = rest.subarray(end);
        if ((feed >= 0 && feed < room) || end === room) flush(stream);
      }
    },
    endRun() {
      flush("stdout");
      flush("stderr");
      for (const follower of [...followers]) follower.end();
      followers.clear();
    },
    follow(line, end) {
      const follower = { line, end };
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
}
