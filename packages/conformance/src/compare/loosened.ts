import type { CallName } from "../commands/command.js";

/**
 * What is compared less strictly than by its value, each with its reason. What is not compared at all is
 * listed in `exclusions.ts`. Ids, times and random addresses are in neither list: they become symbols
 * (`normalise/symbols.ts`), and the symbols are compared.
 */

/**
 * Fields whose value an engine chooses by chance, by name. `normalise/normalise.ts` has the rule for each.
 */
export const loosenedFields = {
  Pid: "The kernel numbers processes. Only whether there is a process is compared.",
  Created: "A list shows whole seconds, and two engines may do the same thing in two different seconds.",
  HostPort:
    "The engine goes on from the last ephemeral port that it gave. Where that is outlives the containers, and how many ports a start uses up varies. Each address has a search of its own up to 26.1, so two addresses have the same port by chance. The few ports of a range come round at different times.",
  PublicPort: "It is the same value as a HostPort.",
  LastTagTime:
    "The image of a standing engine was tagged by whoever used the engine before, so its time may equal another one.",
  CreatedAt: "A volume shows whole seconds, and two engines may do the same thing in two different seconds.",
  mtime: "A file that came with the image has the time when that image was built.",
  Mountpoint:
    "It begins with the engine's data root, which depends on the host. The rest of the path is compared.",
  cpu_stats: "It is what a process uses at that moment.",
  precpu_stats: "It is what a process uses at that moment.",
  memory_stats: "It is what a process uses at that moment.",
  blkio_stats: "It is what a process uses at that moment.",
  pids_stats: "It is what a process uses at that moment, and a limit of the kernel.",
  networks: "It is what a process has sent at that moment. Only whether there are networks is compared.",
  Links:
    "The engine takes the order of a container's own links from a Go map. Those of an endpoint have an order.",
  Mounts:
    "The engine takes the order of a container's mounts from a Go map. Those that a client asked for have an order.",
  Volumes: "The engine takes the order from a Go map.",
  VolumesDeleted: "The engine takes the order from a Go map.",
  ExecIDs: "The engine takes the order from a Go map.",
  NetworksDeleted: "The engine takes the order from a Go map.",
  ContainersDeleted: "The engine takes the order from a Go map.",
  Ports: "A port is bound in both address families at once, and either may come first.",
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
    reason: "If several networks have one name, 20.10 names the one that it meets first in a Go map.",
  },
  {
    pattern: /\b(Up|Exited \(\d+\)) (Less than a second|About an? \w+|\d+ (second|minute|hour)s?)\b/g,
    by: "$1 <age>",
    reason: "The age grows while one looks. 20.10 shows it in messages, too.",
  },
  {
    pattern: /\bveth[0-9a-f]{7}\b/g,
    by: "<interface>",
    reason: "The host's end of an interface has a random name.",
  },
  {
    pattern: /\bIfindex: \d+/g,
    by: "Ifindex: <index>",
    reason: "The kernel numbers interfaces.",
  },
  {
    // A number of ten digits has become the symbol of an id by then.
    pattern: /\bdocker-import-(?:\d+|<id:\d+>)/g,
    by: "docker-import-<number>",
    reason: "The engine unpacks an archive into a directory with a random number in its name.",
  },
  {
    pattern: /(?<=\/containerd-mount|\.overlayfs\/snapshots\/)(?:\d+|<id:\d+>)/g,
    by: "<number>",
    reason:
      "containerd unpacks a layer into a directory with a number that is random or counts what was before.",
  },
];

/** A list inside a message. Its items are compared in any order. */
export interface LoosenedList {
  readonly list: RegExp;
  readonly reason: string;
}

export const loosenedLists: readonly LoosenedList[] = [
  { list: /(?<=has active endpoints \().*(?=\))/, reason: "The engine takes the order from a Go map." },
  { list: /(?<=network endpoints: ).*$/m, reason: "The engine takes the order from a Go map." },
];

export interface LoosenedAnswer {
  /**
   * `any order`: a list is compared as a set. `commands`: of a list of processes only the commands are
   * compared. `sizes of files`: the size of a directory is not compared.
   */
  readonly to: "any order" | "commands" | "sizes of files";
  readonly reason: string;
}

/** Calls whose answer is compared less strictly. `dns.resolve` stands for every question about a name. */
export const loosenedAnswers: Readonly<Partial<Record<CallName | "dns.resolve", LoosenedAnswer>>> = {
  "networks.list": { to: "any order", reason: "The engine takes the order from a Go map." },
  "images.list": { to: "any order", reason: "Images that were made in the same second come in any order." },
  "containers.changes": {
    to: "any order",
    reason: "The engine takes the order of a directory's entries from a Go map.",
  },
  "dns.resolve": { to: "any order", reason: "The engine shuffles the records of an answer." },
  "containers.statArchive": {
    to: "sizes of files",
    reason: "The size of a directory is its file system's own: a bind's is one of the engine's host.",
  },
  "containers.getArchive": {
    to: "sizes of files",
    reason: "The size of a directory is its file system's own: a bind's is one of the engine's host.",
  },
  "containers.top": {
    to: "commands",
    reason:
      "The other columns are process ids, times and a terminal. Only the command is the container's own.",
  },
};

/** Events whose order among the events of their command is not compared. */
export const loosenedEvents: { readonly actions: ReadonlySet<string>; readonly reason: string } = {
  actions: new Set([
    "die",
    "stop",
    "connect",
    "disconnect",
    "destroy",
    "unpause",
    "exec_die",
    "kill",
    "mount",
    "unmount",
  ]),
  reason:
    "Several goroutines of the engine emit them, or one goroutine that walks a Go map (docs/engine-facts.md, 7).",
};

/** Events that count once where their command causes equal ones. */
export const repeatedEvents: readonly { readonly actions: ReadonlySet<string>; readonly reason: string }[] = [
  {
    actions: new Set(["pause", "unpause"]),
    reason:
      "A commit that fails pauses and unpauses in no time. Where containerd's own word of that comes later, the engine takes it for a further pause (moby, daemon/monitor.go).",
  },
  {
    actions: new Set(["mount", "unmount"]),
    reason:
      "A refused HEAD has no message, so the docker driver asks with GET again, for which the engine mounts the container's volumes again.",
  },
];

/** Attributes of events. Only whether they are there is compared. */
export const loosenedAttributes: Readonly<Record<string, { readonly by: string; readonly reason: string }>> =
  {
    execDuration: { by: "<seconds>", reason: "A process takes a varying number of whole seconds." },
  };

/** Headers of an answer over HTTP that are not compared. */
export const loosenedHeaders: { readonly names: ReadonlySet<string>; readonly reason: string } = {
  names: new Set(["Date", "Content-Length", "Transfer-Encoding", "Connection"]),
  reason:
    "Whatever carries the answer adds these headers, and orders all headers. Tests of the server compare them.",
};

/** Parts of headers and bodies of answers over HTTP that are replaced before they are compared. */
export const loosenedWire = {
  server: {
    pattern: /^(Docker\/[\d.]+)\S*/,
    by: "$1",
    reason: "Debian marks its builds of the engine, and a release is the same whoever built it.",
  },
  fileTime: {
    pattern: /"20\d\d-[^"]*"/,
    by: '"<time>"',
    reason: "A file that came with the image has the time when that image was built.",
  },
} as const satisfies Readonly<Record<string, LoosenedText>>;
