// The entry `@dryharbor/kernel/host`: what code needs that starts processes and keeps their files, namespaces
// and time. The simulator's engine uses it. A program needs only index.ts, and sockets are in network/index.ts.
export { changed } from "./files/changed.js";
export { copyTree } from "./files/copy-tree.js";
export { FileSystem } from "./files/file-system.js";
export type { Entry, FileSystemDriver, HeldInode } from "./files/file-system-driver.js";
export { Files } from "./files/files.js";
export type { ChangedAttributes, Directory, Inode, NewInode } from "./files/inode.js";
export { sizeOf } from "./files/inode.js";
export { type Mount, type MountTable, mountTime } from "./files/mounts.js";
export { bytesIn } from "./files/size.js";
export { emptyTree, rootInode, type Tree } from "./files/tree.js";
export { untouched } from "./files/untouched.js";
export { type Place, walk } from "./files/walk.js";
export {
  type Address,
  addressBits,
  formatAddress,
  isUnspecified,
  parseAddress,
  parseIP,
  unmap,
} from "./network/address.js";
export type { Line } from "./network/line.js";
export {
  defaultRoute,
  type InterfaceAddress,
  knownAddress,
  type NetworkInterface,
  type NetworkNamespace,
  type NextHop,
  nextHop,
  type Traffic,
} from "./network/namespace.js";
export { addressProblem, prefixProblem, withoutZone } from "./network/netip.js";
export {
  contains,
  containsText,
  firstValue,
  formatPrefix,
  isMappedBlock,
  isMasked,
  lastValue,
  masked,
  overlaps,
  type Prefix,
  parseCIDR,
  parsePrefix,
  prefixSize,
} from "./network/prefix.js";
export {
  type Delivered,
  type Hop,
  type Lost,
  loopbackHop,
  type Outgoing,
  type Passage,
  type Router,
} from "./network/router.js";
export { Backlog } from "./pipes/backlog.js";
export { ByteQueue } from "./pipes/byte-queue.js";
export { GeneratedFiles } from "./proc/generated.js";
export type { Limits } from "./proc/limits.js";
export type { MountLine } from "./proc/mount-table.js";
export type { ProcSources, procFiles, SeenNetwork } from "./proc/proc.js";
export type { sysFiles } from "./proc/sys.js";
export { commandFile, type ExecLookup, findExecutable, programAt } from "./processes/exec.js";
export type { Namespaces, OutputName, ProcessHost } from "./processes/host.js";
export { type Member, userOf } from "./processes/member.js";
export { PidNamespace } from "./processes/pid-namespace.js";
export { type Process, startProcess } from "./processes/process.js";
export { isLinuxSignal, sigkill, sigterm } from "./processes/signals.js";
export type { SocketOwner } from "./processes/socket-owner.js";
export { Terminal } from "./terminals/terminal.js";
export { type Clock, systemClock } from "./time/clock.js";
export { systemTime, type Time, type VirtualTime, virtualTime } from "./time/time.js";
