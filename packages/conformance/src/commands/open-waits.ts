import type { Engine, EngineEvent, WaitCondition } from "@dryharbor/sdk/port";
import type { Command } from "./command.js";
import { type Outcome, outcomeOf } from "./outcome.js";

/** A wait that a later command of its sequence has ended. */
interface EndedWait {
  readonly command: Command;
  /** The number of the wait among the open waits of the sequence, from 1. */
  readonly number: number;
  readonly outcome: Outcome;
}

/** The waits of one sequence that later commands may end. */
export interface OpenWaits {
  /** Begins `containers.wait`. Returns its answer if it comes at once, and otherwise {@link wouldWait}. */
  open(command: Command): Promise<unknown>;
  /** Returns the waits that have ended, given the events since the last call. */
  ended(events: readonly EngineEvent[]): Promise<EndedWait[]>;
  /** Gives up all open waits. */
  close(): void;
}

/** The outcome of a wait that is still open. */
const wouldWait = "would wait";

/** Milliseconds in which an engine has registered a wait, or answered one whose condition holds already. */
const taken = 50;

/** Milliseconds in which a wait is answered after the event that ends it. */
const lateness = 1_000;

interface Open {
  readonly command: Command;
  readonly number: number;
  /** The container's id, or `undefined` if it could not be inspected. */
  readonly container: string | undefined;
  readonly settled: Promise<void>;
  outcome: Outcome | undefined;
}

export function openWaits(engine: Engine): OpenWaits {
  const givenUp = new AbortController();
  let open: Open[] = [];
  let opened = 0;

  return {
    async open(command) {
      const [container, options] = command.args as Parameters<Engine["containers"]["wait"]>;
      const id = await engine.containers.inspect(container).then(
        ({ Id }) => Id,
        () => undefined,
      );
      const answer = engine.containers.wait(container, { ...options, abortSignal: givenUp.signal });
      const wait: Open = {
        command,
        number: opened + 1,
        container: id,
        settled: outcomeOf(answer).then((outcome) => {
          wait.outcome = outcome;
        }),
        outcome: undefined,
      };
      await within(taken, wait.settled);
      if (wait.outcome !== undefined) return answer;
      opened++;
      open.push(wait);
      return wouldWait;
    },

    async ended(events) {
      const due = open.filter((wait) => events.some((event) => ends(event, wait)));
      await within(lateness, Promise.all(due.map(({ settled }) => settled)));
      const over = open.flatMap(({ command, number, outcome }) =>
        outcome === undefined ? [] : [{ command, number, outcome }],
      );
      open = open.filter(({ outcome }) => outcome === undefined);
      return over;
    },

    close() {
      open = [];
      givenUp.abort();
    },
  };
}

/** Returns whether an event ends a wait. */
function ends({ Type, Action, Actor }: EngineEvent, { container, command }: Open): boolean {
  if (Type !== "container" || Actor.ID !== container) return false;
  const condition = (command.args[1] as { condition?: WaitCondition } | undefined)?.condition;
  return Action === "destroy" || (Action === "die" && condition !== "removed");
}

async function within(milliseconds: number, promise: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([promise, time]);
  clearTimeout(timer);
}
