import { readFileSync } from "node:fs";
import type { Engine } from "@dryharbor/sdk/port";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSimulator, type Simulator } from "../../src/simulator.js";

interface Recorded {
  argv: string[];
  /** The user of the exec. Default: root. */
  user?: string;
  stdin?: string;
  /** One character for each byte. */
  stdout: string;
  stderr: string;
  code: number;
}

/** Tests that a simulated container answers as the recorded one did, to all cases of a file of `traces`. */
export function describeRecording(title: string, file: string): void {
  const recording: { hostname: string; groupAdd?: string[]; cases: Recorded[] } = JSON.parse(
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
      ...(recording.groupAdd && { HostConfig: { GroupAdd: recording.groupAdd } }),
    });
    await containers.start(Id);
    container = Id;
  });

  afterAll(() => simulator.close());

  describe(title, () => {
    for (const [at, recorded] of recording.cases.entries()) {
      it(`${at}: ${recorded.argv.map((word) => JSON.stringify(word)).join(" ")}`, async () => {
        const { stdout, stderr, code } = recorded;
        expect(await play(simulator.engine, container, recorded)).toEqual({ stdout, stderr, code });
      });
    }
  });
}

async function play(
  { exec }: Engine,
  container: string,
  { argv, user, stdin }: Recorded,
): Promise<Pick<Recorded, "stdout" | "stderr" | "code">> {
  const { Id } = await exec.create(container, {
    Cmd: argv,
    ...(user !== undefined && { User: user }),
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
