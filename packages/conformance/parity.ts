// The simulator against real engines, or its own driver against its HTTP API. For the options see `usage`.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { releaseNames } from "@dryharbor/simulator";
import { runLive } from "./lab/live.js";
import { runWire } from "./lab/wire.js";

const usage = `usage: parity --engine URL [--engine URL …] [options]
       parity --wire [--release RELEASE …] [options]

  --engine URL       an empty engine, e.g. unix:///var/run/docker.sock; its release is worked out
  --wire             the simulator's driver against the docker driver, which talks to a simulator over HTTP:
                     by an agent, and by a unix socket
  --release RELEASE  with --wire: this release alone
  --commands N       how many commands to run on each (500)
  --seed N           the same seed gives the same commands (random)
  --shrink SECONDS   how long to look for a shorter script for each disagreement (60)
  --enough N         stop an engine's run after so many disagreements (5)
  --record           keep what the engines answer as traces, and compare nothing (not with --wire)`;

type Run = (print: (line: string) => void) => Promise<number>;

/** What is asked for; `undefined` where that makes no sense. */
function wanted(): Run | undefined {
  const { values } = parseArgs({
    options: {
      engine: { type: "string", multiple: true, default: [] },
      wire: { type: "boolean", default: false },
      release: { type: "string", multiple: true, default: [...releaseNames] },
      commands: { type: "string", default: "500" },
      seed: { type: "string", default: String(randomInt(1_000_000)) },
      shrink: { type: "string", default: "60" },
      enough: { type: "string", default: "5" },
      record: { type: "boolean", default: false },
    },
  });
  const numbers = [values.commands, values.seed, values.shrink, values.enough].map(Number);
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return undefined;
  const [commands, seed, shrinkSeconds, enough] = numbers as [number, number, number, number];
  const { engine: engines, wire, record } = values;
  const releases = releaseNames.filter((name) => values.release.includes(name));
  if (wire === engines.length > 0 || releases.length === 0) return undefined;
  if (!wire) return (print) => runLive({ engines, commands, seed, shrinkSeconds, enough, record }, print);
  const each = { agent: commands, unix: commands };
  return (print) => runWire({ releases, commands: each, seed, shrinkSeconds, enough }, print);
}

const run = wanted();
if (run === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await run(console.log)) === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
