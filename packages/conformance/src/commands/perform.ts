import { type CollectedOutput, collectOutput, type Engine, type ExecStartRequest } from "@dryharbor/sdk/port";
import type { Command } from "./command.js";
import type { Ids } from "./ids.js";
import type { OpenWaits } from "./open-waits.js";
import { type Outcome, outcomeOf } from "./outcome.js";

/** Longer than any engine needs for a command that ends at all. */
const patience = 60_000;

/** Runs a command, and learns the ids of what it created. A wait that does not end at once goes to `waits`. */
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
  const { call, args } = command;
  switch (call) {
    case "containers.logs": {
      const [container, options] = args as Parameters<Engine["containers"]["logs"]>;
      return collectOutput(await engine.containers.logs(container, options));
    }
    case "exec.start": {
      const [exec, request] = args as [string, ExecStartRequest | undefined];
      return startExec(engine, exec, request);
    }
    case "containers.wait":
      return waits.open(command);
    default: {
      const [group, method] = call.split(".") as [string, string];
      const methods = engine[group as "networks"] as unknown as Record<
        string,
        (...args: unknown[]) => Promise<unknown>
      >;
      return methods[method]!(...args);
    }
  }
}

async function startExec(
  engine: Engine,
  exec: string,
  request: ExecStartRequest | undefined,
): Promise<CollectedOutput> {
  const process = await engine.exec.start(exec, request);
  await process.end();
  return collectOutput(process);
}

function learn(ids: Ids, command: Command, answer: unknown): void {
  const name = createdName(command);
  if (name === undefined) return;
  const kinds = { "networks.create": "network", "exec.create": "exec" } as const;
  const kind = kinds[command.call as keyof typeof kinds] ?? "container";
  ids.learn(kind, name, (answer as { Id: string }).Id);
}

/** How a container is referred to that was created without a name. */
export const nameless = "nameless";

/** The name by which later commands refer to what `command` creates. */
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
