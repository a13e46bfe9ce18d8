import { describe, expect, it } from "vitest";
import { containerLog } from "./log.js";

const bytes = (text: string) => new TextEncoder().encode(text);

function logOf(...writes: [stream: "stdout" | "stderr", text: string][]) {
  let now = 0n;
  const log = containerLog(() => ++now);
  for (const [stream, text] of writes) log.write(stream, bytes(text));
  return log;
}

function shown(log: ReturnType<typeof logOf>) {
  return log.lines.map(({ stream, data }) => `${stream} ${new TextDecoder().decode(data)}`);
}

describe("a container's log", () => {
  it("has a line for each line feed, by stream", () => {
    const log = logOf(["stdout", "one\ntw"], ["stderr", "bad\n"], ["stdout", "o\nthree"]);
    expect(shown(log)).toEqual(["stdout one\n", "stderr bad\n", "stdout two\n"]);
    log.endRun();
    expect(shown(log)).toEqual(["stdout one\n", "stderr bad\n", "stdout two\n", "stdout three"]);
  });

  it("cuts long lines where the engine does", () => {
    const log = logOf(["stdout", "x".repeat(40_000)]);
    log.endRun();
    expect(log.lines.map(({ data }) => data.length)).toEqual([16_384, 16_384, 7_232]);
  });

  it("forgets the oldest lines", () => {
    const log = logOf();
    for (let line = 0; line < 3_000; line++) log.write("stdout", bytes(`${line} ${"x".repeat(1000)}\n`));
    expect(log.lines.length).toBeLessThan(1_100);
    expect(log.lines.length).toBeGreaterThan(700);
    expect(shown(log).at(-1)).toMatch(/^stdout 2999 /);
  });

  it("tells followers until the run ends", () => {
    const log = logOf(["stdout", "before\n"]);
    const told: string[] = [];
    log.follow(
      ({ data }) => told.push(new TextDecoder().decode(data)),
      () => told.push("end"),
    );
    log.write("stdout", bytes("after\nrest"));
    log.endRun();
    log.write("stdout", bytes("next run\n"));
    expect(told).toEqual(["after\n", "rest", "end"]);
  });
});
