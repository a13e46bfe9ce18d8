import type { ContainerListFilters } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, int, text, toggle } from "../../command/flags.js";
import { executionIn, formatRows, listFormat, rowType } from "../../format/table.js";
import type { Release } from "../../releases.js";
import { executeTemplate } from "../../templates/execute.js";
import { templateFunctions } from "../../templates/functions.js";
import { parseTemplate, TemplateError } from "../../templates/parse-template.js";
import type { Method, MethodsType } from "../../templates/types.js";
import { containerColumns } from "./columns.js";

const table = "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}";
const raw = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`;

export const containerLs = command({
  name: "ls",
  aliases: ["list", "ps"],
  short: "List containers",
  usage: "[OPTIONS]",
  arguments: none,
  flags: {
    all: toggle("a"),
    filter: filters("f"),
    format: text(),
    last: int("n", { initial: -1 }),
    latest: toggle("l"),
    "no-trunc": toggle(),
    quiet: toggle("q"),
    size: toggle("s"),
  },
  async run({ engine, io, flags, given, release, session }) {
    const configured = session.configuredFormat("psFormat");
    let asked = flags.format;
    if (asked === "" && !flags.quiet) asked = configured;
    let size = flags.size;
    const usesSize = asked !== "" && checkedFormat(asked, release);
    if (!flags.quiet && !given.has("size") && usesSize) size = true;
    const limit = flags.latest && flags.last === -1 ? 1 : flags.last;
    const containers = await engine.containers.list({
      ...(flags.all && { all: true }),
      ...(limit > 0 && { limit }),
      ...(size && { size: true }),
      filters: flags.filter as ContainerListFilters,
    });
    if (release.name !== "20.10" && flags.quiet && asked !== "" && asked !== "table" && asked !== "raw") {
      io.stderr("WARNING: Ignoring custom format, because both --format and --quiet are set.\n");
      asked = "table";
    }
    const format = listFormat(asked, "", flags.quiet, {
      table: size ? `${table}\t{{.Size}}` : table,
      quiet: "{{.ID}}",
      raw: size ? `${raw}size: {{.Size}}\n` : raw,
      quietRaw: "container_id: {{.ID}}",
    });
    const now = io.now();
    const rows = containers.map((container) => ({ container, short: !flags["no-trunc"], release, now }));
    io.stdout(formatRows(containerColumns, rows, format, release));
  },
});

/** Carries a format out on no container, to see whether it can be, and whether it asks for sizes. */
function checkedFormat(format: string, release: Release): boolean {
  let asksForSize = false;
  const type = rowType(containerColumns, release);
  const probe: MethodsType = {
    ...type,
    methods: Object.fromEntries(
      Object.entries(type.methods).map(([name, method]): [string, Method] => [
        name,
        {
          parameters: method.parameters,
          call: () => {
            if (name === "Size") asksForSize = true;
            return { type: { kind: "string", name: "string" }, value: "" };
          },
        },
      ]),
    ),
  };
  try {
    const template = parseTemplate("", format, (name) => templateFunctions.has(name));
    try {
      executeTemplate(template, { type: probe, value: {} }, executionIn(release));
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new CommandError(`failed to execute template: ${error.message}`);
    }
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CommandError(`failed to parse template: ${error.message}`);
  }
  return asksForSize;
}
