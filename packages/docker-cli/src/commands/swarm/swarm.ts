// What docker tells of swarms, plugins and build caches: `swarm`, `node`, `service`, `secret`, `config`, `stack`,
// `plugin` and `builder`.

import type { SwarmConfig, SwarmNode, SwarmSecret, SwarmService } from "@dryharbor/sdk/port";
import { atLeast, exactly, none } from "../../command/arguments.js";
import { type Call, type Command, command, group } from "../../command/command.js";
import { messageOf } from "../../command/dispatch.js";
import { CommandError } from "../../command/errors.js";
import { filters, text, toggle } from "../../command/flags.js";
import { pruned } from "../../command/pruned.js";
import { inspectEach } from "../../format/inspect.js";
import { byNatural } from "../../format/natural.js";
import { type Columns, formatRows, listFormat } from "../../format/table.js";
import { labelText } from "../../format/texts.js";
import { nanosecondsOf } from "../../format/time.js";
import { ago } from "../../format/units.js";
import { isIn } from "../../releases.js";
import { rawMapType } from "../../templates/types.js";
import { unsupportedIn } from "./unsupported.js";

/** A list of one kind of object. */
function listing<Row>(
  short: string,
  columns: Columns<Row>,
  table: string,
  rows: (call: Call, filters: Readonly<Record<string, readonly string[]>>) => Promise<Row[]>,
): Command {
  return command({
    name: "ls",
    aliases: ["list"],
    short,
    usage: "[OPTIONS]",
    arguments: none,
    flags: { filter: filters("f"), format: text(), quiet: toggle("q") },
    async run(call) {
      const { flags, io, release } = call;
      const found = await rows(call as Call, flags.filter);
      const format = listFormat(flags.format, "", flags.quiet, { table: `table ${table}`, quiet: "{{.ID}}" });
      io.stdout(formatRows(columns, found, format, release));
    },
  });
}

function inspecting(
  short: string,
  usage: string,
  find: (call: Call, name: string) => Promise<unknown>,
): Command {
  return command({
    name: "inspect",
    short,
    usage: `[OPTIONS] ${usage}`,
    arguments: atLeast(1),
    flags: { format: text("f"), pretty: toggle() },
    run: (call) =>
      inspectEach(call, call.arguments, call.flags.format, async (name) => {
        try {
          return { raw: await find(call as Call, name), type: rawMapType };
        } catch (error) {
          if (isIn(call.release, { since: "28.5" })) throw error;
          // Older commands print the error of an error.
          throw new CommandError(`Status: ${messageOf(error, call.session)}, Code: 1`);
        }
      }),
  });
}

const nodeColumns: Columns<{ node: SwarmNode; self: boolean }> = {
  name: "*node.nodeContext",
  columns: {
    ID: ["ID", ({ node, self }) => `${node.ID}${self ? " *" : ""}`],
    Self: ["", ({ self }) => String(self)],
    Hostname: ["HOSTNAME", ({ node }) => node.Description.Hostname],
    Status: ["STATUS", ({ node }) => upperFirst(node.Status.State)],
    Availability: ["AVAILABILITY", ({ node }) => upperFirst(node.Spec.Availability)],
    ManagerStatus: [
      "MANAGER STATUS",
      ({ node: { ManagerStatus } }) =>
        ManagerStatus?.Leader ? "Leader" : ManagerStatus ? upperFirst(ManagerStatus.Reachability) : "",
    ],
    TLSStatus: ["TLS STATUS", () => "Ready"],
    EngineVersion: [
      "ENGINE VERSION",
      ({ node }) => (node.Description.Engine as { EngineVersion?: string } | undefined)?.EngineVersion ?? "",
    ],
  },
};

const upperFirst = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

interface Aged<T> {
  readonly item: T;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
}

