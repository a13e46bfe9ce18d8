import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { filters, toggle } from "../../command/flags.js";
import { pruned } from "../../command/pruned.js";

const warning = `WARNING! This will remove all stopped containers.
Are you sure you want to continue?`;

export const containerPrune = command({
  name: "prune",
  short: "Remove all stopped containers",
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: { filter: filters(), force: toggle("f") },
  run: (call) =>
    pruned(call, warning, async (wanted) => {
      const { ContainersDeleted, SpaceReclaimed } = await call.engine.containers.prune({ filters: wanted });
      const lines = (ContainersDeleted ?? []).map((id) => `${id}\n`);
      return {
        text: lines.length > 0 ? `Deleted Containers:\n${lines.join("")}` : "",
        bytes: SpaceReclaimed,
      };
    }),
});
