// Live mode: the simulator against real engines. For the options see `usage`.
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { type LiveOptions, runLive } from "./lab/live.js";

const usage = `usage: parity --engine URL [--engine URL …] [options]

  --engine URL       an empty engine, e.g. unix:///var/run/docker.sock; its release is worked out
  --commands N       how many commands to run on each (500)
  --seed N           the same seed gives the same commands (random)
  --shrink SECONDS   how long to look for a shorter script for each disagreement (60)
  --enough N         stop an engine's run after so many disagreements (5)
  --record           keep what the engines answer as traces, and compare nothing`;

function options(): LiveOptions | undefined {
  const { values } = parseArgs({
    options: {
      engine: { type: "string", multiple: true },
      commands: { type: "string", default: "500" },
      seed: { type: "string", default: String(randomInt(1_000_000)) },
      shrink: { type: "string", default: "60" },
      enough: { type: "string", default: "5" },
      record: { type: "boolean", default: false },
    },
  });
  const numbers = [values.commands, values.seed, values.shrink, values.enough].map(Number);
  if (!values.engine || !numbers.every((number) => Number.isSafeInteger(number) && number >= 0))
    return undefined;
  const [commands, seed, shrink, enough] = numbers as [number, number, number, number];
  return { engines: values.engine, commands, seed, shrinkSeconds: shrink, enough, record: values.record };
}

const wanted = options();
if (wanted === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = (await runLive(wanted, console.log)) === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
