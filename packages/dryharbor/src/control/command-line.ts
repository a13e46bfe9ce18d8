// What a route of the control API looks like as a command: its words, its arguments and its options.
import { UsageError } from "@dryharbor/sdk/port";
import { type ControlRoute, problemOf, type Schema } from "@dryharbor/simulator/command";

/** A command of `dryharbor control`. */
export interface CommandLine {
  readonly route: ControlRoute;
  /** @example ["snapshots", "save"] */
  readonly words: readonly string[];
  /** What stands behind the words, in order. */
  readonly arguments: readonly Argument[];
  readonly options: Readonly<Record<string, { readonly type: "string" }>>;
  /** @example "snapshots save NAME" */
  readonly synopsis: string;
}

/** Something that is given behind the words: a part of the path, a field of the body, or the body itself. */
interface Argument {
  readonly name: string;
  readonly goes: "path" | "field" | "body";
}

/** A request, as it is sent. */
export interface RouteRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly body: unknown;
}

/** Returns the command of a route. */
export function commandLineOf(route: ControlRoute): CommandLine {
  const { variables = {}, query = {}, body } = route;
  const words = route.command.split(" ");
  const { properties = {}, required = [] } = body && !body.checkedByRoute ? body.schema : {};
  const args: Argument[] = [
    ...Object.keys(variables).map((name) => ({ name, goes: "path" as const })),
    ...required.map((name) => ({ name, goes: "field" as const })),
    ...(body?.checkedByRoute ? [{ name: words[0]!.replace(/s$/, ""), goes: "body" as const }] : []),
  ];
  const names = [
    ...Object.keys(query),
    ...Object.keys(properties).filter((name) => !required.includes(name)),
  ];
  return {
    route,
    words,
    arguments: args,
    // The address of a fork's control has the name of the address that is asked.
    options: Object.fromEntries(names.map((name) => [optionOf(name), { type: "string" }])),
    synopsis: [
      ...words,
      ...args.map(({ name }) => name.toUpperCase()),
      ...names.map((name) => `[--${optionOf(name)} ${name.toUpperCase()}]`),
    ].join(" "),
  };
}

/** The name of the option for a field: `--control` says which control is asked. */
function optionOf(name: string): string {
  return name === "control" ? "own-control" : name;
}

/**
 * Returns the request of a command.
 *
 * @param given what stands behind its words
 * @param readInput reads standard input
 * @throws {UsageError} something is missing, too much, or not what it must be
 */
export async function requestOf(
  { route, words, arguments: args, synopsis }: CommandLine,
  given: readonly string[],
  values: Readonly<Record<string, unknown>>,
  readInput: () => Promise<string>,
): Promise<RouteRequest> {
  const missing = args[given.length];
  if (missing)
    throw new UsageError(
      `${words.join(" ")} needs ${missing.name.toUpperCase()}, as in: dryharbor control ${synopsis}`,
    );
  if (given.length > args.length) {
    throw new UsageError(`"${given[args.length]}" is too much: dryharbor control ${synopsis}`);
  }
  const { variables = {}, query = {}, body: kind } = route;
  let path = route.path;
  let body: unknown;
  const fields: Record<string, unknown> = {};
  for (const [at, { name, goes }] of args.entries()) {
    const value = given[at]!;
    if (goes === "path")
      path = path.replace(`{${name}}`, encodeURIComponent(checked(name, value, variables[name]!)));
    else if (goes === "field") fields[name] = checked(name, value, kind!.schema.properties![name]!);
    else body = parsed(value === "-" ? await readInput() : value, kind!.example);
  }
  for (const [name, schema] of Object.entries(kind?.schema.properties ?? {})) {
    const value = values[optionOf(name)];
    if (typeof value === "string") fields[name] = checked(name, value, schema);
  }
  const search = new URLSearchParams();
  for (const [name, schema] of Object.entries(query)) {
    const value = values[optionOf(name)];
    if (typeof value === "string") search.set(name, checked(name, value, schema));
  }
  if (kind && body === undefined) body = fields;
  return { method: route.method, target: search.size > 0 ? `${path}?${search}` : path, body };
}

/** Reads a value, and says what is wrong with it before anything is sent. */
function checked(name: string, text: string, schema: Schema): never {
  const isNumber = schema.type === "number" || schema.type === "integer";
  const value = isNumber ? Number(text) : text;
  const problem = problemOf(schema, value, name);
  if (problem !== undefined) throw new UsageError(`${problem}, not "${text}"`);
  return value as never;
}

function parsed(text: string, example: unknown): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`this is no JSON: give such as '${JSON.stringify(example)}'`, { cause });
  }
}
