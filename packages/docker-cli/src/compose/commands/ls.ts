import type { ContainerSummary } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { filters, text, toggle } from "../../command/flags.js";
import { alignColumns } from "../../format/columns.js";
import { label } from "../actions/labels.js";
import { ComposeError } from "../model/error.js";
import { goJson } from "../model/json.js";
import { composeCommand } from "./compose-command.js";

export const ls = composeCommand({
  name: "ls",
  short: "List running compose projects",
  usage: "[OPTIONS]",
  arguments: none,
  flags: {
    all: toggle("a"),
    filter: filters(),
    format: text(undefined, { initial: "table" }),
    quiet: toggle("q"),
  },
  async execute({ context, flags }) {
    const { engine, io } = context;
    const unknown = Object.keys(flags.filter).find((name) => name !== "name");
    if (unknown !== undefined) throw new ComposeError(`invalid filter '${unknown}'`);
    const containers = await engine.containers.list({
      all: flags.all,
      filters: { label: [label.project, label.configHash] },
    });
    const projects = new Map<string, ContainerSummary[]>();
    for (const container of containers) {
      const name = container.Labels[label.project] ?? "";
      projects.set(name, [...(projects.get(name) ?? []), container]);
    }
    const wanted = flags.filter.name ?? [];
    const shown = [...projects]
      .filter(
        ([name]) =>
          wanted.length === 0 || wanted.some((each) => new RegExp(each).test(name) || each === name),
      )
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (flags.quiet) {
      io.stdout(shown.map(([name]) => `${name}\n`).join(""));
      return;
    }
    const rows = shown.map(([name, own]) => ({
      Name: name,
      Status: statusOf(own),
      ConfigFiles: filesOf(own),
    }));
    if (flags.format.toLowerCase() === "json") io.stdout(`${goJson(rows, "", false)}\n`);
    else if (["table", "pretty", ""].includes(flags.format.toLowerCase())) {
      const lines = rows.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles].join("\t"));
      io.stdout(
        alignColumns(`${["NAME\tSTATUS\tCONFIG FILES", ...lines].join("\n")}\n`, { least: 20, padding: 3 }),
      );
    } else {
      throw new ComposeError(`format value "${flags.format}" could not be parsed: parsing failed`);
    }
  },
});

function statusOf(containers: readonly ContainerSummary[]): string {
  const counts = new Map<string, number>();
  for (const { State } of containers) counts.set(State, (counts.get(State) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([state, count]) => `${state}(${count})`)
    .join(", ");
}

const filesOf = (containers: readonly ContainerSummary[]) =>
  [...new Set(containers.flatMap(({ Labels }) => (Labels[label.configFiles] ?? "").split(",")))].join(",");
