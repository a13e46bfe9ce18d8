export type {
  Connection,
  FileStat,
  Files,
  FilesOptions,
  HostEntry,
  LookupPlace,
  Machine,
  Network,
  OpenFile,
  OpenPathOptions,
  ProcessContext,
  ProcessEnd,
  ProcessInfo,
  Program,
  ProgramCall,
  ProgramStart,
  SignalHandler,
  StartedProcess,
} from "@dryharbor/kernel";
export { FileError, type FileErrorCode, LookupError, type LookupErrorCode } from "@dryharbor/kernel";
export type { Clock, FileSystemDriver } from "@dryharbor/kernel/host";
export { systemTime, type Time, type VirtualTime, virtualTime } from "@dryharbor/kernel/host";
export type { RecordedCall, RecordedCalls, RecordedRequest } from "./calls/call-log.js";
export type { CallName } from "./calls/call-name.js";
export type { Question, Reply, ResourceRecord } from "./core/dns/question.js";
export {
  noUplink,
  type Upstream,
  type UpstreamReply,
  type UpstreamServer,
  upstreamServers,
  type Vantage,
  type Zone,
  type ZoneEntry,
} from "./core/dns/upstream.js";
export type { ImageDefinition, ImageDefinitions } from "./core/images/definition.js";
export type { PullPolicy } from "./core/images/registry.js";
export { type ByRelease, cellOf, type ReleaseName, releaseNames } from "./core/releases/row.js";
export type { DaemonSettings } from "./core/settings.js";
export type { LossReason } from "./core/traffic/place.js";
export type {
  CallFault,
  CallMatch,
  EngineFault,
  Fault,
  NameFault,
  Often,
  StreamFault,
  WayEnd,
  WayFault,
} from "./faults/fault.js";
export type { AddedFault, Faults, ListedFault, PendingFault } from "./faults/faults.js";
export type { PublishedAddress, SimulatedHost } from "./host/host.js";
export type { Handle } from "./http/handle.js";
export type {
  HttpHeaders,
  HttpRequest,
  HttpResponse,
  RawConnection,
  RequestBody,
} from "./http/message.js";
export type { HostProcess, HostRunOptions } from "./runtime/host/processes.js";
export type { Reach, ReachOptions } from "./runtime/network/reach.js";
export type { ObservedDns, ObservedPacket, PacketEnd } from "./runtime/network/traffic.js";
export {
  type ConnectOptions,
  createSimulator,
  type ForkOptions,
  type Resolver,
  type Simulator,
  type SimulatorOptions,
} from "./simulator.js";
export { foldChanges } from "./snapshot/fold.js";
export type { StateFollower } from "./snapshot/follow.js";
export type { Snapshot } from "./snapshot/snapshot.js";