const agedColumns = (name: string, idHead: string): Columns<Aged<SwarmSecret | SwarmConfig>> => ({
  name,
  columns: {
    ID: [idHead, ({ item }) => item.ID],
    Name: ["NAME", ({ item }) => item.Spec.Name],
    Driver: ["DRIVER", () => ""],
    CreatedAt: ["CREATED", ({ item, now }) => ago(nanosecondsOf(item.CreatedAt), now)],
    UpdatedAt: ["UPDATED", ({ item, now }) => ago(nanosecondsOf(item.UpdatedAt), now)],
    Labels: ["LABELS", ({ item }) => labelText(item.Spec.Labels)],
  },
});

const serviceColumns: Columns<SwarmService> = {
  name: "*service.serviceContext",
  columns: {
    ID: ["ID", ({ ID }) => ID.slice(0, 12)],
    Name: ["NAME", ({ Spec }) => Spec.Name],
    Mode: [
      "MODE",
      ({ Spec }) =>
        (Spec.Mode as object | undefined) && "Global" in (Spec.Mode as object) ? "global" : "replicated",
    ],
    Replicas: ["REPLICAS", () => ""],
    Image: ["IMAGE", ({ Spec }) => imageOf(Spec).replace(/@.*/, "")],
    Ports: ["PORTS", () => ""],
  },
};

function imageOf(spec: SwarmService["Spec"]): string {
  const task = spec.TaskTemplate as { ContainerSpec?: { Image?: string } } | undefined;
  return task?.ContainerSpec?.Image ?? "";
}

const byName = <T extends { readonly Spec: { readonly Name?: string } }>(items: readonly T[]) =>
  items.toSorted((a, b) => byNatural(a.Spec.Name ?? "", b.Spec.Name ?? ""));

const joinToken = command({
  name: "join-token",
  short: "Manage join tokens",
  usage: "[OPTIONS] (worker|manager)",
  arguments: exactly(1),
  flags: { quiet: toggle("q"), rotate: toggle() },
  async run({ engine, flags, io, arguments: [role = ""] }) {
    if (role !== "worker" && role !== "manager") throw new CommandError(`unknown role ${role}`);
    const { JoinTokens } = await engine.swarm.inspect();
    if (flags.rotate)
      throw new CommandError(
        "docker swarm join-token --rotate is not carried out here: the engine's port has no call for it",
      );
    const token = role === "worker" ? JoinTokens.Worker : JoinTokens.Manager;
    if (flags.quiet) {
      io.stdout(`${token}\n`);
      return;
    }
    const { Swarm } = await engine.system.info();
    const managers = (Swarm as { RemoteManagers?: { Addr: string }[] }).RemoteManagers ?? [];
    io.stdout(
      `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${managers[0]?.Addr ?? ""}\n\n`,
    );
  },
});

const pluginColumns: Columns<never> = {
  name: "*plugin.pluginContext",
  columns: {
    ID: ["ID", () => ""],
    Name: ["NAME", () => ""],
    Description: ["DESCRIPTION", () => ""],
    Enabled: ["ENABLED", () => ""],
  },
};

const builderPrune = command({
  name: "prune",
  short: "Remove build cache",
  usage: "",
  arguments: none,
  flags: { all: toggle("a"), filter: filters(), force: toggle("f"), "keep-storage": text() },
  async run(call) {
    if (call.release.name !== "20.10") {
      call.io.stderr(
        "DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n" +
          "            Install the buildx component to build images with BuildKit:\n" +
          "            https://docs.docker.com/go/buildx/\n\n",
      );
    }
    const what = call.flags.all ? "all build cache" : "all dangling build cache";
    await pruned(call, `WARNING! This will remove ${what}. Are you sure you want to continue?`, async () => ({
      text: "",
      bytes: 0,
    }));
  },
});

const texts = (old: string, now: string) => ({ "20.10": old, "26.1": now });

