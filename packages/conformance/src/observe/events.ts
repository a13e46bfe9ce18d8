import { type Engine, type EngineEvent, NotFoundError } from "@dryharbor/sdk/port";
import { endless } from "./settle.js";

/** Hands out an engine's events, command by command. */
export interface EventRecorder {
  /**
   * Returns all events since the last call. An engine may tell of a process's end after it has answered;
   * `take` waits for that.
   * @param running - the ids of the containers that have a process now
   * @param prunes - the number of `network prune` events that the command itself caused
   */
  take(running: ReadonlySet<string>, prunes: number): Promise<EngineEvent[]>;
  close(): void;
}

/** How long after a command's answer its last event may come, in milliseconds. */
const lateness = 1_000;

/** The same on an engine that says nothing of a prune, such as Podman, where each step waits as long. */
const latenessWithoutSign = 200;

/** A label that no network has. A prune by it does nothing but emit its event. */
const label = "dryharbor.conformance=none";

/** The label of the containers that the docker driver asks names and tries connections from. */
const probeLabel = "dryharbor.probe";

export async function recordEvents(engine: Engine): Promise<EventRecorder> {
  const stream = engine.events();
  let pending: EngineEvent[] = [];
  /** The containers that have a process according to the events, and the execs that have not ended. */
  const containers = new Set<string>();
  const execs = new Set<string>();
  let ended: unknown;
  let arrived = () => {};
  /** Whether the engine tells of prunes. It has not where the first one is not heard of. */
  let tellsOfPrunes = true;

  function follow({ Type, Action, Actor }: EngineEvent): void {
    if (Type !== "container") return;
    const exec = Actor.Attributes.execID ?? "";
    if (Action === "start") containers.add(Actor.ID);
    else if (Action === "die") containers.delete(Actor.ID);
    else if (Action.startsWith("exec_start")) execs.add(exec);
    else if (Action === "exec_die") execs.delete(exec);
  }

  async function listen(): Promise<void> {
    try {
      for await (const event of stream) {
        // A driver may ask names and try connections from containers of its own.
        if (event.Actor.Attributes[probeLabel] !== undefined) continue;
        pending.push(event);
        follow(event);
        arrived();
      }
      ended = new Error("the engine ended its stream of events");
    } catch (error) {
      ended = error;
    }
    arrived();
  }

  async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + (tellsOfPrunes ? lateness : latenessWithoutSign);
    while (!condition() && ended === undefined && Date.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - Date.now());
        arrived = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Waits for the event of a prune of ours. It comes after all earlier events, so they have arrived then. */
  async function all(prunes: number): Promise<void> {
    await engine.networks.prune({ filters: { label: [label] } });
    await until(() => pending.filter(isPrune).length > prunes);
  }

  void listen();
  await stream.opened;
  await all(0);
  tellsOfPrunes = pending.some(isPrune);
  pending = [];

  return {
    async take(running, prunes) {
      await all(prunes);
      for (const exec of execs) if (await endsWithoutAWord(engine, exec)) execs.delete(exec);
      const late = () => [...containers].filter((id) => !running.has(id));
      await until(() => late().length === 0 && execs.size === 0);
      if (ended !== undefined) throw ended;
      // What has not come by now never will.
      for (const id of late()) containers.delete(id);
      execs.clear();
      const own = pending.findLastIndex(isPrune);
      const events = pending.filter((_, index) => index !== own);
      pending = [];
      return events;
    },
    close: () => stream.close(),
  };
}

/**
 * Returns true if no `exec_die` will come: the exec could not be started, or it runs until somebody ends it.
 */
async function endsWithoutAWord(engine: Engine, exec: string): Promise<boolean> {
  try {
    const { Running, ExitCode, ProcessConfig } = await engine.exec.inspect(exec);
    return Running ? endless.has(ProcessConfig.entrypoint) : ExitCode === 126 || ExitCode === 127;
  } catch (error) {
    if (error instanceof NotFoundError) return true;
    throw error;
  }
}

function isPrune({ Type, Action }: EngineEvent): boolean {
  return Type === "network" && Action === "prune";
}
