import { atLeast } from "../../command/arguments.js";
import { list, text, toggle } from "../../command/flags.js";
import { prepareRun } from "../actions/run.js";
import { readEnvFile } from "../model/dotenv.js";
import { ComposeError } from "../model/error.js";
import { parsePort } from "../model/ports.js";
import { withSelectedServices } from "../model/select.js";
import { type PortConfig, serviceKind, type VolumeMount } from "../model/service.js";
import type { TreeMap } from "../model/tree.js";
import { shellWords } from "../model/units.js";
import { parseVolume } from "../model/volumes.js";
import { composeCommand } from "./compose-command.js";
import { applyCreateFlags, buildFlags, checkCreateFlags, noService } from "./create-flags.js";
import { isYes, resolvedProject } from "./projects.js";

export const run = composeCommand({
  name: "run",
  short: "Run a one-off command on a service",
  usage: "[OPTIONS] SERVICE [COMMAND] [ARGS...]",
  arguments: atLeast(1),
  interspersed: false,
  ownSignals: true,
  flags: {
    ...buildFlags,
    "cap-add": list(),
    "cap-drop": list(),
    detach: toggle("d"),
    entrypoint: text(),
    env: list("e"),
    "env-from-file": list(),
    interactive: toggle("i", { initial: true }),
    label: list("l"),
    name: text(),
    "no-TTY": toggle("T"),
    "no-deps": toggle(),
    publish: list("p"),
    quiet: toggle("q"),
    "quiet-build": toggle(),
    "remove-orphans": toggle(),
    rm: toggle(),
    "service-ports": toggle("P"),
    tty: toggle("t", { initial: true, hidden: true }),
    "use-aliases": toggle(),
    user: text("u"),
    volume: list("v"),
    workdir: text("w"),
  },
  async execute(call) {
    const { context, flags, given } = call;
    const [service = "", ...command] = call.arguments;
    if (flags.publish.length > 0 && flags["service-ports"]) {
      throw new ComposeError("--service-ports and --publish are incompatible");
    }
    checkCreateFlags(flags);
    if (given.has("tty") && given.has("no-TTY")) {
      throw new ComposeError("--tty and --no-TTY can't be used together");
    }
    const entrypoint = given.has("entrypoint") ? shellWords(flags.entrypoint) : undefined;
    let tty = given.has("no-TTY") ? !flags["no-TTY"] : context.io.isTerminal.stdout;
    if (given.has("tty")) tty = flags.tty;
    else if (!given.has("no-TTY") && !given.has("interactive") && !context.io.isTerminal.stdin) tty = false;

    let project = await resolvedProject(call, [service]);
    if (flags["no-deps"]) project = withSelectedServices(project, [service], "nobody");
    if (!project.services.has(service)) throw noService(project, service);
    project = applyCreateFlags(project, flags, given);
    const labels = new Map(
      flags.label.map((label): [string, string] => {
        const at = label.indexOf("=");
        if (at < 0) throw new ComposeError("label must be set as KEY=VALUE");
        return [label.slice(0, at), label.slice(at + 1)];
      }),
    );
    const id = await prepareRun(context, project, service, {
      command,
      entrypoint,
      tty,
      interactive: flags.interactive,
      detach: flags.detach,
      autoRemove: flags.rm,
      name: flags.name,
      user: flags.user,
      workingDirectory: flags.workdir,
      environment: await environmentOf(call, project.environment),
      labels,
      capAdd: flags["cap-add"],
      capDrop: flags["cap-drop"],
      volumes: decoded<VolumeMount>("volumes", flags.volume.map(parseVolume), call.load.warn),
      ports: decoded<PortConfig>("ports", flags.publish.flatMap(parsePort), call.load.warn),
      servicePorts: flags["service-ports"],
      aliases: flags["use-aliases"],
      noDeps: flags["no-deps"],
      create: {
        removeOrphans: flags["remove-orphans"],
        ignoreOrphans: isYes(project.environment.get("COMPOSE_IGNORE_ORPHANS")),
        quietPull: flags["quiet-pull"],
      },
    });
    if (flags.detach) {
      await context.engine.containers.start(id);
      if (!flags.quiet) context.io.stdout(`${id}\n`);
      return 0;
    }
    return call.docker(["start", "--attach", ...(flags.interactive ? ["--interactive"] : []), id]);
  },
});

/** What the command line has in the short syntax, as fields of a service. */
const decoded = <Value>(
  field: "volumes" | "ports",
  items: TreeMap[],
  warn: (message: string) => void,
): Value[] => serviceKind.fields[field].decode(items, field, warn) as Value[];

async function environmentOf(
  call: {
    flags: { env: readonly string[]; "env-from-file": readonly string[] };
    load: Parameters<typeof resolvedProject>[0]["load"];
  },
  surroundings: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const environment = new Map<string, string>();
  for (const variable of call.flags.env) {
    const at = variable.indexOf("=");
    const value = at < 0 ? surroundings.get(variable) : variable.slice(at + 1);
    if (value !== undefined) environment.set(at < 0 ? variable : variable.slice(0, at), value);
  }
  for (const path of call.flags["env-from-file"]) {
    const content = await call.load.read(path.startsWith("/") ? path : `${call.load.directory}/${path}`);
    if (content === undefined) throw new ComposeError(`open ${path}: no such file or directory`);
    for (const [key, value] of readEnvFile(content, (name) => environment.get(name), call.load.warn)) {
      if (!environment.has(key)) environment.set(key, value);
    }
  }
  return environment;
}
