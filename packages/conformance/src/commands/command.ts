// Commands: calls of the port as plain data. Generators make them, sessions perform them, and traces keep
// them.

import type { CallGroups } from "@dryharbor/sdk/calls";
import type { ByteSource } from "@dryharbor/sdk/port";
import type { TarText } from "./tar-text.js";

type Groups = CallGroups;

/** The name of a method of the port, e.g. `networks.connect`. */
export type CallName = { [G in keyof Groups]: `${G}.${keyof Groups[G] & string}` }[keyof Groups];

type Method<N extends CallName> = N extends `${infer G extends keyof Groups}.${infer M}`
  ? M extends keyof Groups[G]
    ? Groups[G][M]
    : never
  : never;

type Arguments<N extends CallName> = Method<N> extends (...args: infer A) => unknown ? Plain<A> : never;

/** The arguments of a method as plain data. An archive is given by its entries. */
type Plain<Args extends unknown[]> = {
  [Index in keyof Args]: Args[Index] extends ByteSource ? readonly TarText[] : Args[Index];
};

/**
 * One call of the port as plain data, so that a sequence can be generated, shrunk, printed, stored and
 * replayed. Ids differ between engines, so commands refer to them by name (see `Ids.fill`).
 *
 * @example { call: "networks.connect", args: ["alpha", { Container: "{container:web:12}" }] }
 */
export interface Command {
  readonly call: CallName;
  readonly args: readonly unknown[];
}

/** Makes a command whose arguments the compiler checks against the port. */
export function command<N extends CallName>(call: N, ...args: Arguments<N>): Command {
  return { call, args };
}

/** Makes a command with arguments that the port's types refuse. Refusals of bad input are compared, too. */
export function badCommand(call: CallName, ...args: unknown[]): Command {
  return { call, args };
}
