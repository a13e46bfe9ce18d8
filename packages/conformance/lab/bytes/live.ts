// Compares the bytes of a real engine's answers with the simulator's, for generated HTTP requests. The live
// test of bytes calls it, and keeps differing sequences as traces.

import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";
import fc from "fast-check";
import { requestSequence } from "../../src/bytes/generate.js";
import { curlScript, type WireRequest } from "../../src/bytes/request.js";
import { answers } from "../../src/bytes/session.js";
import { advanceTo, empty, nextSubnet, refuseUnlessFit } from "../../src/run/empty.js";
import { openLive } from "../engine.js";
import { labMachine } from "../simulator.js";
import { toSimulator } from "./simulated.js";
import { overSocket } from "./socket.js";

/** A sequence of requests with a real engine's answers, kept for tests without that engine. */
export interface BytesTrace {
  readonly release: ReleaseName;
  /**
   * The subnet that the engine gave to the last network that named none. Up to 26.1 the next one depends on
   * it.
   */
  readonly subnet: string;
  readonly requests: readonly WireRequest[];
  readonly answers: readonly string[];
}

export const bytesTraces = fileURLToPath(new URL("../../traces/bytes", import.meta.url));

interface BytesOptions {
  readonly url: string;
  readonly requests: number;
  readonly seed: number;
  /** The number of differences after which the run stops. */
  readonly enough: number;
}

/**
 * Compares a real engine with the simulator, request by request.
 * @returns the number of sequences that differ
 */
export async function compareBytes(options: BytesOptions, print: (line: string) => void): Promise<number> {
  const { engine, release } = await openLive(options.url);
  const send = overSocket(options.url.replace(/^unix:\/\//, ""));
  const own = new Set((await engine.images.list()).map(({ Id }) => Id));
  const emptied = async () => {
    await empty(engine);
    for (const { Id } of await engine.images.list()) {
      if (!own.has(Id)) await engine.images.remove(Id, { force: true }).catch(() => {});
    }
  };
  const real = async (requests: readonly WireRequest[]) => {
    await emptied();
    return { subnet: await nextSubnet(engine), answers: await answers(send, requests) };
  };
  const differs = async (requests: readonly WireRequest[]) => {
    const { subnet, answers: expected } = await real(requests);
    const actual = await simulatedAnswers({ release, subnet, requests });
    const at = expected.findIndex((answer, index) => answer !== actual[index]);
    return at < 0 ? undefined : { at, subnet, expected, actual };
  };
  try {
    await refuseUnlessFit(engine);
    let sent = 0;
    let differences = 0;
    for (let round = 0; sent < options.requests && differences < options.enough; round++) {
      const [requests = []] = fc.sample(requestSequence, { seed: options.seed + round, numRuns: 1 });
      const found = await differs(requests);
      sent += requests.length;
      if (!found) continue;
      const shortest = await shortened(requests.slice(0, found.at + 1), differs);
      const again = await differs(shortest);
      if (!again) {
        print(`\n${release}: differed once and agreed when repeated\n${curlScript(shortest)}`);
        continue;
      }
      differences++;
      const { at, subnet, expected, actual } = again;
      print(
        `\n${release}: a difference\n${curlScript(shortest)}\n--- engine\n${expected[at]}\n--- simulator\n${actual[at]}\n`,
      );
      await keep({
        release,
        subnet,
        requests: shortest.slice(0, at + 1),
        answers: expected.slice(0, at + 1),
      });
    }
    print(`bytes ${release} seed ${options.seed}: ${sent} requests, ${differences} differences`);
    return differences;
  } finally {
    await emptied();
    await engine.close();
  }
}

export async function simulatedAnswers({
  release,
  subnet,
  requests,
}: Omit<BytesTrace, "answers">): Promise<string[]> {
  await using machine = labMachine(release);
  await advanceTo(machine.engine, subnet);
  return await answers(toSimulator(machine), requests);
}

const shrinkMilliseconds = 10_000;

/** Returns the sequence without the requests that its last answer does not depend on. */
async function shortened(
  requests: readonly WireRequest[],
  differs: (requests: readonly WireRequest[]) => Promise<unknown>,
): Promise<readonly WireRequest[]> {
  const deadline = performance.now() + shrinkMilliseconds;
  // The last request alone is most often enough.
  if (await differs(requests.slice(-1))) return requests.slice(-1);
  let shortest = requests;
  for (let at = shortest.length - 2; at >= 0 && performance.now() < deadline; at--) {
    const fewer = shortest.toSpliced(at, 1);
    if (await differs(fewer)) shortest = fewer;
  }
  return shortest;
}

async function keep(trace: BytesTrace): Promise<void> {
  const name = createHash("sha256").update(JSON.stringify(trace.requests)).digest("hex").slice(0, 10);
  const folder = join(bytesTraces, trace.release);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(trace, undefined, 1)}\n`);
}
