import { EngineError, NotFoundError } from "@dryharbor/sdk/port";
import { atLeast } from "../command/arguments.js";
import { type Call, command } from "../command/command.js";
import { CommandError } from "../command/errors.js";
import { text, toggle } from "../command/flags.js";
import { asking, NoSuchError } from "../command/no-such.js";
import { goType } from "../format/go-types.js";
import { type Found, inspectEach } from "../format/inspect.js";
import { isIn, type Release } from "../releases.js";
import { rawMapType } from "../templates/types.js";

type Finder = (call: Call<{ readonly size: boolean }>, name: string) => Promise<unknown>;

/** The kinds of objects, in the order in which a name is looked for. */
const kinds: Readonly<Record<string, Finder>> = {
  container: ({ engine, flags }, name) => engine.containers.inspect(name, flags.size ? { size: true } : {}),
  image: ({ engine }, name) => engine.images.inspect(name),
  network: ({ engine }, name) => engine.networks.inspect(name),
  volume: ({ engine }, name) => engine.volumes.inspect(name),
  service: ({ engine }, name) => engine.services.inspect(name),
  task: ({ engine }, name) => engine.tasks.inspect(name),
  node: ({ engine }, name) => engine.nodes.inspect(name),
  plugin: async (_, name) => {
    throw new NotFoundError(`plugin "${name}" not found`);
  },
  secret: ({ engine }, name) => engine.secrets.inspect(name),
  config: ({ engine }, name) => engine.configs.inspect(name),
};
const typed = new Set(["container", "image", "network", "volume"]);
const ofSwarm = new Set(["service", "task", "node", "secret", "config"]);

export const inspect = command({
  name: "inspect",
  short: "Return low-level information on Docker objects",
  usage: "[OPTIONS] NAME|ID [NAME|ID...]",
  arguments: atLeast(1),
  completesWith: {
    since: "29",
    flags: {
      "type=container": "container",
      "type=image": "image",
      "type=network": "network",
      "type=volume": "volume",
    },
  },
  flags: {
    format: text("f"),
    size: toggle("s"),
    type: text(undefined, { completes: Object.keys(kinds).sort() }),
  },
  async run(call) {
    const { flags, given, release } = call;
    checkType(flags.type, given.has("type"), release);
    await inspectEach(call, call.arguments, flags.format, (name) => find(call, name));
  },
});

function checkType(type: string, isGiven: boolean, release: Release): void {
  const names = Object.keys(kinds).sort();
  if (isIn(release, { since: "28.5" }) && isGiven) {
    const choice = `must be one of ${names.map((name) => `"${name}"`).join(", ")}`;
    if (type === "") throw new CommandError(`type is empty: ${choice}`);
    if (!names.includes(type)) throw new CommandError(`unknown type: "${type}": ${choice}`);
  }
  if (type !== "" && !names.includes(type))
    throw new CommandError(`"${type}" is not a valid value for --type`);
}

async function find(
  call: Call<{ readonly size: boolean; readonly type: string }>,
  name: string,
): Promise<Found> {
  const { engine, flags, io, release } = call;
  let isManager: boolean | undefined;
  for (const [kind, finder] of Object.entries(kinds)) {
    if (flags.type !== "" && flags.type !== kind) continue;
    if (flags.type === "" && kind === "config" && isIn(release, { until: "28.5" })) continue;
    if (flags.type === "" && ofSwarm.has(kind)) {
      isManager ??= (await engine.system.info()).Swarm.LocalNodeState === "active";
      if (!isManager) continue;
    }
    try {
      const raw = await asking(release, kind, name, () => finder(call, name));
      if (flags.size && kind !== "container") io.stderr(`WARNING: --size ignored for ${kind}\n`);
      return { raw, type: typed.has(kind) ? goType(kind, release) : rawMapType };
    } catch (error) {
      if (flags.type !== "" || !isSkippable(error)) throw error;
    }
  }
  throw new CommandError(
    `${isIn(release, { since: "29" }) ? "error: no" : "Error: No"} such object: ${name}`,
  );
}

/** Whether something may be of another kind yet. */
function isSkippable(error: unknown): boolean {
  return (
    error instanceof NotFoundError ||
    error instanceof NoSuchError ||
    (error instanceof EngineError && /not supported|invalid reference format/.test(error.message))
  );
}
