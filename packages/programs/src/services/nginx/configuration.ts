// The configuration of a server: its files read into places, each of which has what is said there and inherits the rest.
import { absolutePath, FileError, type ProcessContext } from "@dryharbor/kernel";
import { fromBytes } from "../../busybox/byte-text.js";
import { type Context, type Directive, directives } from "./directives.js";
import { errorNumber } from "./errors.js";
import { ConfigurationError, type Statement, StatementReader } from "./statements.js";

/** A place in the configuration, such as a server or a location. */
export class Scope {
  readonly #own = new Map<string, Statement[]>();
  readonly children: { readonly statement: Statement; readonly scope: Scope }[] = [];
  /** What is done in order when a request comes here: `return`, `rewrite`, `set`, `break` and `if`. */
  readonly rewrites: { readonly statement: Statement; readonly scope: Scope | undefined }[] = [];

  constructor(
    readonly context: Context,
    readonly parent: Scope | undefined,
  ) {}

  add(statement: Statement): void {
    const same = this.#own.get(statement.name);
    if (same) same.push(statement);
    else this.#own.set(statement.name, [statement]);
  }

  /** What is said at this place itself. */
  own(name: string): readonly Statement[] {
    return this.#own.get(name) ?? [];
  }

  /** What holds at this place: what is said here, or else at the nearest place around. */
  all(name: string): readonly Statement[] {
    return this.#own.get(name) ?? this.parent?.all(name) ?? [];
  }

  /** The first argument of a directive that holds here. */
  value(name: string): string | undefined {
    return this.all(name).at(-1)?.args[0];
  }

  isOn(name: string, otherwise: boolean): boolean {
    const value = this.value(name);
    return value === undefined ? otherwise : value === "on";
  }

