import type { ContainerInspect, ContainerPort, ContainerSummary } from "@dryharbor/sdk/port";
import { list, text, toggle } from "../../command/flags.js";
import { quoted } from "../../command/quoted.js";
import { type Columns, formatRows, listFormat, textMethod } from "../../format/table.js";
import { ellipsis, shortId } from "../../format/texts.js";
import { ago } from "../../format/units.js";
import { int, intType, type StructType, sliceOf, stringType } from "../../templates/types.js";
import { listContainers, nameOf, serviceOf } from "../actions/containers.js";
import { label } from "../actions/labels.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { portsText } from "./ports-text.js";
import { projectOrName } from "./projects.js";

interface Row {
  container: ContainerSummary;
  inspect: ContainerInspect;
  short: boolean;
  now: bigint;
}

const publisher: StructType = {
  kind: "struct",
  name: "api.PortPublisher",
  fields: (["URL", "TargetPort", "PublishedPort", "Protocol"] as const).map((name) => ({
    name,
    key: name,
    type: name.endsWith("Port") ? intType : stringType,
    omitEmpty: false,
    embedded: false,
  })),
};

const publishersOf = ({ container }: Row) =>
  byPrivatePort(container.Ports).map(({ IP = "", PrivatePort, PublicPort = 0, Type }) => ({
    URL: IP,
    TargetPort: PrivatePort,
    PublishedPort: PublicPort,
    Protocol: Type,
  }));

const byPrivatePort = (ports: readonly ContainerPort[]) =>
  [...ports].sort((a, b) => a.PrivatePort - b.PrivatePort);

interface Mount {
  Name?: string;
  Source: string;
  Driver?: string;
}

const mountsOf = ({ container, short }: Row) =>
  (container.Mounts as Mount[]).map(({ Name, Source }) =>
    short ? ellipsis(Name || Source, 15) : Name || Source,
  );

const columns: Columns<Row> = {
  name: "*formatter.ContainerContext",
  columns: {
    ID: ["CONTAINER ID", ({ container, short }) => (short ? shortId(container.Id) : container.Id)],
    Name: ["NAME", ({ container }) => nameOf(container)],
    Names: ["", ({ container, short }) => namesOf(container, short)],
    Project: ["PROJECT", ({ container }) => container.Labels[label.project] ?? ""],
    Service: ["SERVICE", ({ container }) => serviceOf(container)],
    Image: ["IMAGE", ({ container }) => container.Image],
    Command: [
      "COMMAND",
      ({ container, short }) => quoted(short ? ellipsis(container.Command, 20) : container.Command),
    ],
    CreatedAt: ["CREATED AT", ({ container }) => `${goSeconds(container.Created)} +0000 UTC`],
    RunningFor: ["CREATED", ({ container, now }) => ago(BigInt(container.Created) * 1_000_000_000n, now)],
    Ports: ["PORTS", ({ container }) => portsText(byPrivatePort(container.Ports))],
    State: ["STATE", ({ container }) => container.State],
    Status: ["STATUS", ({ container }) => container.Status],
    Health: [
      "",
      ({ inspect: { State } }) => (State.Status === "running" ? (State.Health?.Status ?? "") : ""),
    ],
    Labels: [
      "LABELS",
      ({ container }) =>
        Object.entries(container.Labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(","),
    ],
    LocalVolumes: [
      "",
      ({ container }) =>
        String((container.Mounts as Mount[]).filter(({ Driver }) => Driver === "local").length),
    ],
    Mounts: ["", (row) => mountsOf(row).join(",")],
    Networks: ["", ({ container }) => Object.keys(container.NetworkSettings?.Networks ?? {}).join(",")],
    Size: ["SIZE", () => "0B"],
  },
  methods: {
    ExitCode: { parameters: [], call: (row: Row) => int(exitCodeOf(row)) } as never,
    Publishers: {
      parameters: [],
      call: (row: Row) => ({ type: sliceOf(publisher, "api.PortPublishers"), value: publishersOf(row) }),
    } as never,
    Label: textMethod<Row>(({ container }, key) => container.Labels[key] ?? ""),
  },
};

const exitCodeOf = ({ inspect: { State } }: Row) =>
  State.Status === "exited" || State.Status === "dead" ? State.ExitCode : 0;

function namesOf({ Names }: ContainerSummary, short: boolean): string {
  const names = Names.map((name) => name.replace(/^\//, ""));
  return short ? (names.find((name) => !name.includes("/")) ?? names.join(",")) : names.join(",");
}

const goSeconds = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");

const formats = {
  table: "table {{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}",
  quiet: "{{.ID}}",
};

export const ps = composeCommand({
  name: "ps",
  short: "List containers",
  usage: "[OPTIONS] [SERVICE...]",
  flags: {
    all: toggle("a"),
    filter: text(),
    format: text(undefined, { initial: "table" }),
    "no-trunc": toggle(),
    orphans: toggle(undefined, { initial: true }),
    quiet: toggle("q"),
    services: toggle(),
    status: list(),
  },
  async execute(call) {
    const { context, flags, release } = call;
    const { engine, io } = context;
    const statuses = [...flags.status, ...statusFilter(flags.filter)];
    const { name, project } = await projectOrName(call, call.arguments);
    let services = call.arguments;
    for (const service of project ? services : []) {
      if (!project?.services.has(service)) throw new ComposeError(`no such service: ${service}`);
    }
    if (project && services.length === 0 && !flags.orphans) services = [...project.services.keys()];
    const all = flags.all || statuses.length > 0;
    const which = {
      oneOff: all && flags.all ? "include" : all ? "include" : "exclude",
      all,
      services,
    } as const;
    const found = await listContainers(context, name.toLowerCase(), which);
    const rows: Row[] = [];
    for (const container of found) {
      if (services.length > 0 && !services.includes(serviceOf(container))) continue;
      if (statuses.length > 0 && !statuses.includes(container.State)) continue;
      const inspect = await engine.containers.inspect(container.Id);
      rows.push({ container, inspect, short: !flags["no-trunc"], now: io.now() });
    }
    rows.sort((a, b) => (nameOf(a.container) < nameOf(b.container) ? -1 : 1));
    if (flags.quiet) {
      io.stdout(rows.map(({ container }) => `${container.Id}\n`).join(""));
    } else if (flags.services) {
      io.stdout(`${[...new Set(rows.map(({ container }) => serviceOf(container)))].join("\n")}\n`);
    } else {
      io.stdout(formatRows(columns, rows, listFormat(flags.format, "", false, formats), release));
    }
  },
});

/** @throws {ComposeError} what cannot be filtered by. */
function statusFilter(filter: string): string[] {
  if (filter === "") return [];
  const at = filter.indexOf("=");
  if (at < 0) throw new ComposeError("arguments to --filter should be in form KEY=VAL");
  const key = filter.slice(0, at);
  if (key === "status") return [filter.slice(at + 1)];
  // compose 2.40 lists a filter by source too, and says this of it.
  throw new ComposeError(key === "source" ? "not implemented" : `unknown filter ${key}`);
}
