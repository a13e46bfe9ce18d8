// `dryharbor import`: a state of the simulator from a real engine or from a compose file.
import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { dockerProgram } from "@dryharbor/docker-cli/program";
import { openEngine, snapshotOf } from "@dryharbor/sdk";
import { UsageError } from "@dryharbor/sdk/port";
import { topology } from "@dryharbor/sdk/topology";
import { createSimulator, type ReleaseName, releaseNames, type Snapshot } from "@dryharbor/simulator";
import { openFolders, openSimulator, readArguments } from "@dryharbor/simulator/command";
import { passStreams } from "../shell/streams.js";

const usage = `dryharbor import: a real engine's networks and containers, or a compose file's, as a state to try out offline

  dryharbor import -o state.json
  dryharbor import --from unix:///var/run/docker.sock -o state.json
  dryharbor import --from compose.yaml -o state.json
  dryharbor shell --state state.json

  --from TARGET        a compose file, or an engine: unix:///path/docker.sock, tcp://host:port or
                       ssh://user@host (default: the engine that docker would use)
  -o, --output FILE    the file for the state, which must not be there yet
  --release RELEASE    the Docker to play: ${releaseNames.join(", ")} (default: the engine's own
                       or the one before it; of a compose file ${releaseNames.at(-1)})
  -h, --help           show this help

Reads only, and changes nothing on the engine. Tells what could not be carried over.`;

const options = {
  from: { type: "string" },
  output: { type: "string", short: "o" },
  release: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Makes the state. @returns the exit code: that of compose, where a compose file cannot be carried out */
export async function importCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments(args, options);
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { from, output } = values;
  if (positionals.length > 0)
    throw new UsageError(`import takes options only: try dryharbor import --from ${positionals[0]} -o FILE`);
  if (output === undefined)
    throw new UsageError("import needs a file for the state, as in: dryharbor import -o state.json");
  if (existsSync(output)) throw new UsageError(`${output} is there already: give another file`);
  const release = values.release === undefined ? {} : { release: readRelease(values.release) };
  return from !== undefined && isFile(from)
    ? await fromCompose(from, output, release)
    : await fromEngine(from, output, release);
}

interface Played {
  readonly release?: ReleaseName;
}

function readRelease(given: string): ReleaseName {
  const release = releaseNames.find((name) => name === given);
  if (release) return release;
  throw new UsageError(`the simulator plays no release "${given}": choose one of ${releaseNames.join(", ")}`);
}

/** Whether it names a file and no engine. */
function isFile(from: string): boolean {
  return !/^[a-z]+:\/\//.test(from) && !/^simulator(:|$)/.test(from);
}

async function fromEngine(from: string | undefined, output: string, release: Played): Promise<number> {
  await using engine = await openEngine(from);
  const { snapshot, leftOut } = await snapshotOf(engine, release);
  await store(snapshot, output);
  if (leftOut.length > 0)
    console.log(["", "Not as on the engine:", ...leftOut.map((each) => `- ${each}`)].join("\n"));
  return 0;
}

async function fromCompose(file: string, output: string, release: Played): Promise<number> {
  const path = resolve(file);
  if (!existsSync(path))
    throw new UsageError(`there is no file ${path}: give a compose file, or an engine as unix://${path}`);
  const cwd = dirname(path);
  const folders = openFolders([cwd]);
  await using simulator = createSimulator({ ...release, hostMounts: folders.drivers });
  try {
    const programs = { docker: dockerProgram(simulator) };
    const up = `docker compose -f '${basename(path).replaceAll("'", "'\\''")}' up -d`;
    const code = await passStreams(await simulator.host.run(up, { programs, cwd }));
    if (code === 0) await store(simulator.snapshot(), output);
    return code;
  } finally {
    folders.close();
  }
}

/** Writes a state into a new file, and tells how to go on from it. */
async function store(snapshot: Snapshot, output: string): Promise<void> {
  const { simulator, close } = await openSimulator(output, { snapshot });
  try {
    const { networks, containers } = await topology(simulator.engine);
    const own = networks.filter(({ name }) => !["bridge", "host", "none"].includes(name));
    console.log(
      [
        `${output} holds Docker ${simulator.release} with ${count(own.length, "network")} and ${count(containers.length, "container")}. Go on there with`,
        `  dryharbor shell --state ${output}`,
        `  dryharbor serve --host unix:///tmp/docker.sock --state ${output}`,
      ].join("\n"),
    );
  } finally {
    await close();
  }
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
