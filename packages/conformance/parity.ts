// Compares the simulator with real engines, or with itself over HTTP. `usage` lists the options.
import { randomInt } from "node:crypto";
import { releaseNames } from "@dryharbor/simulator";
import { readArguments } from "./arguments.js";
import { runLive } from "./lab/live.js";
import { runWire } from "./lab/wire.js";

const usage = `usage: parity --engine URL [--engine URL …] [options]
       parity --wire [--release RELEASE …] [options]

  Runs the same generated commands on two engines and prints where they differ.

  --engine URL       compare the simulator with this engine, e.g. unix:///var/run/docker.sock. The engine must
                     be empty; the simulator plays the engine's release
  --wire             compare the simulator with itself over HTTP: its own driver, and the docker driver through
                     an agent and through a unix socket
  --release RELEASE  with --wire: only this release (all)
  --commands N       the number of commands on each engine (500)
  --seed N           the seed of the generator; the same seed gives the same commands (random)
  --shrink SECONDS   how long to look for a shorter script for each disagreement (60)
  --enough N         stop after this many disagreements (5)
  --record           write what the engines answer to traces, and compare nothing; not with --wire`;
type Run = (print: (line: string) => void) => Promise<number>;

const values = readArguments(usage, {
  engine: { type: "string", multiple: true, default: [] },
  wire: { type: "boolean", default: false },
  release: { type: "string", multiple: true, default: [...releaseNames] },
  commands: { type: "string", default: "500" },
  seed: { type: "string", default: String(randomInt(1_000_000)) },
  shrink: { type: "string", default: "60" },
  enough: { type: "string", default: "5" },
  record: { type: "boolean", default: false },
});

/** Returns the run that the arguments ask for, or `undefined` if they do not go together. */
function wanted(given: NonNullable<typeof values>): Run | undefined {
  const numbers = [given.commands, given.seed, given.shrink, given.enough].map(Number);
  if (!numbers.every((number) => Number.isSafeInteger(number) && number >= 0)) return undefined;
  const [commands, seed, shrinkSeconds, enough] = numbers as [number, number, number, number];
  const { engine: engines, wire, record } = given;
  const releases = releaseNames.filter((name) => given.release.includes(name));
  if (wire === engines.length > 0 || releases.length === 0) return undefined;
  if (!wire) return (print) => runLive({ engines, commands, seed, shrinkSeconds, enough, record }, print);
  const each = { agent: commands, unix: commands };
  return (print) => runWire({ releases, commands: each, seed, shrinkSeconds, enough }, print);
}

if (values) await perform(wanted(values));

async function perform(run: Run | undefined): Promise<void> {
  if (run === undefined) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = (await run(console.log)) === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
