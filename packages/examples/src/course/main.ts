// Runs the course and prints it as it goes: pnpm start [-- --engine TARGET] [--image IMAGE]
import { parseArgs } from "node:util";
import { ConnectionError, EngineError, openEngine, UsageError } from "@dryharbor/sdk";
import { course } from "./course.js";
import { teach } from "./teach.js";

const usage = `pnpm start [-- options]
  --engine TARGET   simulator (default), simulator:20.10, simulator:26.1, simulator:28.5,
                    unix:///path/docker.sock, tcp://host:port
  --image IMAGE     image of the course's containers (default busybox)`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      engine: { type: "string", default: "simulator" },
      image: { type: "string", default: "busybox" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }

  await using engine = await openEngine(values.engine);
  const { Version } = await engine.system.version();
  console.log(`The Docker Networks course, on ${values.engine} (${Version})`);

  let held = 0;
  let failed = 0;
  let title = "";
  for await (const { lesson, step, shown, checks } of teach(course, { engine, image: values.image })) {
    if (lesson.title !== title) {
      title = lesson.title;
      console.log(`\n${course.indexOf(lesson) + 1}. ${title}\n   ${lesson.about}`);
    }
    console.log(`\n   $ ${step.command.replace("IMAGE", values.image)}`);
    for (const line of shown) console.log(`     ${line}`);
    for (const { claim, held: holds } of checks) {
      console.log(`   ${holds ? "✓" : "✗"} ${claim}`);
      if (holds) held++;
      else failed++;
    }
  }
  console.log(`\n${held} checks held, ${failed} did not`);
  return failed === 0 ? 0 : 1;
}

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
