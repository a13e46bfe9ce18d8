import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { confirm } from "../../command/confirm.js";
import { filters, toggle } from "../../command/flags.js";
import { pruneFilters } from "../../command/prune-filters.js";

const warning = `WARNING! This will remove all custom networks not used by at least one container.
Are you sure you want to continue?`;

export const networkPrune = command({
  name: "prune",
  short: "Remove all unused networks",
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: { filter: filters(), force: toggle("f") },
  async run({ engine, io, flags, session }) {
    const wanted = pruneFilters(session, flags.filter);
    if (!flags.force && !(await confirm(io, warning))) return;
    const { NetworksDeleted } = await engine.networks.prune({ filters: wanted });
    if (!NetworksDeleted || NetworksDeleted.length === 0) return;
    io.stdout(`Deleted Networks:\n${NetworksDeleted.join("\n")}\n\n`);
  },
});