/** Groups of commands about swarms and plugins. */
export const swarmGroups: readonly Command[] = [
  group("swarm", "Manage Swarm", [joinToken, ...unsupportedIn("swarm")], {
    heading: "Swarm Commands",
    api: "1.24",
  }),
  group(
    "node",
    "Manage Swarm nodes",
    [
      listing(
        "List nodes in the swarm",
        nodeColumns,
        "{{.ID}}\t{{.Hostname}}\t{{.Status}}\t{{.Availability}}\t{{.ManagerStatus}}\t{{.EngineVersion}}",
        async ({ engine }, wanted) => {
          const nodes = await engine.nodes.list({ filters: wanted });
          const { Swarm } = await engine.system.info();
          return nodes.map((node) => ({ node, self: node.ID === (Swarm as { NodeID?: string }).NodeID }));
        },
      ),
      inspecting(
        "Display detailed information on one or more nodes",
        "self|NODE [NODE...]",
        ({ engine }, name) => engine.nodes.inspect(name),
      ),
      ...unsupportedIn("node"),
    ],
    { heading: "Swarm Commands", api: "1.24" },
  ),
  group(
    "service",
    texts("Manage services", "Manage Swarm services"),
    [
      listing(
        "List services",
        serviceColumns,
        "{{.ID}}\t{{.Name}}\t{{.Mode}}\t{{.Replicas}}\t{{.Image}}\t{{.Ports}}",
        async ({ engine }, wanted) => byName(await engine.services.list({ filters: wanted })),
      ),
      inspecting(
        "Display detailed information on one or more services",
        "SERVICE [SERVICE...]",
        ({ engine }, name) => engine.services.inspect(name),
      ),
      ...unsupportedIn("service"),
    ],
    { heading: "Swarm Commands", api: "1.24" },
  ),
  group("stack", texts("Manage Docker stacks", "Manage Swarm stacks"), unsupportedIn("stack"), {
    heading: "Swarm Commands",
    api: "1.25",
  }),
  group(
    "secret",
    texts("Manage Docker secrets", "Manage Swarm secrets"),
    [
      listing(
        "List secrets",
        agedColumns("*secret.secretContext", "ID"),
        "{{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}",
        async ({ engine, io }, wanted) =>
          byName(await engine.secrets.list({ filters: wanted })).map((item) => ({ item, now: io.now() })),
      ),
      inspecting(
        "Display detailed information on one or more secrets",
        "SECRET [SECRET...]",
        ({ engine }, name) => engine.secrets.inspect(name),
      ),
      ...unsupportedIn("secret"),
    ],
    { heading: "Swarm Commands", api: "1.25" },
  ),
  group(
    "config",
    texts("Manage Docker configs", "Manage Swarm configs"),
    [
      listing(
        "List configs",
        agedColumns("*config.configContext", "ID"),
        "{{.ID}}\t{{.Name}}\t{{.CreatedAt}}\t{{.UpdatedAt}}",
        async ({ engine, io }, wanted) =>
          byName(await engine.configs.list({ filters: wanted })).map((item) => ({ item, now: io.now() })),
      ),
      inspecting(
        "Display detailed information on one or more configs",
        "CONFIG [CONFIG...]",
        ({ engine }, name) => engine.configs.inspect(name),
      ),
      ...unsupportedIn("config"),
    ],
    { heading: "Swarm Commands", api: "1.30" },
  ),
  group(
    "plugin",
    "Manage plugins",
    [
      listing(
        "List plugins",
        pluginColumns,
        "{{.ID}}\t{{.Name}}\t{{.Description}}\t{{.Enabled}}",
        async () => [],
      ),
      command({
        name: "inspect",
        short: "Display detailed information on one or more plugins",
        usage: "[OPTIONS] PLUGIN [PLUGIN...]",
        arguments: atLeast(1),
        flags: { format: text("f") },
        run: (call) =>
          inspectEach(call, call.arguments, call.flags.format, async (name) => {
            throw new CommandError(
              call.release.name === "20.10"
                ? `Error: No such plugin: ${name}`
                : `Error response from daemon: plugin "${name}" not found`,
            );
          }),
      }),
      ...unsupportedIn("plugin"),
    ],
    { heading: "Management Commands", api: "1.25" },
  ),
  group("builder", "Manage builds", [builderPrune], { heading: "Management Commands", api: "1.31" }),
];
