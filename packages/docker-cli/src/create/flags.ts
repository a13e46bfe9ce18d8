// The flags by which `docker run` and `docker create` describe a container.

import { address } from "../command/addresses.js";
import { duration } from "../command/duration.js";
import { type Flag, type FlagOptions, int, labels, list, map, text, toggle, uint } from "../command/flags.js";
import { contentTrust, kernelMemoryGone } from "../command/going-flags.js";
import { bytes, bytesOrUnlimited, cpus } from "../command/size-flags.js";
import { checkedLink } from "../commands/network/connect.js";
import type { Release } from "../releases.js";
import {
  checkedAddress,
  checkedDeviceRule,
  checkedExtraHost,
  checkedSearchDomain,
  checkedStream,
  checkedSysctl,
  checkedVariable,
  type DeviceRate,
  readByteRate,
  readDeviceWeight,
  readOperationRate,
  readUlimit,
  type Ulimit,
} from "./checks.js";
import { readGpus } from "./gpus.js";
import { type Mount, readMount } from "./mount.js";
import { type Attachment, readAttachment } from "./networks.js";

/** Values that are read one by one, and kept in the order in which they come. */
function each<T>(
  kind: string,
  read: (value: string, release: Release) => T,
  options: FlagOptions = {},
): Flag<readonly T[]> {
  return {
    kind,
    initial: [],
    read: (value, before, release) => [...before, read(value, release)],
    ...options,
  };
}

const network = each<Attachment>("network", readAttachment, { completes: "network" });
const aliases = list();
const resolverOptions = list();
const windowsOnly = { hidden: true } as const;

/** The flags, by their long names. */
export const creationFlags = {
  "add-host": list(undefined, { check: checkedExtraHost }),
  annotation: map(undefined, { since: "26.1", api: "1.43" }),
  attach: list("a", { check: checkedStream, completes: ["STDIN", "STDOUT", "STDERR"] }),
  "blkio-weight": uint(undefined, { bits: 16, kind: "uint16" }),
  "blkio-weight-device": each("list", readDeviceWeight),
  "cap-add": list(),
  "cap-drop": list(),
  "cgroup-parent": text(),
  cgroupns: text(undefined, { api: "1.41", completes: ["host", "private"] }),
  cidfile: text(undefined, { completes: "file" }),
  "cpu-count": int(undefined, windowsOnly),
  "cpu-percent": int(undefined, windowsOnly),
  "cpu-period": int(),
  "cpu-quota": int(),
  "cpu-rt-period": int(undefined, { api: "1.25" }),
  "cpu-rt-runtime": int(undefined, { api: "1.25" }),
  "cpu-shares": int("c"),
  cpus: cpus({ api: "1.25" }),
  "cpuset-cpus": text(),
  "cpuset-mems": text(),
  device: list(),
  "device-cgroup-rule": list(undefined, { check: checkedDeviceRule }),
  "device-read-bps": each<DeviceRate>("list", readByteRate),
  "device-read-iops": each<DeviceRate>("list", readOperationRate),
  "device-write-bps": each<DeviceRate>("list", readByteRate),
  "device-write-iops": each<DeviceRate>("list", readOperationRate),
  "disable-content-trust": contentTrust,
  dns: list(undefined, { check: checkedAddress }),
  "dns-opt": { ...resolverOptions, hidden: true },
  "dns-option": resolverOptions,
  "dns-search": list(undefined, { check: checkedSearchDomain }),
  domainname: text(),
  entrypoint: text(),
  env: list("e", { check: checkedVariable }),
  "env-file": list(undefined, { completes: "file" }),
  expose: list(),
  gpus: each("gpu-request", readGpus, { api: "1.40" }),
  "group-add": list(),
  "health-cmd": text(),
  "health-interval": duration(),
  "health-retries": int(),
  "health-start-interval": duration({ since: "26.1", api: "1.44" }),
  "health-start-period": duration({ api: "1.29" }),
  "health-timeout": duration(),
  hostname: text("h"),
  init: toggle(undefined, { api: "1.25" }),
  interactive: toggle("i"),
  "io-maxbandwidth": bytes(undefined, windowsOnly),
  "io-maxiops": uint(undefined, windowsOnly),
  ip: address(),
  ip6: address(),
  ipc: text(),
  isolation: text(),
  "kernel-memory": bytes(undefined, { deprecated: kernelMemoryGone }),
  label: labels("l"),
  "label-file": list(undefined, { completes: "file" }),
  link: list(undefined, { check: checkedLink, completes: "container" }),
  "link-local-ip": list(),
  "log-driver": text(undefined, {
    completes: ["fluentd", "gelf", "journald", "json-file", "local", "none", "splunk", "syslog"],
  }),
  "log-opt": list(),
  "mac-address": text(),
  memory: bytes("m"),
  "memory-reservation": bytes(),
  "memory-swap": bytesOrUnlimited(),
  "memory-swappiness": int(undefined, { initial: -1 }),
  mount: each<Mount>("mount", readMount),
  name: text(),
  net: { ...network, hidden: true },
  "net-alias": { ...aliases, hidden: true },
  network,
  "network-alias": aliases,
  "no-healthcheck": toggle(),
  "oom-kill-disable": toggle(),
  "oom-score-adj": int(),
  pid: text(),
  "pids-limit": int(),
  platform: text(undefined, { api: "1.32" }),
  privileged: toggle(),
  publish: list("p"),
  "publish-all": toggle("P"),
  pull: text(undefined, { initial: "missing", completes: ["always", "missing", "never"] }),
  quiet: toggle("q", { since: "26.1" }),
  "read-only": toggle(),
  restart: text(undefined, {
    initial: "no",
    completes: ["always", "no", "on-failure", "unless-stopped"],
  }),
  rm: toggle(),
  runtime: text(),
  "security-opt": list(),
  "shm-size": bytes(),
  "stop-signal": text(),
  "stop-timeout": int(undefined, { api: "1.25" }),
  "storage-opt": list(),
  sysctl: map(undefined, { check: checkedSysctl }),
  tmpfs: list(),
  tty: toggle("t"),
  ulimit: each<Ulimit>("ulimit", readUlimit),
  user: text("u"),
  userns: text(undefined, { completes: ["host"] }),
  uts: text(undefined, { completes: ["host"] }),
  volume: list("v", { completes: "volume" }),
  "volume-driver": text(undefined, { completes: ["local"] }),
  "volumes-from": list(undefined, { completes: "container" }),
  workdir: text("w"),
} as const;
