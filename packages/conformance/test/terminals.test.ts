import { readFileSync } from "node:fs";
import { createSimulator, type Simulator } from "@dryharbor/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Screen,
  startTerminals,
  type TerminalRecording,
  useTerminal,
} from "../lab/programs/terminals.js";

const recording: TerminalRecording = JSON.parse(
  readFileSync(new URL("../lab/programs/traces/terminals.json", import.meta.url), "utf8"),
);
/** How long a case may take to show what it should, and how long nothing must be shown, in milliseconds. */
const patience = 10_000;
const quiet = 50;

/** Resolves when the screen is as expected, or will not be any more. */
async function settled({ shown, isOver }: Screen, expected: string | undefined): Promise<void> {
  const began = Date.now();
  while (shown() !== expected && !isOver() && Date.now() - began < patience) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  if (expected === "") await new Promise((resolve) => setTimeout(resolve, quiet));
}

let simulator: Simulator;

beforeAll(() => {
  simulator = createSimulator({
    images: { busybox: { config: { Env: ["PATH=/bin"] }, origin: "imported" } },
  });
});

afterAll(() => simulator.close());

describe("programs at a terminal show what the recorded BusyBox did", () => {
  it.concurrent.each(
    recording.cases.map((each) => [each.argv.join(" "), JSON.stringify(each.keys), each] as const),
  )("%s, then %s", async (_argv, _keys, { shown, code, ...recorded }) => {
    const { engine } = simulator;
    // The cases run at once, so each has a container of its own.
    const container = await startTerminals(engine, recording);
    const seen = await useTerminal(engine, container, recorded, recording.chance, (screen, step) =>
      settled(screen, shown?.[step]),
    );
    expect(seen).toEqual({ ...recorded, shown, code });
  });
});
