// Runs real clients on a real engine and on a simulated one, and compares what they print. `usage` lists the
// options.
import { readArguments } from "../arguments.js";
import { openLive } from "../lab/engine.js";
import { runClients } from "./run.js";
import { freshSide, labSide, simulatedSide } from "./sides.js";

const usage = `usage: clients --engine URL [options]

  Runs docker CLIs, docker-compose and client libraries on two engines and counts the lines that differ.

  --engine URL         an empty engine of tools/engine-lab
  --against URL        compare it with this engine instead of a simulated one; nobody must have used it yet
  --twice              compare the engine with itself, to see which differences are chance
  --clients REGEXP     run only these clients, e.g. 'CLI 28.5|compose' (all)
  --scenarios REGEXP   run only these scenarios, e.g. networks (all)
  --show               print what the clients printed`;

const values = readArguments(usage, {
  engine: { type: "string" },
  against: { type: "string" },
  twice: { type: "boolean", default: false },
  clients: { type: "string", default: "." },
  scenarios: { type: "string", default: "." },
  show: { type: "boolean", default: false },
});

if (values && values.engine === undefined) {
  console.error(usage);
  process.exitCode = 2;
} else if (values?.engine) {
  const { engine, release } = await openLive(values.engine);
  await engine.close();
  const real = labSide(values.engine, release);
  const results = await runClients(
    {
      release,
      real,
      other: async ({ faults }) => {
        if (values.twice) return real;
        return values.against ? freshSide(values.against) : simulatedSide(release, faults);
      },
      clients: new RegExp(values.clients),
      scenarios: (name) => new RegExp(values.scenarios).test(name),
    },
    console.log,
  );
  if (values.show) {
    for (const { steps } of results.flatMap(({ real }) => real)) {
      for (const { line, code, stdout, stderr, seconds } of steps)
        console.log(`$ ${line}   [${code}, ${seconds} s]\n${stdout}${stderr && `!! ${stderr}`}`);
    }
  }
  process.exitCode = results.some(({ differences }) => differences > 0) ? 1 : 0;
}
