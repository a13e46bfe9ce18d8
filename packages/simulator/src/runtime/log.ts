import type { OutputName } from "@dryharbor/kernel/host";

/** A line of a container's log, with its line feed; without one where the process ended before. */
export interface LogLine {
  /** Nanoseconds. */
  readonly time: bigint;
  readonly stream: OutputName;
  readonly data: Uint8Array;
}

/** What a container's processes wrote, over all its runs. */
export interface ContainerLog {
  /** Oldest first. */
  readonly lines: readonly LogLine[];
  write(stream: OutputName, data: Uint8Array): void;
  /** The process has ended: what it wrote after its last line feed is a line too. Followers come to the end. */
  endRun(): void;
  /** Calls `line` with each line from now on, and `end` at the end of the run; until the returned function is called. */
  follow(line: (line: LogLine) => void, end: () => void): () => void;
}

/** The oldest lines are dropped beyond this: a simulated container has no disk to fill. */
const keptBytes = 1_048_576;

/** The engine cuts longer lines. */
const longestLine = 16_384;

const lineFeed = 10;

/** @param now when it is, in nanoseconds */
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
      // Down to three quarters at once, so that a long log is not moved for every line.
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
    add(stream, joined(pieces));
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

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
