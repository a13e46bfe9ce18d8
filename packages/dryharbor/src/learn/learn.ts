// `dryharbor learn`: the lessons at this terminal, or as a filter that reads lines.
import { stderr, stdin, stdout } from "node:process";
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { type LevelRelease, levelReleases, type Machine, simulatorMachine } from "@dryharbor/lessons";
import { chapters, findLevel } from "@dryharbor/lessons/content";
import { type Paper, Teacher } from "@dryharbor/lessons/terminal";
import { UsageError } from "@dryharbor/sdk/port";
import { createSimulator, type HostProcess, type Simulator, type Snapshot } from "@dryharbor/simulator";
import { readArguments } from "@dryharbor/simulator/command";
import { passTerminal, terminalSize } from "../shell/terminal.js";
import { completions } from "./completion.js";
import { learnersFiles } from "./files.js";
import { overheard } from "./overheard.js";
import { keepProgress, loadProgress, progressFile } from "./progress-file.js";
import { typedLines } from "./prompt.js";

const usage = `dryharbor learn: Docker networks, learnt by doing, on a Docker host in memory

  dryharbor learn                  go on with the first level that is not solved
  dryharbor learn --level LEVEL    play this level, by its name or number
  dryharbor learn --list           list the levels, and which are solved

  --release RELEASE    the Docker to play: ${levelReleases.join(", ")} (default ${levelReleases.at(-1)})
  -h, --help           show this help

Progress is kept in ${progressFile()}.`;

const options = {
  level: { type: "string" },
  list: { type: "boolean" },
  release: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Teaches until the learner leaves. @returns its exit code */
export async function learnCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (positionals.length > 0) {
    throw new UsageError(`learn takes options only, not "${positionals[0]}": see dryharbor learn --help`);
  }
  const release = readRelease(values.release);
  const progress = await loadProgress();
  const levels = chapters.flatMap((chapter) => chapter.levels);
  const level =
    values.level === undefined
      ? (levels.find(({ id }) => !progress.solved[id]) ?? levels[0]!)
      : findLevel(values.level);
  if (!level) throw new UsageError(`there is no level "${values.level}": see dryharbor learn --list`);

  // The session opens a machine for each level and each undo. Commands at a terminal need the simulator behind it.
  const simulators = new WeakMap<Machine, Simulator>();
  const teacher = await Teacher.begin(
    {
      chapters,
      progress,
      keep: keepProgress,
      files: learnersFiles,
      paper,
      open({ snapshot }) {
        const simulator = createSimulator(
          snapshot ? { snapshot: snapshot as Snapshot } : release ? { release } : {},
        );
        const machine = simulatorMachine(simulator, { docker: dockerProgram(simulator) });
        simulators.set(machine, simulator);
        return machine;
      },
    },
    level,
  );
  try {
    if (values.list) {
      await say(teacher, "levels");
      return 0;
    }
    await write(teacher.greeting());
    await write(await teacher.opening());
    const prompt = paper().colour ? "\n\x1b[32m$\x1b[0m " : "\n$ ";
    const complete = (line: string) =>
      completions(line, {
        levels: levels.map(({ id }) => id),
        simulator: simulators.get(teacher.session.machine)!,
      });
    for await (const line of typedLines(prompt, complete)) {
      if (/^(exit|quit|logout)$/.test(line.trim())) break;
      if (line.trim() !== "") await carryOut(teacher, simulators, line);
    }
    return 0;
  } finally {
    await teacher.close();
  }
}

/** Answers a word of the lesson, or runs a line on the simulated host. */
async function carryOut(
  teacher: Teacher,
  simulators: WeakMap<Machine, Simulator>,
  line: string,
): Promise<void> {
  const reply = await teacher.hear(line);
  if (reply.kind === "said") {
    await write(reply.text);
    return;
  }
  const simulator = simulators.get(teacher.session.machine)!;
  const atTerminal = stdin.isTTY === true && stdout.isTTY === true;
  const process = await simulator.host.run(line, {
    programs: { docker: dockerProgram(simulator) },
    ...(atTerminal && { terminal: terminalSize(), env: { TERM: globalThis.process.env.TERM ?? "xterm" } }),
  });
  const { heard, outcome } = overheard(process);
  const exitCode = atTerminal ? await passTerminal(heard) : await printed(heard);
  await write(await reply.finish(outcome(exitCode)));
}

/** Prints what a process prints. Its input has ended, since the lines of this program's are for the prompt. */
async function printed(process: HostProcess): Promise<number> {
  await process.end();
  for await (const { stream, data } of process) (stream === "stderr" ? stderr : stdout).write(data);
  return process.exitCode;
}

async function say(teacher: Teacher, word: string): Promise<void> {
  const reply = await teacher.hear(word);
  if (reply.kind === "said") await write(reply.text);
}

function write(text: string): Promise<void> {
  return new Promise((resolve) => stdout.write(text, () => resolve()));
}

function paper(): Paper {
  const { env } = globalThis.process;
  const colour = stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return { colour, width: stdout.columns ?? (Number(env.COLUMNS) || 80) };
}

function readRelease(name: string | undefined): LevelRelease | undefined {
  const release = levelReleases.find((each) => each === name);
  if (name !== undefined && !release) {
    throw new UsageError(`there is no release "${name}" to play: choose one of ${levelReleases.join(", ")}`);
  }
  return release;
}
