// The part of the SDK that runs anywhere: the port, its types, its errors, and what is written over it.
// Browsers get this for the package's name; `index.ts` adds what needs Node.
export * from "./bytes.js";
export type * from "./call.js";
export type * from "./containers.js";
export type * from "./dns.js";
export type * from "./engine.js";
export * from "./errors.js";
export type * from "./events.js";
export type * from "./exec.js";
export type * from "./filters.js";
export type * from "./images.js";
export type * from "./networks.js";
export * from "./output.js";
export * from "./pulled-reference.js";
export * from "./run.js";
export type * from "./simulator-snapshot.js";
export type * from "./swarm.js";
export type * from "./system.js";
export type * from "./traffic.js";
export type * from "./volumes.js";
