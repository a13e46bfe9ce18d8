import type { ContainerSummary, DiskUsage, UsageOfKind } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { type Call, command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { text, toggle } from "../../command/flags.js";
import { type Columns, executionIn, formatRows, listFormat, rowType } from "../../format/table.js";
import { humanSize } from "../../format/units.js";
import { isIn, type Release } from "../../releases.js";
import { executeTemplate } from "../../templates/execute.js";
import { templateFunctions } from "../../templates/functions.js";
import { parseTemplate, TemplateError } from "../../templates/parse-template.js";
import { type GoType, sliceOf } from "../../templates/types.js";
import { containerColumns } from "../container/columns.js";
import { imageColumns, imageRows } from "../image/columns.js";
import { volumeColumns } from "../volume/columns.js";

interface Row {
  readonly type: string;
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: string;
}

const columns: Columns<Row> = {
  name: "*formatter.diskUsageImagesContext",
  columns: {
    Type: ["TYPE", ({ type }) => type],
    TotalCount: ["TOTAL", ({ total }) => String(total)],
    Active: ["ACTIVE", ({ active }) => String(active)],
    Size: ["SIZE", ({ size }) => humanSize(size)],
    Reclaimable: ["RECLAIMABLE", ({ reclaimable }) => reclaimable],
  },
};

/** Nothing here builds, so this list is empty. */
const cacheColumns: Columns<never> = {
  name: "*formatter.buildCacheContext",
  columns: {
    ID: ["CACHE ID", () => ""],
    CacheType: ["CACHE TYPE", () => ""],
    Size: ["SIZE", () => ""],
    CreatedSince: ["CREATED", () => ""],
    LastUsedSince: ["LAST USED", () => ""],
    UsageCount: ["USAGE", () => ""],
    Shared: ["SHARED", () => ""],
  },
};

export const systemDf = command({
  name: "df",
  short: "Show docker disk usage",
  usage: "[OPTIONS]",
  arguments: none,
  api: "1.25",
  flags: { format: text(), verbose: toggle("v") },
  async run(call) {
    const { engine, io, flags, release } = call;
    const usage = await engine.system.df();
    if (flags.verbose) {
      io.stdout(verboseText(call, usage, flags.format));
      return;
    }
    const table = "table {{.Type}}\t{{.TotalCount}}\t{{.Active}}\t{{.Size}}\t{{.Reclaimable}}";
    const format = listFormat(flags.format, "", false, { table, quiet: table });
    io.stdout(formatRows(columns, rowsOf(usage, release), format, release));
  },
});

/** What a kind of objects takes. */
interface Use {
  readonly total: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

function rowsOf(usage: DiskUsage, release: Release): Row[] {
  const { ImageUsage, ContainerUsage, VolumeUsage, BuildCacheUsage } = usage;
  const counted = counts(usage, release);
  // Since 29 the command shows what the engine has counted, where the engine counts.
  const counts29 = isIn(release, { since: "29" }) && ContainerUsage !== undefined;
  const uses: Readonly<Record<keyof typeof counted, Use>> = counts29
    ? {
        images: useOf(ImageUsage),
        containers: useOf(ContainerUsage),
        volumes: useOf(VolumeUsage),
        cache: useOf(BuildCacheUsage),
      }
    : counted;
  const row = (type: string, { reclaimable, ...use }: Use, hasShare = true): Row => ({
    type,
    ...use,
    reclaimable:
      hasShare && use.size > 0
        ? `${humanSize(reclaimable)} (${Math.trunc((reclaimable * 100) / use.size)}%)`
        : humanSize(reclaimable),
  });
  return [
    row("Images", uses.images),
    row("Containers", uses.containers),
    row("Local Volumes", uses.volumes),
    row("Build Cache", uses.cache, false),
  ];
}

function useOf(usage: UsageOfKind<unknown> = {}): Use {
  const { TotalCount = 0, ActiveCount = 0, TotalSize = 0, Reclaimable = 0 } = usage;
  return { total: TotalCount, active: ActiveCount, size: TotalSize, reclaimable: Reclaimable };
}

/** Counts what an engine lists. Up to 28.5 what is not used is what remains of the whole. */
function counts({ LayersSize = 0, Images, Containers, Volumes, BuildCache }: DiskUsage, release: Release) {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const images = Images ?? [];
  const own = (some: typeof images) =>
    sum(some.map(({ Size, SharedSize }) => (Size === -1 || SharedSize === -1 ? 0 : Size - SharedSize)));
  const used = images.filter((image) => image.Containers > 0);
  const containers = Containers ?? [];
  const running = containers.filter(isActive);
  const containerSize = (some: readonly ContainerSummary[]) => sum(some.map(({ SizeRw = 0 }) => SizeRw));
  const volumes = (Volumes ?? []).map(({ UsageData }) => UsageData ?? { RefCount: 0, Size: -1 });
  const volumeSize = (some: typeof volumes) => sum(some.map(({ Size }) => (Size === -1 ? 0 : Size)));
  const unused = volumes.filter(({ RefCount }) => RefCount <= 0);
  return {
    images: {
      total: images.length,
      active: used.length,
      size: LayersSize,
      reclaimable: isIn(release, { since: "29" })
        ? own(images.filter((image) => image.Containers === 0))
        : LayersSize - own(used),
    },
    containers: {
      total: containers.length,
      active: running.length,
      size: containerSize(containers),
      reclaimable: containerSize(containers) - containerSize(running),
    },
    volumes: {
      total: volumes.length,
      active: volumes.length - unused.length,
      size: volumeSize(volumes),
      reclaimable: volumeSize(unused),
    },
    cache: { total: BuildCache?.length ?? 0, active: 0, size: 0, reclaimable: 0 },
  };
}

function isActive({ State }: ContainerSummary): boolean {
  return ["running", "paused", "restarting"].includes(State);
}

function verboseText({ io, release }: Call, usage: DiskUsage, format: string): string {
  const now = io.now();
  const isTable = format === "" || format === "table";
  const images = (usage.Images ?? [])
    // Of several names the first is shown.
    .flatMap((image) =>
      imageRows([{ ...image, RepoDigests: null }], { digests: false, short: isTable, now }).slice(0, 1),
    )
    .map((row) => (isTable ? row : { ...row, digest: "" }));
  const containers = (usage.Containers ?? []).map((container) => ({
    container: { ...container, SizeRootFs: 0 },
    short: isTable,
    release,
    now,
  }));
  const volumes = usage.Volumes ?? [];
  if (!isTable) return ownFormat(format, { images, containers, volumes }, release);
  const size = release.name === "20.10" ? "VirtualSize" : "Size";
  return [
    "Images space usage:\n\n",
    formatRows(
      imageColumns,
      images,
      `table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}\t{{.${size}}}\t{{.SharedSize}}\t{{.UniqueSize}}\t{{.Containers}}`,
      release,
    ),
    "\nContainers space usage:\n\n",
    formatRows(
      containerColumns,
      containers,
      "table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t{{.Status}}\t{{.Names}}",
      release,
    ),
    "\nLocal Volumes space usage:\n\n",
    formatRows(volumeColumns, volumes, "table {{.Name}}\t{{.Links}}\t{{.Size}}", release),
    "\nBuild cache usage: 0B\n\n",
    formatRows(
      cacheColumns,
      [],
      "table {{.ID}}\t{{.CacheType}}\t{{.Size}}\t{{.CreatedSince}}\t{{.LastUsedSince}}\t{{.UsageCount}}\t{{.Shared}}",
      release,
    ),
  ].join("");
}

/** A format of one's own sees all lists at once. @throws {CommandError} */
function ownFormat(
  format: string,
  { images, containers, volumes }: Readonly<Record<"images" | "containers" | "volumes", readonly unknown[]>>,
  release: Release,
): string {
  const list = (key: string, of: GoType) => ({
    name: key,
    key,
    omitEmpty: false,
    embedded: false,
    type: sliceOf(of),
  });
  const type: GoType = {
    kind: "struct",
    name: "*formatter.diskUsageContext",
    fields: [
      list("Images", rowType(imageColumns, release)),
      list("Containers", rowType(containerColumns, release)),
      list("Volumes", rowType(volumeColumns, release)),
      list("BuildCache", rowType(cacheColumns, release)),
    ],
  };
  const value = { Images: images, Containers: containers, Volumes: volumes, BuildCache: [] };
  try {
    const text = format === "json" && release.jsonFormat ? "{{json .}}" : format;
    const template = parseTemplate("", text, (name) => templateFunctions.has(name));
    return executeTemplate(template, { type, value }, executionIn(release));
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(error.message);
    throw error;
  }
}
