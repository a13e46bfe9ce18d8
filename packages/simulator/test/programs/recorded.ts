// Plays a trace of `record-programs` in a container of a simulator, and compares what its programs print.
import { readFileSync } from "node:fs";
import type { Engine } from "@dryharbor/sdk/port";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

interface Recorded {
  argv: string[];
  stdin?: string;
  /** One character for each byte. */
  stdout: string;
  stderr: string;
  code: number;
}

/** What differs from run to run. A trace holds its output after these rules. */
interface ChanceRule {
  about: string;
  /** A regular expression. */
  pattern: string;
  /** What stands in its place. */
  shown: string;
}

interface Recording {
  hostname: string;
  chance?: ChanceRule[];
  cases: Recorded[];
}

/** Makes a test of each case of a trace. They run one after another in one container. */
export function playTrace(file: string): void {
  const recording: Recording = JSON.parse(
    readFileSync(new URL(`../traces/${file}`, import.meta.url), "utf8"),
  );
  let simulator: Simulator;
  let container: string;

  beforeAll(async () => {
    simulator = createSimulator({
      images: { busybox: { config: { Env: ["PATH=/bin"] }, origin: "imported" } },
    });
    const { containers } = simulator.engine;
    const { Id } = await containers.create({
      Image: "busybox",
      Hostname: recording.hostname,
      Cmd: ["sleep", "100000"],
    });
    await containers.start(Id);
    container = Id;
  });

  afterAll(() => simulator.close());

  for (const [at, recorded] of recording.cases.entries()) {
    it(`${at}: ${recorded.argv.map((word) => JSON.stringify(word)).join(" ")}`, async () => {
      const { stdout, stderr, code } = recorded;
      const played = await play(simulator.engine, container, recorded);
      const shown = (text: string) =>
        (recording.chance ?? []).reduce(
          (rest, { pattern, shown }) => rest.replace(new RegExp(pattern, "gm"), shown),
          text,
        );
      const seen = { ...played, stdout: shown(played.stdout), stderr: shown(played.stderr) };
      expect(seen).toEqual({ stdout, stderr, code });
    });
  }
}

async function play(
  { exec }: Engine,
  container: string,
  { argv, stdin }: Recorded,
): Promise<Omit<Recorded, "argv">> {
  const { Id } = await exec.create(container, {
    Cmd: argv,
    AttachStdin: stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream = await exec.start(Id);
  if (stdin !== undefined) {
    await stream.write(stdin);
    await stream.end();
  }
  const output = { stdout: "", stderr: "" };
  for await (const { stream: name, data } of stream) output[name] += Buffer.from(data).toString("latin1");
  return { ...output, code: (await exec.inspect(Id)).ExitCode ?? -1 };
}
