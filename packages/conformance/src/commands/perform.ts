import {
  type CollectedOutput,
  collectOutput,
  type Engine,
  EngineError,
  type ExecStartRequest,
} from "@dryharbor/sdk/port";
import type { Command } from "./command.js";
import type { Ids } from "./ids.js";

/** What became of a command: the answer, or the engine's refusal. */
export type Outcome =
  | { readonly answer: unknown }
  | { readonly status: number; readonly message: string }
  /** Something other than an answer of the engine: a broken connection, misuse of the port, a bug. */
  | { readonly broken: string };

/** Longer than any engine needs for a command that ends at all. */
const patience = 60_000;

/** Runs a command, and learns the ids of what it created. */
export async function perform(engine: Engine, ids: Ids, command: Command): Promise<Outcome> {
  const { call, args } = ids.fill(command);
  try {
    const answer = await withPatience(answerOf(engine, call, args));
    learn(ids, command, answer);
    return { answer: answer ?? null };
  } catch (error) {
    if (error instanceof EngineError) return { status: error.status, message: error.message };
    return { broken: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

async function answerOf(engine: Engine, call: Command["call"], args: Command["args"]): Promise<unknown> {
  switch (call) {
    case "containers.logs": {
      const [container, options] = args as Parameters<Engine["containers"]["logs"]>;
      return collectOutput(await engine.containers.logs(container, options));
    }
    case "exec.start": {
      const [exec, request] = args as [string, ExecStartRequest | undefined];
      return startExec(engine, exec, request);
    }
    case "containers.wait": {
      // To wait for what goes on for ever is no use; whether it does is compared all the same.
      const [container, options] = args as Parameters<Engine["containers"]["wait"]>;
      const { State } = await engine.containers.inspect(container);
      if (State.Running || options?.condition) return "would wait";
      return engine.containers.wait(container, options);
    }
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
