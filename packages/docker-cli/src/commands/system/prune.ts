import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { confirm } from "../../command/confirm.js";
import { CommandError } from "../../command/errors.js";
import { filters, toggle } from "../../command/flags.js";
import { pruneFilters } from "../../command/prune-filters.js";
import { humanSize } from "../../format/units.js";
import type { Release } from "../../releases.js";

export const systemPrune = command({
  name: "prune",
  short: "Remove unused data",
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: {
    all: toggle("a"),
    filter: filters(undefined, { api: "1.28" }),
    force: toggle("f"),
    volumes: toggle(),
  },
  async run({ engine, io, flags, release, session }) {
    if (flags.volumes && flags.filter.until) {
      throw new CommandError(`ERROR: The "until" filter is not supported with "--volumes"`);
    }
    const wanted = pruneFilters(session, flags.filter);
    if (!flags.force && !(await confirm(io, warning(flags, wanted, release)))) return;
    let bytes = 0;
    const tell = (head: string, lines: readonly string[] | null): void => {
      if (lines && lines.length > 0) io.stdout(`${head}:\n${lines.map((line) => `${line}\n`).join("")}\n`);
    };

    const containers = await engine.containers.prune({ filters: wanted });
    tell("Deleted Containers", containers.ContainersDeleted);
    const networks = await engine.networks.prune({ filters: wanted });
    tell("Deleted Networks", networks.NetworksDeleted);
    if (flags.volumes) {
      const volumes = await engine.volumes.prune({ filters: wanted });
      tell("Deleted Volumes", volumes.VolumesDeleted);
      bytes += volumes.SpaceReclaimed;
    }
    const images = await engine.images.prune({ filters: { ...wanted, dangling: [String(!flags.all)] } });
    tell(
      "Deleted Images",
      (images.ImagesDeleted ?? []).map((step) =>
        "Untagged" in step ? `untagged: ${step.Untagged}` : `deleted: ${step.Deleted}`,
      ),
    );
    bytes += containers.SpaceReclaimed + images.SpaceReclaimed;
    io.stdout(`Total reclaimed space: ${humanSize(bytes)}\n`);
  },
});

function warning(
  { all, volumes }: { readonly all: boolean; readonly volumes: boolean },
  wanted: Readonly<Record<string, readonly string[]>>,
  release: Release,
): string {
  const old = release.name === "20.10";
  const removed = [
    "all stopped containers",
    "all networks not used by at least one container",
    ...(volumes ? [`all ${old ? "" : "anonymous "}volumes not used by at least one container`] : []),
    all ? "all images without at least one container associated to them" : "all dangling images",
    all ? "all build cache" : old ? "all dangling build cache" : "unused build cache",
  ];
  const filters = Object.entries(wanted)
    .flatMap(([name, values]) => values.map((value) => `${name}=${value}`))
    .sort();
  const filtered =
    filters.length > 0
      ? `\n\n  Items to be pruned will be filtered with:\n${filters.map((filter) => `  - ${filter}`).join("\n")}`
      : "";
  return `WARNING! This will remove:\n${removed.map((what) => `  - ${what}`).join("\n")}${filtered}\n\nAre you sure you want to continue?`;
}
