import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type BytesTrace, bytesTraces, simulatedAnswers } from "../lab/bytes/live.js";

const entries = await readdir(bytesTraces, { recursive: true }).catch((): string[] => []);
const files = entries.filter((name) => name.endsWith(".json"));

// Sequences whose answers once differed, with the engine's answers.
describe.runIf(files.length > 0)("the simulator answers as real engines did, byte by byte", () => {
  it.each(files)("%s", async (file) => {
    const trace = JSON.parse(await readFile(join(bytesTraces, file), "utf8")) as BytesTrace;
    expect(await simulatedAnswers(trace)).toEqual(trace.answers);
  });
});
