export type { Clock } from "./core/clock.js";
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
export { FileError, type FileErrorCode } from "./core/filesystem/error.js";
export type { Files, FilesOptions } from "./core/filesystem/files.js";
export type { FileStat } from "./core/filesystem/stat.js";
export type { ImageDefinition, ImageDefinitions } from "./core/images/definition.js";
export type { PullPolicy } from "./core/images/registry.js";
export { type ReleaseName, releaseNames } from "./core/releases/row.js";
export type { DaemonSettings } from "./core/settings.js";
export type { Handle } from "./http/handle.js";
export type {
  HttpHeaders,
  HttpRequest,
  HttpResponse,
  RawConnection,
  RequestBody,
} from "./http/message.js";
export { unservedRoutes } from "./http/routes/table.js";
export type { Connection, NoConnection } from "./programs/connection.js";
export type { OpenFile } from "./programs/open-file.js";
export type {
  ContainerView,
  LookupPlace,
  ProcessContext,
  ProcessEnd,
  ProcessInfo,
  Program,
  ProgramImage,
  ProgramStart,
  SignalHandler,
  StartedProcess,
} from "./programs/program.js";
export { systemTime, type Time, type VirtualTime, virtualTime } from "./runtime/time.js";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator.js";
export { foldChanges } from "./snapshot/fold.js";
export type { StateFollower } from "./snapshot/follow.js";
export type { Snapshot } from "./snapshot/snapshot.js";
