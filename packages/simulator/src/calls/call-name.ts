import type { Engine } from "@dryharbor/sdk/port";

/** The groups of the port's methods. */
export type CallGroup = Exclude<keyof Engine, "events" | "close" | typeof Symbol.asyncDispose>;

/**
 * The name of an operation of the port: its group and its method, or `events`.
 *
 * @example "networks.connect"
 */
export type CallName =
  | { [Group in CallGroup]: `${Group}.${keyof Engine[Group] & string}` }[CallGroup]
  | "events";