  /** All that is said at this place itself, in order by name. */
  get statements(): readonly Statement[] {
    return [...this.#own.values()].flat();
  }

  childrenNamed(name: string): readonly { readonly statement: Statement; readonly scope: Scope }[] {
    return this.children.filter(({ statement }) => statement.name === name);
  }
}

/** Everything that the files say. */
export interface Configuration {
  readonly main: Scope;
  /** The files that were read, in order. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

const contextOf: Readonly<Record<string, Context>> = {
  events: "e",
  http: "h",
  server: "s",
  location: "l",
  upstream: "u",
  if: "i",
  limit_except: "l",
};
/** Blocks with lines of their own, which are no directives. */
const tables: ReadonlySet<string> = new Set(["types", "map", "geo", "split_clients", "stream", "mail"]);
const rewriting: ReadonlySet<string> = new Set(["return", "rewrite", "set", "break", "if"]);

/** What a directive's own code checks. @throws {ConfigurationError} */
export interface Check {
  /** Is asked of each directive in turn, before what its block says. */
  directive(statement: Statement, scope: Scope): Promise<void> | void;
  /** Is asked where a block ends. @param place where that is */
  closed(statement: Statement, scope: Scope, place: string): void;
}

/**
 * Reads a configuration file and what it includes.
 *
 * @param globals directives of the command line, as after `-g`
 * @param check is asked of each directive in turn
 * @throws {ConfigurationError}
 */
export async function readConfiguration(
  process: Pick<ProcessContext, "files">,
  path: string,
  globals: string,
  check: Check,
): Promise<Configuration> {
  const main = new Scope("m", undefined);
  const files: { path: string; text: string }[] = [];
  const reading: Reading = { process, check, files, directory: path.slice(0, path.lastIndexOf("/")) };
  if (globals !== "") await readInto(reading, new StatementReader(globals, undefined), main);
  await readFile(reading, path, main, "");
  return { main, files };
}

interface Reading {
  readonly process: Pick<ProcessContext, "files">;
  readonly check: Check;
  readonly files: { path: string; text: string }[];
  /** Where relative paths begin. */
  readonly directory: string;
}

async function readFile(reading: Reading, path: string, scope: Scope, place: string): Promise<void> {
  await readInto(reading, openFile(reading, path, place), scope);
}

function openFile({ process, files }: Reading, path: string, place: string): StatementReader {
  let text: string;
  try {
    text = fromBytes(process.files.read(path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ConfigurationError(`open() "${path}" failed (${errorNumber(error)}: ${error.message})${place}`);
  }
  files.push({ path, text });
  return new StatementReader(text, path);
}

/** Reads statements until their end. */
async function readInto(
  reading: Reading,
  reader: StatementReader,
  scope: Scope,
  isBlock = false,
): Promise<void> {
  for (;;) {
    const statement = reader.next();
    if (statement === "end of block") {
      if (isBlock) return;
      throw reader.error('unexpected "}"');
    }
    if (statement === "end of file") {
      if (!isBlock) return;
      throw reader.error('unexpected end of file, expecting "}"');
    }
    await take(reading, reader, scope, statement);
  }
}

async function take(
  reading: Reading,
  reader: StatementReader,
  scope: Scope,
  statement: Statement,
): Promise<void> {
  const directive = found(statement, scope);
  const { name, args, place } = statement;
  if (name === "include") {
    for (const path of included(reading, args[0] as string)) await readFile(reading, path, scope, place);
    return;
  }
  if (!directive.isRepeated && !directive.hasBlock && scope.own(name).length > 0)
    throw new ConfigurationError(`"${name}" directive is duplicate${place}`);
  const inner = contextOf[name];
  const child =
    directive.hasBlock && inner !== undefined && !tables.has(name) ? new Scope(inner, scope) : undefined;
  await reading.check.directive(statement, child ?? scope);
  scope.add(statement);
  if (rewriting.has(name)) scope.rewrites.push({ statement, scope: child });
  if (tables.has(name)) {
    const table = new Scope(scope.context, scope);
    scope.children.push({ statement, scope: table });
    readTable(reading, reader, table);
  } else if (child) {
    scope.children.push({ statement, scope: child });
    await readInto(reading, reader, child, true);
    reading.check.closed(statement, child, reader.place);
  }
}

/** Returns what is known of a directive at its place. @throws {ConfigurationError} */
function found({ name, args, hasBlock, place }: Statement, { context }: Scope): Directive {
  const known = directives.get(name);
  if (!known) throw new ConfigurationError(`unknown directive "${name}"${place}`);
  const directive = known.find(({ contexts }) => contexts.includes(context));
  if (!directive) throw new ConfigurationError(`"${name}" directive is not allowed here${place}`);
  if (hasBlock !== directive.hasBlock) {
    const problem = hasBlock ? 'is not terminated by ";"' : 'has no opening "{"';
    throw new ConfigurationError(`directive "${name}" ${problem}${place}`);
  }
  if (!directive.takes(args.length))
    throw new ConfigurationError(`invalid number of arguments in "${name}" directive${place}`);
  if (directive.isFlag && !/^(on|off)$/i.test(args[0] as string)) {
    throw new ConfigurationError(
      `invalid value "${args[0]}" in "${name}" directive, it must be "on" or "off"${place}`,
    );
  }
  return directive;
}

/** Reads the lines of a table, such as `text/html html htm;`. A file that is included in it may have a table around them. */
function readTable(reading: Reading, reader: StatementReader, table: Scope, isFile = false): void {
  for (let depth = 1; ; ) {
    const statement = reader.next();
    if (statement === "end of file") {
      if (isFile) return;
      throw reader.error('unexpected end of file, expecting "}"');
    }
    if (statement === "end of block") {
      depth--;
      if (depth === 0) return;
      continue;
    }
    if (statement.hasBlock) depth++;
    if (statement.name !== "include") {
      table.add(statement);
      continue;
    }
    for (const path of included(reading, statement.args[0] as string))
      readTable(reading, openFile(reading, path, statement.place), table, true);
  }
}

/** Returns the files that a pattern such as `conf.d/*.conf` names. Without a wildcard it is one, which must be there. */
function included({ process: { files }, directory }: Reading, pattern: string): string[] {
  const path = absolutePath(pattern, directory);
  if (!/[*?[]/.test(path)) return [path];
  const slash = path.lastIndexOf("/");
  const folder = path.slice(0, slash) || "/";
  if (!files.isDirectory(folder)) return [];
  const name = new RegExp(
    `^${path
      .slice(slash + 1)
      .replace(/[.+^$(){}|\\]/g, "\\$&")
      .replaceAll("*", "[^/]*")
      .replaceAll("?", "[^/]")}$`,
  );
  const hidden = path[slash + 1] === ".";
  return files
    .list(folder)
    .filter((each) => name.test(each) && (hidden || !each.startsWith(".")))
    .map((each) => `${folder === "/" ? "" : folder}/${each}`);
}
