import { int, list, text, toggle } from "../../command/flags.js";
import { createProject } from "../actions/create.js";
import { logPrinter } from "../actions/log-printer.js";
import { bringUp, bringUpAttached } from "../actions/up.js";
import { ComposeError } from "../model/error.js";
import type { Project } from "../model/project.js";
import { selection, withSelectedServices } from "../model/select.js";
import { composeCommand } from "./compose-command.js";
import { applyCreateFlags, checkCreateFlags, createFlags, recreateOf } from "./create-flags.js";
import { isYes, resolvedProject, timeoutOf } from "./projects.js";

const upFlags = {
  ...createFlags,
  "abort-on-container-exit": toggle(),
  "abort-on-container-failure": toggle(),
  "always-recreate-deps": toggle(),
  attach: list(),
  "attach-dependencies": toggle(),
  detach: toggle("d"),
  "exit-code-from": text(),
  menu: toggle(),
  "no-attach": list(),
  "no-color": toggle(),
  "no-deps": toggle(),
  "no-log-prefix": toggle(),
  "no-start": toggle(),
  "quiet-build": toggle(),
  "renew-anon-volumes": toggle("V"),
  timeout: int("t"),
  timestamps: toggle(),
  wait: toggle(),
  "wait-timeout": int(),
  watch: toggle("w"),
};

type UpFlags = Parameters<typeof checkFlags>[0];

export const up = composeCommand({
  name: "up",
  short: "Create and start containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: upFlags,
  ownSignals: true,
  async execute(call) {
    const { flags, given, arguments: services, context } = call;
    const { detach, onExit } = checkFlags(flags);
    const loaded = await resolvedProject(call, services);
    const environment = loaded.environment;
    const ignoreOrphans = isYes(environment.get("COMPOSE_IGNORE_ORPHANS"));
    const removeOrphans = given.has("remove-orphans")
      ? flags["remove-orphans"]
      : isYes(environment.get("COMPOSE_REMOVE_ORPHANS"));
    if (ignoreOrphans && removeOrphans) {
      throw new ComposeError("cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans");
    }
    if (flags.attach.length > 0 && flags["attach-dependencies"]) {
      throw new ComposeError("cannot combine --attach and --attach-dependencies");
    }
    if (!call.allResources && loaded.services.size === 0) throw new ComposeError("no service selected");
    let project = applyCreateFlags(loaded, flags, given);
    if (flags["no-deps"]) project = withSelectedServices(project, services, "nobody");
    if (flags["exit-code-from"] && !project.services.has(flags["exit-code-from"])) {
      throw new ComposeError(`no such service: ${flags["exit-code-from"]}: not found`);
    }
    const create = {
      services,
      removeOrphans,
      ignoreOrphans,
      inherit: !flags["renew-anon-volumes"],
      timeout: timeoutOf(call),
      quietPull: flags["quiet-pull"],
      assumeYes: flags.yes,
      ...recreateOf(flags, {
        renew: flags["renew-anon-volumes"],
        dependencies: flags["always-recreate-deps"],
      }),
    };
    if (flags["no-start"]) {
      await context.progress.run("Creating", () => createProject(context, project, create));
      return 0;
    }
    if (detach) {
      await bringUp(context, project, create, { wait: flags.wait, waitTimeout: flags["wait-timeout"] });
      return 0;
    }
    const printer = logPrinter(context.io, {
      colours: call.colours && !flags["no-color"],
      prefix: !flags["no-log-prefix"],
      timestamps: flags.timestamps,
    });
    return bringUpAttached(context, project, create, {
      printer,
      attachTo: attachedServices(project, flags, services),
      services,
      onExit,
      exitCodeFrom: flags["exit-code-from"],
    });
  },
});

/** @throws {ComposeError} flags that exclude each other. */
function checkFlags(
  flags: {
    [Name in keyof typeof upFlags]: (typeof upFlags)[Name]["initial"];
  },
): { detach: boolean; onExit: "ignore" | "stop" | "fail" } {
  const fail = flags["abort-on-container-failure"];
  const stop = flags["abort-on-container-exit"] || (flags["exit-code-from"] !== "" && !fail);
  const refuse = (message: string): never => {
    throw new ComposeError(message);
  };
  if (stop && fail) refuse("--abort-on-container-failure cannot be combined with --abort-on-container-exit");
  const attaches = flags["attach-dependencies"] || flags.attach.length > 0;
  if (flags.wait && (attaches || stop)) {
    refuse("--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies");
  }
  const detach = flags.detach || flags.wait;
  if (flags.build && flags["no-build"]) refuse("--build and --no-build are incompatible");
  if (detach && (attaches || stop || fail || flags.watch)) {
    refuse(
      `--${flags.wait ? "wait" : "detach"} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    );
  }
  if (flags["renew-anon-volumes"] && flags["no-recreate"]) {
    refuse("--no-recreate and --renew-anon-volumes are incompatible");
  }
  checkCreateFlags(flags);
  if (flags["always-recreate-deps"] && flags["no-recreate"]) {
    refuse("--always-recreate-deps and --no-recreate are incompatible");
  }
  if (flags.watch)
    refuse(
      "--watch is not supported here: there is no source folder to watch, and docker compose up --build builds anew",
    );
  return { detach, onExit: stop ? "stop" : fail ? "fail" : "ignore" };
}

/** The services whose output `up` prints. */
function attachedServices(project: Project, flags: UpFlags, services: readonly string[]): string[] {
  const names = [...project.services.keys()];
  let attached: string[];
  if (flags.attach.length > 0) {
    const unknown = flags.attach.filter((name) => !names.includes(name));
    if (unknown.length > 0) {
      throw new ComposeError(`cannot attach to services not included in up: ${unknown.join(", ")}`);
    }
    attached = [...flags.attach];
  } else {
    const along = flags["attach-dependencies"] ? "dependencies" : "nobody";
    const chosen = services.length > 0 ? [...selection(project, services, along)] : names;
    attached = chosen.filter((name) => project.services.get(name)?.attach ?? true);
  }
  return attached.filter((name) => !flags["no-attach"].includes(name));
}
