import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, toggle } from "../../command/flags.js";
import { pruned } from "../../command/pruned.js";

const warning = (what: string) => `WARNING! This will remove ${what} not used by at least one container.
Are you sure you want to continue?`;

export const volumePrune = command({
  name: "prune",
  short: {
    "20.10": "Remove all unused local volumes",
    "26.1": "Remove unused local volumes",
  },
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: { all: toggle("a", { since: "26.1", api: "1.42" }), filter: filters(), force: toggle("f") },
  run(call) {
    const { flags, release } = call;
    const onlyAnonymous = release.name !== "20.10" && !flags.all && !flags.filter.all;
    if (flags.all && flags.filter.all) {
      throw new CommandError("conflicting options: cannot specify both --all and --filter all=1");
    }
    return pruned(
      call,
      warning(onlyAnonymous ? "anonymous local volumes" : "all local volumes"),
      async (wanted) => {
        const { VolumesDeleted, SpaceReclaimed } = await call.engine.volumes.prune({
          filters: { ...wanted, ...(flags.all && { all: ["true"] }) },
        });
        const lines = (VolumesDeleted ?? []).map((name) => `${name}\n`);
        return { text: lines.length > 0 ? `Deleted Volumes:\n${lines.join("")}` : "", bytes: SpaceReclaimed };
      },
    );
  },
});
