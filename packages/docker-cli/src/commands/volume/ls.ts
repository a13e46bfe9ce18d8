import type { Volume, VolumeListFilters } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, text, toggle } from "../../command/flags.js";
import { byNatural } from "../../format/natural.js";
import { formatRows, listFormat } from "../../format/table.js";
import { volumeColumns } from "./columns.js";

const clusterTable = "table {{.Name}}\t{{.Group}}\t{{.Driver}}\t{{.Availability}}\t{{.Status}}";

export const volumeLs = command({
  name: "ls",
  aliases: ["list"],
  short: "List volumes",
  usage: "[OPTIONS]",
  arguments: none,
  flags: {
    cluster: toggle(undefined, { since: "26.1", api: "1.42", hidden: true }),
    filter: filters("f"),
    format: text(),
    quiet: toggle("q"),
  },
  async run({ engine, io, flags, release, session }) {
    const { Volumes } = await engine.volumes.list({ filters: flags.filter as VolumeListFilters });
    let format = listFormat(flags.format, session.configuredFormat("volumesFormat"), flags.quiet, {
      table: "table {{.Driver}}\t{{.Name}}",
      quiet: "{{.Name}}",
      raw: "name: {{.Name}}\ndriver: {{.Driver}}\n",
      quietRaw: "name: {{.Name}}",
    });
    let volumes: (Volume & { readonly ClusterVolume?: unknown })[] = Volumes ?? [];
    if (flags.cluster) {
      if (flags.quiet || flags.format !== "") {
        throw new CommandError("conflicting options: --cluster cannot be used with --format or --quiet");
      }
      format = clusterTable;
      volumes = volumes.filter(({ ClusterVolume }) => ClusterVolume);
    }
    const rows = volumes.toSorted((a, b) => byNatural(a.Name, b.Name));
    io.stdout(formatRows(volumeColumns, rows, format, release));
  },
});
