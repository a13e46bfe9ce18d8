// Runs the course and prints it as it goes: pnpm start [-- --engine TARGET] [--lesson NUMBER]
import { parseArgs } from "node:util";
import { ConnectionError, EngineError, openEngine, UsageError } from "@dryharbor/sdk";
import { topology } from "@dryharbor/sdk/topology";
import type { ReleaseName } from "@dryharbor/simulator";
import { course } from "./course.js";
import { type HostInMemory, hostOf, simulatedHost } from "./host.js";
import { headline, scene, screenOf, summary, view } from "./screen.js";
import { teach } from "./teach.js";

const usage = `pnpm start [-- options]
  --engine TARGET   simulator (default), simulator:20.10, simulator:26.1, simulator:28.5, simulator:29,
                    unix:///path/docker.sock, tcp://host:port
  --until LESSON    end after this lesson, 1 to ${course.length} (default ${course.length})`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: "string", default: "simulator" },
      until: { type: "string", default: `${course.length}` },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const lessons = course.slice(0, Number(values.until));
  if (!/^\d+$/.test(values.until) || lessons.length === 0) {
    throw new UsageError(
      `--until takes the number of a lesson, 1 to ${course.length}, not "${values.until}"`,
    );
  }

  await using host = await enter(values.engine);
  const { engine } = host;
  const { Version } = await engine.system.version();
  const screen = screenOf(process.stdout, process.env);
  const print = (text: string) => process.stdout.write(text);
  print(`The Docker Networks course, on ${values.engine} (${Version})\n`);

  let held = 0;
  let failed = 0;
  let number = 0;
  let before = await topology(engine);
  for await (const outcome of teach(lessons, host)) {
    if (outcome.lesson !== course[number - 1]) print(headline(outcome.lesson, ++number, screen));
    const now = await topology(engine);
    print(scene(outcome, screen));
    print(view(before, now, screen));
    before = now;
    for (const check of outcome.checks) {
      if (check.held) held++;
      else failed++;
    }
  }
  print(summary(held, failed, screen));
  return failed === 0 ? 0 : 1;
}

/** Opens the engine. The simulator's host answers itself; that of another engine is where its address says. */
async function enter(target: string): Promise<HostInMemory> {
  const [, release] = /^simulator(?::(.*))?$/s.exec(target) ?? [];
  if (target === "simulator" || release !== undefined) {
    return simulatedHost(release as ReleaseName | undefined);
  }
  const name = /^(?:tcp|https?|ssh):/.test(target)
    ? new URL(target.replace(/^\w+:/, "http:")).hostname
    : "localhost";
  return hostOf(await openEngine(target), (url) => fetch(url.replace("//docker:", `//${name}:`)));
}

// Whoever reads may stop reading, as `head` does.
process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => process.exit(code === "EPIPE" ? 0 : 2));
try {
  process.exitCode = await main();
} catch (error) {
  const known =
    error instanceof EngineError ||
    error instanceof ConnectionError ||
    error instanceof UsageError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  if (!known) throw error;
  console.error(error.message);
  if (error instanceof TypeError) console.error(usage);
  process.exitCode = 2;
}
