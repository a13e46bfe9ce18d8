import type { NetworkInspect, NetworkListFilters } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { filters, text, toggle } from "../../command/flags.js";
import { byNatural } from "../../format/natural.js";
import { type Columns, formatRows, listFormat, textMethod } from "../../format/table.js";
import { labelText, shortId } from "../../format/texts.js";
import { goTimeText, nanosecondsOf } from "../../format/time.js";

interface Row {
  readonly network: NetworkInspect;
  readonly short: boolean;
}

const columns: Columns<Row> = {
  name: "*network.networkContext",
  columns: {
    ID: ["NETWORK ID", ({ network: { Id }, short }) => (short ? shortId(Id) : Id)],
    Name: ["NAME", ({ network }) => network.Name],
    Driver: ["DRIVER", ({ network }) => network.Driver],
    Scope: ["SCOPE", ({ network }) => network.Scope],
    IPv4: ["IPV4", ({ network }) => String(network.EnableIPv4 ?? false), { since: "28.5" }],
    IPv6: ["IPV6", ({ network }) => String(network.EnableIPv6)],
    Internal: ["INTERNAL", ({ network }) => String(network.Internal)],
    Labels: ["LABELS", ({ network }) => labelText(network.Labels)],
    CreatedAt: ["CREATED AT", ({ network }) => goTimeText(nanosecondsOf(network.Created))],
  },
  methods: { Label: textMethod<Row>(({ network }, key) => network.Labels?.[key] ?? "") },
};

const formats = {
  table: "table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}",
  quiet: "{{.ID}}",
  raw: "network_id: {{.ID}}\\nname: {{.Name}}\\ndriver: {{.Driver}}\\nscope: {{.Scope}}\\n",
  quietRaw: "network_id: {{.ID}}",
};

export const networkLs = command({
  name: "ls",
  aliases: ["list"],
  short: "List networks",
  usage: "[OPTIONS]",
  arguments: none,
  flags: { filter: filters("f"), format: text(), "no-trunc": toggle(), quiet: toggle("q") },
  async run({ engine, io, flags, release, session }) {
    const networks = await engine.networks.list({ filters: flags.filter as NetworkListFilters });
    const rows = networks
      .toSorted((a, b) => byNatural(a.Name, b.Name))
      .map((network) => ({ network, short: !flags["no-trunc"] }));
    const configured = session.configuredFormat("networksFormat");
    const format = listFormat(flags.format, configured, flags.quiet, formats);
    io.stdout(formatRows(columns, rows, format, release));
  },
});
