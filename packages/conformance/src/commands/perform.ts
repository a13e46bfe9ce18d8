import { type AnyCall, everyCall } from "@dryharbor/sdk/calls";
import {
  type ContainerArchive,
  collectBytes,
  collectOutput,
  type Engine,
  type OutputChunk,
  type ProcessStream,
} from "@dryharbor/sdk/port";
import { archiveLines } from "./archive-lines.js";
import type { Command } from "./command.js";
import type { Ids } from "./ids.js";
import type { OpenWaits } from "./open-waits.js";
import { type Outcome, outcomeOf } from "./outcome.js";
import { type TarText, tarText } from "./tar-text.js";

/** Milliseconds after which a call is given up. Every command that ends at all takes less. */
const patience = 60_000;

/**
 * Runs a command, and learns the ids of what it created. A wait that does not end at once is added to
 * `waits`.
 */
export async function perform(
  engine: Engine,
  ids: Ids,
  waits: OpenWaits,
  command: Command,
): Promise<Outcome> {
  const outcome = await outcomeOf(withPatience(answerOf(engine, waits, ids.fill(command))));
  if ("answer" in outcome) learn(ids, command, outcome.answer);
  return outcome;
}

async function answerOf(engine: Engine, waits: OpenWaits, command: Command): Promise<unknown> {
  const { call: name, args } = command;
  if (name === "containers.wait") return waits.open(command);
  const call = declarations.get(name);
  if (!call) throw new Error(`there is no call ${name}`);
  const [group, method] = name.split(".") as [string, string];
  const methods = engine[group as "networks"] as unknown as Record<string, Method>;
  return asPlain(call, methods[method]!.bind(methods), withArchives(call, args));
}

type Method = (...args: readonly unknown[]) => Promise<unknown>;

const declarations: ReadonlyMap<string, AnyCall> = new Map(everyCall.map(({ name, call }) => [name, call]));

/** Returns the arguments with archives made from their entries. */
function withArchives({ arguments: places = [] }: AnyCall, args: readonly unknown[]): unknown[] {
  return args.map((value, index) =>
    places[index]?.at === "upload" ? new TextEncoder().encode(tarText(value as readonly TarText[])) : value,
  );
}

/** Calls the port, and returns the answer as plain data. */
async function asPlain(call: AnyCall, method: Method, args: readonly unknown[]): Promise<unknown> {
  switch (call.answer.kind) {
    case "output":
      return collectOutput((await method(...args)) as AsyncIterable<OutputChunk>);
    case "connection": {
      const process = (await method(...args)) as ProcessStream;
      await process.end();
      return collectOutput(process);
    }
    case "lines":
      for await (const first of (await method(...args)) as AsyncIterable<unknown>) return first;
      return undefined;
    case "bytes":
      return archiveLines(await collectBytes((await method(...args)) as ReadableStream<Uint8Array>));
    case "archive": {
      const { stat, archive } = (await method(...args)) as ContainerArchive;
      return { stat, archive: archiveLines(await collectBytes(archive)) };
    }
    case "progress": {
      const steps: unknown[] = [];
      const place = call.arguments?.length ?? 0;
      const all = [...args];
      all[place] = { ...(all[place] as object | undefined), onProgress: (step: unknown) => steps.push(step) };
      await method(...all);
      return steps;
    }
    default:
      return method(...args);
  }
}

function learn(ids: Ids, command: Command, answer: unknown): void {
  const name = createdName(command);
  if (name === undefined) return;
  const kinds = { "networks.create": "network", "exec.create": "exec" } as const;
  const kind = kinds[command.call as keyof typeof kinds] ?? "container";
  ids.learn(kind, name, (answer as { Id: string }).Id);
}

/** The name by which commands refer to a container that was created without a name. */
export const nameless = "nameless";

/** Returns the name by which later commands refer to what `command` creates. */
export function createdName({ call, args }: Command): string | undefined {
  switch (call) {
    case "networks.create":
      return (args[0] as { Name: string }).Name;
    case "containers.create":
      return (args[1] as { name?: string } | undefined)?.name || nameless;
    case "exec.create":
      return "exec";
    default:
      return undefined;
  }
}

async function withPatience<T>(promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const giveUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([promise, giveUp]);
  } finally {
    clearTimeout(timer);
  }
}
