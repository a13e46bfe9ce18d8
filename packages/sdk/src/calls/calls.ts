import type { Engine } from "../engine.js";
import type { AnyCall, AnyCalls, CallsOf } from "./call.js";
import { containerCalls } from "./containers.js";
import { eventCalls } from "./events.js";
import { execCalls } from "./exec.js";
import { imageCalls } from "./images.js";
import { networkCalls } from "./networks.js";
import { configCalls, nodeCalls, secretCalls, serviceCalls, swarmCalls, taskCalls } from "./swarm.js";
import { systemCalls } from "./system.js";
import { volumeCalls } from "./volumes.js";

/** What of an engine is groups of calls: all but names and traffic, which are no route's, and its end. */
export type CallGroups = Omit<Engine, "dns" | "traffic" | "events" | "close" | typeof Symbol.asyncDispose>;

/**
 * Every call of the Engine API that the port has, by group and method.
 *
 * @example calls.containers.stop.route // "POST /containers/{container}/stop"
 */
export const calls = {
  containers: containerCalls,
  exec: execCalls,
  images: imageCalls,
  networks: networkCalls,
  volumes: volumeCalls,
  system: systemCalls,
  swarm: swarmCalls,
  nodes: nodeCalls,
  services: serviceCalls,
  tasks: taskCalls,
  secrets: secretCalls,
  configs: configCalls,
} as const satisfies { readonly [Group in keyof CallGroups]: CallsOf<CallGroups[Group]> };

/** A method of the port with its declaration. */
export interface NamedCall {
  /** @example "containers.stop" */
  readonly name: string;
  readonly call: AnyCall;
}

/** The same as a list, with `events`. */
export const everyCall: readonly NamedCall[] = [
  ...Object.entries<AnyCalls>(calls).flatMap(([group, methods]) =>
    Object.entries(methods).map(([method, call]) => ({ name: `${group}.${method}`, call })),
  ),
  { name: "events", call: eventCalls.events },
];
