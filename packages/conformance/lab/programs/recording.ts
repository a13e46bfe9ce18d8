// Recordings of programs: command lines, and what they print in containers of an engine. `record-programs.ts`
// makes one on a real engine, and tests play it on the simulator.

import type {
  ContainerCreateRequest,
  Engine,
  NetworkConnectRequest,
  NetworkCreateRequest,
} from "@dryharbor/sdk/port";

/** A recording: where the commands run, the commands, and what each of them printed. */
export interface Recording {
  readonly about: string;
  /** The host name of the one container. Used where there are no {@link containers}. */
  readonly hostname?: string;
  /** The supplementary groups of that container's users. */
  readonly groupAdd?: string[];
  /** Networks to create first, in this order. */
  readonly networks?: readonly NetworkCreateRequest[];
  /** The containers by name, created and started in this order. */
  readonly containers?: Readonly<Record<string, ContainerCreateRequest>>;
  /** What is connected once all containers run, in this order. An engine starts several networks at random. */
  readonly connects?: readonly (NetworkConnectRequest & { readonly network: string })[];
  /** What differs from run to run. A recording holds its output after these rules. */
  readonly chance?: readonly ChanceRule[];
  /** The commands. They run one after another, and what one leaves behind is there for the next. */
  readonly cases: readonly RecordedCase[];
}

/** A rule for output that differs from run to run. */
interface ChanceRule {
  readonly about: string;
  /** A regular expression. */
  readonly pattern: string;
  /** What stands in its place: the replacement of `String.replace`. */
  readonly shown: string;
}

/** A command line, run by an exec, and what came of it. */
export interface RecordedCase {
  /** The name of the container. Default: the first one. */
  readonly container?: string;
  readonly argv: string[];
  /** The user that runs it. Default: that of the container. */
  readonly user?: string;
  readonly stdin?: string;
  /** Milliseconds to wait before it on a real engine, whose kernel limits how many ICMP errors it sends. */
  readonly pause?: number;
  /** One character for each byte. */
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
}

/** The containers of a recording on an engine. */
export interface Stage {
  /** Runs a command. Resolves to the case with its output. */
  run(recorded: RecordedCase): Promise<RecordedCase>;
  /** Removes the containers and the networks. */
  clear(): Promise<void>;
}

/** Creates the networks of a recording, and starts its containers. */
export async function setStage(engine: Engine, recording: Recording): Promise<Stage> {
  const { networks = [], connects = [], chance = [] } = recording;
  const { containers = { "": onlyContainer(recording) } } = recording;
  const [first = ""] = Object.keys(containers);
  const created: string[] = [];
  const clear = async () => {
    for (const id of created) await engine.containers.remove(id, { force: true });
    for (const { Name } of networks) await engine.networks.remove(Name);
  };
  for (const network of networks) await engine.networks.create(network);
  const ids = new Map<string, string>();
  for (const [name, request] of Object.entries(containers)) {
    const { Id } = await engine.containers.create(request, name === "" ? {} : { name });
    created.push(Id);
    ids.set(name, Id);
    await engine.containers.start(Id);
  }
  for (const { network, ...request } of connects) await engine.networks.connect(network, request);
  return {
    clear,
    async run(recorded) {
      const output = await execute(engine, ids.get(recorded.container ?? first) ?? "", recorded);
      const [stdout, stderr] = [withoutChance(output.stdout, chance), withoutChance(output.stderr, chance)];
      return { ...recorded, stdout, stderr, code: output.code };
    },
  };
}

function onlyContainer({ hostname, groupAdd }: Recording): ContainerCreateRequest {
  return {
    Image: "busybox",
    Cmd: ["sleep", "100000"],
    ...(hostname !== undefined && { Hostname: hostname }),
    ...(groupAdd && { HostConfig: { GroupAdd: groupAdd } }),
  };
}

async function execute(engine: Engine, container: string, { argv, user, stdin }: RecordedCase) {
  const { Id } = await engine.exec.create(container, {
    Cmd: argv,
    AttachStdin: stdin !== undefined,
    AttachStdout: true,
    AttachStderr: true,
    ...(user !== undefined && { User: user }),
  });
  const stream = await engine.exec.start(Id);
  const output = { stdout: "", stderr: "" };
  if (stdin !== undefined) {
    await stream.write(stdin);
    await stream.end();
  }
  for await (const { stream: name, data } of stream) output[name] += Buffer.from(data).toString("latin1");
  const { ExitCode } = await engine.exec.inspect(Id);
  return { ...output, code: ExitCode ?? -1 };
}

function withoutChance(text: string, rules: readonly ChanceRule[]): string {
  return rules.reduce((rest, { pattern, shown }) => rest.replace(new RegExp(pattern, "gm"), shown), text);
}
