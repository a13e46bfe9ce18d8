import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { filters, toggle } from "../../command/flags.js";
import { pruned } from "../../command/pruned.js";

const warning = (what: string) => `WARNING! This will remove all ${what}.
Are you sure you want to continue?`;

export const imagePrune = command({
  name: "prune",
  short: "Remove unused images",
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: { all: toggle("a"), filter: filters(), force: toggle("f") },
  run(call) {
    const { all } = call.flags;
    const what = all ? "images without at least one container associated to them" : "dangling images";
    return pruned(call, warning(what), async (wanted) => {
      const { ImagesDeleted, SpaceReclaimed } = await call.engine.images.prune({
        filters: { ...wanted, dangling: [String(!all)] },
      });
      const lines = (ImagesDeleted ?? []).map((step) =>
        "Untagged" in step ? `untagged: ${step.Untagged}\n` : `deleted: ${step.Deleted}\n`,
      );
      return { text: lines.length > 0 ? `Deleted Images:\n${lines.join("")}` : "", bytes: SpaceReclaimed };
    });
  },
});
