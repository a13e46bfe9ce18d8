import { readFileSync } from "node:fs";
import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTerminals, type TerminalRecording, useTerminal } from "./terminals.js";

const recording: TerminalRecording = JSON.parse(
  readFileSync(new URL("terminals.json", import.meta.url), "utf8"),
);
/** The simulator answers a key long before this, in milliseconds. */
const quiet = 130;

let simulator: Simulator;
let container: string;

beforeAll(async () => {
  simulator = createSimulator({
    images: { busybox: { config: { Env: ["PATH=/bin"] }, origin: "imported" } },
  });
  container = await startTerminals(simulator.engine, recording);
});

afterAll(() => simulator.close());

describe("programs at a terminal show what the recorded BusyBox did", () => {
  it.concurrent.each(
    recording.cases.map((each) => [each.argv.join(" "), JSON.stringify(each.keys), each] as const),
  )("%s, then %s", async (_argv, _keys, { shown, code, ...recorded }) => {
    const seen = await useTerminal(simulator.engine, container, recorded, recording.chance, quiet);
    expect(seen).toEqual({ ...recorded, shown, code });
  });
});
