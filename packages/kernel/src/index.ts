// The entry `@dryharbor/kernel`: the contract between a program and the kernel. Everybody who writes a
// program imports it. Begin with `Program` and `ProcessContext` in processes/program.ts. The other entry,
// host.ts, is for code that sets processes up.
export {
  allCapabilities,
  type Capabilities,
  type Capability,
  capabilityNames,
  capabilitySet,
} from "./capabilities.js";
export { sha256 } from "./crypto/sha256.js";
export { responseCodes, typeNumbers } from "./dns-message/numbers.js";
export { FileError, type FileErrorCode } from "./files/file-error.js";
export type { FileHandle, OpenOptions } from "./files/file-handle.js";
export type { Files, FilesOptions } from "./files/files.js";
export { absolutePath } from "./files/path.js";
export type { FileStat } from "./files/stat.js";
export type { Disk, Machine } from "./machine.js";
export { type Address, addressBits, formatAddress, parseAddress, parseIP, unmap } from "./network/address.js";
export { type Device, type DeviceAddress, devicesOf, subnetOf } from "./network/devices.js";
export { LookupError, type LookupErrorCode } from "./network/lookup-error.js";
export { knownAddress, type NetworkInterface, type NetworkNamespace } from "./network/namespace.js";
export { addressProblem, prefixProblem } from "./network/netip.js";
export { readNumericHost } from "./network/numeric-host.js";
export {
  contains,
  formatPrefix,
  lastValue,
  masked,
  type Prefix,
  parseCIDR,
  parsePrefix,
} from "./network/prefix.js";
export type { HostEntry, LookupOptions, LookupProcess, Resolver } from "./network/resolver.js";
export { routeTo, routingTable, type TableRoute } from "./network/routing-table.js";
export type {
  ArpPacket,
  Capture,
  CapturedPacket,
  Connection,
  ConnectOptions,
  Datagram,
  EchoRequest,
  IcmpMessage,
  IcmpSocket,
  Listener,
  ListenOptions,
  Neighbour,
  NeighbourPacket,
  Network,
  Packet,
  PacketOptions,
  SocketAddress,
  SocketInfo,
  TcpOptions,
  TcpState,
  UdpOptions,
  UdpSocket,
  WaitOptions,
} from "./network/sockets.js";
export { binaryOf } from "./processes/exec.js";
export { ContentFile, type OpenFile, type TerminalControl } from "./processes/open-file.js";
export {
  firstPrivateDescriptor,
  type LookupPlace,
  type OpenPathOptions,
  type ProcessContext,
  type ProcessEnd,
  type ProcessInfo,
  type Program,
  type ProgramCall,
  type ProgramStart,
  type ProgramTable,
  type SignalHandler,
  type StartedProcess,
  type User,
} from "./processes/program.js";
export { parseSignal, signalName } from "./processes/signals.js";
export {
  newTerminalSettings,
  type TerminalSettings,
  type TerminalSize,
  withoutLines,
} from "./terminals/settings.js";
