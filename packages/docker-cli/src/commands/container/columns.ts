// What lists of containers show.
import type { ContainerPort, ContainerSummary } from "@dryharbor/sdk/port";
import { quoted } from "../../command/quoted.js";
import { type Columns, textMethod } from "../../format/table.js";
import { ellipsis, labelText, shortId } from "../../format/texts.js";
import { goTimeText } from "../../format/time.js";
import { ago, humanSize } from "../../format/units.js";
import { isIn, type Release } from "../../releases.js";
import { type GoField, type GoType, pointerTo, stringSliceType, stringType } from "../../templates/types.js";
import { familiarName } from "../image/reference.js";

export interface ContainerRow {
  readonly container: ContainerSummary;
  readonly short: boolean;
  readonly release: Release;
  /** Nanoseconds since 1970. */
  readonly now: bigint;
}

type Platform = NonNullable<NonNullable<ContainerSummary["ImageManifestDescriptor"]>["platform"]>;

const platformType = pointerTo({
  kind: "struct",
  name: "formatter.Platform",
  fields: [
    field("Architecture", "architecture"),
    field("OS", "os"),
    field("OSVersion", "os.version", { omitEmpty: true }),
    field("OSFeatures", "os.features", { omitEmpty: true, type: stringSliceType }),
    field("Variant", "variant", { omitEmpty: true }),
  ],
  show: ({ os, architecture, variant, "os.version": version }: Platform) =>
    [os + (version ? `(${version})` : ""), architecture, variant].filter(Boolean).join("/"),
});

function field(
  name: string,
  key: string,
  { omitEmpty = false, type = stringType }: { omitEmpty?: boolean; type?: GoType } = {},
): GoField {
  return { name, key, omitEmpty, type, embedded: false };
}

export const containerColumns: Columns<ContainerRow> = {
  name: "*formatter.ContainerContext",
  columns: {
    ID: ["CONTAINER ID", ({ container, short }) => (short ? shortId(container.Id) : container.Id)],
    Names: ["NAMES", ({ container, short }) => namesText(container.Names, short)],
    Image: ["IMAGE", ({ container, short }) => imageText(container, short)],
    Command: [
      "COMMAND",
      ({ container, short }) => quoted(short ? ellipsis(container.Command, 20) : container.Command),
    ],
    CreatedAt: ["CREATED AT", ({ container }) => goTimeText(BigInt(container.Created) * 1_000_000_000n)],
    RunningFor: ["CREATED", ({ container, now }) => ago(BigInt(container.Created) * 1_000_000_000n, now)],
    Ports: ["PORTS", ({ container, release }) => portsText(container.Ports, release)],
    State: ["STATE", ({ container }) => container.State],
    Status: ["STATUS", ({ container }) => container.Status],
    Size: ["SIZE", ({ container }) => sizeText(container)],
    Labels: ["LABELS", ({ container }) => labelText(container.Labels)],
    Mounts: ["MOUNTS", ({ container, short }) => mountsText(container.Mounts as Mount[], short)],
    LocalVolumes: [
      "LOCAL VOLUMES",
      ({ container }) =>
        String((container.Mounts as Mount[]).filter(({ Driver }) => Driver === "local").length),
    ],
    Networks: [
      "NETWORKS",
      ({ container }) => Object.keys(container.NetworkSettings?.Networks ?? {}).join(","),
    ],
    Platform: [
      "PLATFORM",
      ({ container }) => ({
        type: platformType,
        value: container.ImageManifestDescriptor?.platform ?? null,
      }),
      { since: "28.5" },
    ],
    HealthStatus: ["HEALTH STATUS", ({ container }) => healthText(container), { since: "29" }],
  },
  methods: { Label: textMethod<ContainerRow>(({ container }, key) => container.Labels?.[key] ?? "") },
};

interface Mount {
  readonly Name?: string;
  readonly Source?: string;
  readonly Driver?: string;
}

function namesText(names: readonly string[] | null, short: boolean): string {
  const plain = (names ?? []).map((name) => name.replace(/^\//, ""));
  // A legacy link is a name with the container that has the link before it.
  const own = short ? plain.find((name) => !name.includes("/")) : undefined;
  return own ?? plain.join(",");
}

function imageText({ Image, ImageID }: ContainerSummary, short: boolean): string {
  if (Image === "") return "<no image>";
  if (!short) return Image;
  if (shortId(ImageID) === shortId(Image)) return shortId(ImageID);
  const [name = "", digest] = Image.split("@");
  return digest === undefined ? Image : familiarName(name);
}

/** The state of health; older API versions have it only in the text of the status. */
function healthText({ Health, Status }: ContainerSummary): string {
  if (Health?.Status) return Health.Status;
  return /^[^(]*\((?:health: )?(healthy|unhealthy|starting)\)$/.exec(Status)?.[1] ?? "";
}

function sizeText({ SizeRw = 0, SizeRootFs = 0 }: ContainerSummary): string {
  const own = humanSize(SizeRw, 3);
  return SizeRootFs > 0 ? `${own} (virtual ${humanSize(SizeRootFs, 3)})` : own;
}

function mountsText(mounts: readonly Mount[], short: boolean): string {
  return mounts
    .map(({ Name, Source = "" }) => Name || Source)
    .map((name) => (short ? ellipsis(name, 15) : name))
    .join(",");
}

/** Ports for people: those that are bound to themselves as ranges, and then the mappings of others. */
function portsText(ports: readonly ContainerPort[] | null, release: Release): string {
  const joined = (ip: string, port: string) =>
    ip.includes(":") && isIn(release, { since: "28.5" }) ? `[${ip}]:${port}` : `${ip}:${port}`;
  const groups = new Map<string, { first: number; last: number }>();
  const result: string[] = [];
  const mappings: string[] = [];
  const show = (key: string, { first, last }: { first: number; last: number }): void => {
    const range = first === last ? String(first) : `${first}-${last}`;
    const at = key.lastIndexOf("/");
    const ip = key.slice(0, at);
    result.push(`${ip === "" ? range : `${joined(ip, range)}->${range}`}/${key.slice(at + 1)}`);
  };
  for (const { IP = "", PrivatePort, PublicPort = 0, Type } of [...(ports ?? [])].sort(comparePorts)) {
    if (IP !== "" && PublicPort !== PrivatePort) {
      mappings.push(`${joined(IP, String(PublicPort))}->${PrivatePort}/${Type}`);
      continue;
    }
    const key = `${IP}/${Type}`;
    const group = groups.get(key);
    if (group && PrivatePort === group.last + 1) group.last = PrivatePort;
    else {
      if (group) show(key, group);
      if (group) Object.assign(group, { first: PrivatePort, last: PrivatePort });
      else groups.set(key, { first: PrivatePort, last: PrivatePort });
    }
  }
  for (const [key, group] of groups) show(key, group);
  return [...result, ...mappings].join(", ");
}

function comparePorts(a: ContainerPort, b: ContainerPort): number {
  if (a.PrivatePort !== b.PrivatePort) return a.PrivatePort - b.PrivatePort;
  const [one, other] = [a.IP ?? "", b.IP ?? ""];
  if (one !== other) return one < other ? -1 : 1;
  if ((a.PublicPort ?? 0) !== (b.PublicPort ?? 0)) return (a.PublicPort ?? 0) - (b.PublicPort ?? 0);
  return a.Type < b.Type ? -1 : a.Type > b.Type ? 1 : 0;
}
