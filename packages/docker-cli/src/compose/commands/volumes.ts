import type { Volume } from "@dryharbor/sdk/port";
import { text, toggle } from "../../command/flags.js";
import { type Columns, formatRows, listFormat, textMethod } from "../../format/table.js";
import { labelText } from "../../format/texts.js";
import { serviceOf } from "../actions/containers.js";
import { label } from "../actions/labels.js";
import { ComposeError } from "../model/error.js";
import { composeCommand } from "./compose-command.js";
import { projectOrName } from "./projects.js";

const columns: Columns<Volume> = {
  name: "*formatter.volumeContext",
  columns: {
    Name: ["VOLUME NAME", ({ Name }) => Name],
    Driver: ["DRIVER", ({ Driver }) => Driver],
    Scope: ["SCOPE", ({ Scope }) => Scope],
    Mountpoint: ["MOUNTPOINT", ({ Mountpoint }) => Mountpoint],
    Labels: ["LABELS", ({ Labels }) => labelText(Labels)],
    Links: ["LINKS", () => "N/A"],
    Size: ["SIZE", () => "N/A"],
    Availability: ["AVAILABILITY", () => "N/A"],
    Group: ["GROUP", () => "N/A"],
    Status: ["STATUS", () => "N/A"],
  },
  methods: { Label: textMethod<Volume>(({ Labels }, key) => Labels?.[key] ?? "") },
};

const formats = { table: "table {{.Driver}}\t{{.Name}}", quiet: "{{.Name}}" };

export const volumes = composeCommand({
  name: "volumes",
  short: "List volumes",
  usage: "[OPTIONS] [SERVICE...]",
  flags: { format: text(undefined, { initial: "table" }), quiet: toggle("q") },
  async execute(call) {
    const { context, flags, arguments: services, release } = call;
    const { name, project } = await projectOrName(call, services);
    for (const service of project ? services : []) {
      if (!project?.services.has(service)) throw new ComposeError(`no such service: ${service}`);
    }
    const filters = { label: [`${label.project}=${name}`] };
    const { Volumes } = await context.engine.volumes.list({ filters });
    const containers = await context.engine.containers.list({ filters });
    const mounted = new Set(
      containers
        .filter((container) => services.includes(serviceOf(container)))
        .flatMap(({ Mounts }) => (Mounts as { Name?: string }[]).map(({ Name }) => Name)),
    );
    const shown = Volumes.filter(({ Name }) => services.length === 0 || mounted.has(Name));
    if (flags.quiet) context.io.stdout(shown.map(({ Name }) => `${Name}\n`).join(""));
    else context.io.stdout(formatRows(columns, shown, listFormat(flags.format, "", false, formats), release));
  },
});
