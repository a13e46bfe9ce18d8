import type { Limits } from "@dryharbor/kernel/host";
import type { HostConfig } from "@dryharbor/sdk/port";

/** The kernel's limits for a process. A limit's index is its number. */
const kinds = [
  "CPU",
  "FSIZE",
  "DATA",
  "STACK",
  "CORE",
  "RSS",
  "NPROC",
  "NOFILE",
  "MEMLOCK",
  "AS",
  "LOCKS",
  "SIGPENDING",
  "MSGQUEUE",
  "NICE",
  "RTPRIO",
  "RTTIME",
];

interface Ulimit {
  readonly Name?: string;
  readonly Soft?: number;
  readonly Hard?: number;
}

/** -1 stands for no limit. */
const amount = (limit: number) => (limit < 0 ? Number.POSITIVE_INFINITY : limit);

function ulimitsOf({ Ulimits }: HostConfig): readonly Ulimit[] {
  return (Ulimits ?? []) as readonly Ulimit[];
}

/** Returns the error for a limit that runc does not know, or `undefined`. */
export function ulimitRefusal(host: HostConfig): string | undefined {
  const unknown = ulimitsOf(host)
    .map(({ Name = "" }) => Name.toUpperCase())
    .find((name) => !kinds.includes(name));
  return unknown === undefined ? undefined : `wrong rlimit value: RLIMIT_${unknown}`;
}

/** Returns the error for a limit that the kernel refuses, or `undefined`. */
export function ulimitFailure(host: HostConfig): string | undefined {
  const bad = ulimitsOf(host).find(({ Soft = 0, Hard = 0 }) => amount(Soft) > amount(Hard));
  if (!bad) return undefined;
  const number = kinds.indexOf((bad.Name ?? "").toUpperCase());
  return `error setting rlimits for ready process: error setting rlimit type ${number}: invalid argument`;
}

/** Returns the limits that a container has of its own. */
export function limitsOf(host: HostConfig): Limits {
  return Object.fromEntries(
    ulimitsOf(host).map(({ Name = "", Soft = 0, Hard = 0 }) => [
      Name.toLowerCase(),
      { soft: amount(Soft), hard: amount(Hard) },
    ]),
  );
}
