import type { CallName } from "../commands/command.js";

/**
 * What is compared by less than its value, each with its reason. What is not compared at all stands in
 * `exclusions.ts`. Ids, times and random addresses are in neither list: they become symbols
 * (`normalise/symbols.ts`), and the symbols are compared.
 */

/** Fields whose value an engine chooses by chance, by name. `normalise/normalise.ts` has the rule for each. */
export const loosenedFields = {
  Pid: "the kernel numbers processes. Whether there is one is compared",
  Created: "a list tells whole seconds, and two engines may do the same thing in two of them",
  HostPort:
    "an engine goes on from the last ephemeral port that it gave, where that is outlives the containers, and how many a start uses up varies; the few ports of a range come round at different times",
  PublicPort: "it is a HostPort",
  LastTagTime:
    "the image of a standing engine was tagged by whoever used it before, so it need not be a time of its own",
  CreatedAt: "a volume tells whole seconds, and two engines may do the same thing in two of them",
  mtime: "a file that came with the image has the time when that image was built",
  Mountpoint:
    "it is in the engine's data root, which is wherever its host has it. What comes after that is compared",
  cpu_stats: "what a process uses at that moment",
  precpu_stats: "what a process uses at that moment",
  memory_stats: "what a process uses at that moment",
  blkio_stats: "what a process uses at that moment",
  pids_stats: "what a process uses at that moment, and a limit of the kernel's",
  networks: "what a process sends at that moment. Whether there are any is compared",
  Volumes: "the engine takes the order from a Go map",
  VolumesDeleted: "the engine takes the order from a Go map",
  ExecIDs: "the engine takes the order from a Go map",
  NetworksDeleted: "the engine takes the order from a Go map",
  ContainersDeleted: "the engine takes the order from a Go map",
  Ports: "both families of a port are bound at once, and either may come first",
} as const satisfies Readonly<Record<string, string>>;

/** A part of a text that is replaced before texts are compared. */
export interface LoosenedText {
  readonly pattern: RegExp;
  readonly by: string;
  readonly reason: string;
}

export const loosenedTexts: readonly LoosenedText[] = [
  {
    pattern: /(?<=Network with name .* \(id : )<.*?>(?=\) already exists)/g,
    by: "<one of them>",
    reason: "20.10 names whichever of several networks of one name it meets first in a Go map",
  },
  {
    pattern: /\b(Up|Exited \(\d+\)) (Less than a second|About an? \w+|\d+ (second|minute|hour)s?)\b/g,
    by: "$1 <age>",
    reason: "it grows while one looks. 20.10 says it in messages, too",
  },
  {
    pattern: /\bveth[0-9a-f]{7}\b/g,
    by: "<interface>",
    reason: "the host's end of an interface has a random name",
  },
  {
    pattern: /\bIfindex: \d+/g,
    by: "Ifindex: <index>",
    reason: "the kernel numbers interfaces",
  },
  {
    // Ten digits are an id by then.
    pattern: /\bdocker-import-(?:\d+|<id:\d+>)/g,
    by: "docker-import-<number>",
    reason: "the engine gives the directory that it unpacks an archive in a random number",
  },
];

/** A list in a message, whose items are compared in any order. */
export interface LoosenedList {
  readonly list: RegExp;
  readonly reason: string;
}

export const loosenedLists: readonly LoosenedList[] = [
  { list: /(?<=has active endpoints \().*(?=\))/, reason: "the engine goes over a Go map" },
  { list: /(?<=network endpoints: ).*$/m, reason: "the engine goes over a Go map" },
];

export interface LoosenedAnswer {
  /** A list is compared in any order, or only the commands of a list of processes. */
  readonly to: "any order" | "commands";
  readonly reason: string;
}

/** Calls whose answer is compared by less than its value. `dns.resolve` stands for every question of a name. */
export const loosenedAnswers: Readonly<Partial<Record<CallName | "dns.resolve", LoosenedAnswer>>> = {
  "networks.list": { to: "any order", reason: "the engine takes the order from a Go map" },
  "images.list": { to: "any order", reason: "images that were made in the same second come in any order" },
  "containers.changes": {
    to: "any order",
    reason: "the engine takes the order of what is in a directory from a Go map",
  },
  "dns.resolve": { to: "any order", reason: "the engine shuffles the records of an answer" },
  "containers.top": {
    to: "commands",
    reason: "the other columns are process ids, times and a terminal; the command is the container's own",
  },
};

/** Events that may take any place among those of their command. */
export const loosenedEvents: { readonly actions: ReadonlySet<string>; readonly reason: string } = {
  actions: new Set(["die", "stop", "connect", "disconnect", "destroy", "unpause", "exec_die", "kill"]),
  reason:
    "several goroutines of the engine tell of them, or one that goes over a Go map (docs/engine-facts.md, 7)",
};

/** Attributes of events that are compared by whether they are there. */
export const loosenedAttributes: Readonly<Record<string, { readonly by: string; readonly reason: string }>> =
  {
    execDuration: { by: "<seconds>", reason: "how many whole seconds a process took" },
  };

/** Headers of an answer over HTTP that are not compared. */
export const loosenedHeaders: { readonly names: ReadonlySet<string>; readonly reason: string } = {
  names: new Set(["Date", "Content-Length", "Transfer-Encoding", "Connection"]),
  reason:
    "what HTTP adds on the way is a matter of what carries the answer, and so is the order of all headers; tests of the server look at them",
};

/** Parts of headers and bodies of answers over HTTP that are replaced before they are compared. */
export const loosenedWire = {
  server: {
    pattern: /^(Docker\/[\d.]+)\S*/,
    by: "$1",
    reason: "Debian marks its builds of the engine, and a release is the same whoever built it",
  },
  fileTime: {
    pattern: /"20\d\d-[^"]*"/,
    by: '"<time>"',
    reason: "a file that came with the image has the time when that image was built",
  },
} as const satisfies Readonly<Record<string, LoosenedText>>;
