// A command: what the server knows about it, and what it does.
import type { ByteText } from "../../../busybox/byte-text.js";
import type { Reply } from "../protocol/reply.js";
import type { Block } from "./block.js";
import type { Client } from "./client.js";
import type { Database } from "./database.js";
import type { Redis } from "./redis.js";

/** One call of a command. */
export interface Call {
  readonly redis: Redis;
  readonly client: Client;
  /** The database that the client has selected. */
  readonly database: Database;
  /** The arguments behind the name of the command, and behind that of the subcommand. */
  readonly args: readonly ByteText[];
  /** The command itself. */
  readonly command: Command;
}

/** Performs a command. It refuses with a `CommandError`. */
export type Handler = (call: Call) => Reply | Block;

/** What is known about a command, as `COMMAND INFO` tells it. */
export interface CommandFacts {
  /** The name in lower case; of a subcommand `client|list`. */
  readonly name: string;
  /** The number of words with the name; the least number, negated, when there may be more. */
  readonly arity: number;
  readonly flags: readonly string[];
  /** The first and the last key, and the distance between two. */
  readonly keys: readonly [first: number, last: number, step: number];
  /** The categories of access control, without `@`. */
  readonly categories: readonly string[];
  readonly tips: readonly string[];
  readonly keySpecs: readonly KeySpec[];
}

/** Where a command has keys. */
export interface KeySpec {
  readonly flags: readonly string[];
  readonly beginSearch: KeySearch;
  readonly findKeys: KeySearch;
}

interface KeySearch {
  readonly type: string;
  readonly spec: Readonly<Record<string, number | string>>;
}

/** A command of the server. */
export interface Command extends CommandFacts {
  /** The group in the documentation, such as `string`. */
  readonly group: string;
  /** What it does. A command that has only subcommands does nothing itself. */
  readonly handler: Handler | undefined;
  readonly subcommands: ReadonlyMap<string, Command>;
}

/** The commands by their names. */
export type CommandTable = ReadonlyMap<string, Command>;
