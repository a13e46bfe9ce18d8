// Signals of a command that are meant for the process in a container.
import type { Engine } from "@dryharbor/sdk/port";
import { CommandError } from "../command/errors.js";
import type { CommandIo } from "../io.js";
import { isIn, type Release } from "../releases.js";

/** The signals that are passed on. */
const passedOn = [
  ...["SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGTERM"],
  ...["SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGWINCH"],
];

/** From 28.5 on, so many of the signals that end programs end the command, whatever the container does. */
const mostEndings = 3;

/** What signals are passed on with. */
export interface Passing {
  readonly io: CommandIo;
  readonly engine: Engine;
  readonly release: Release;
  readonly container: string;
}

/** Passes signals on to a container while an action goes on. @throws {CommandError} somebody wants it to end */
export async function passingSignals<T>(
  { io, engine, release, container }: Passing,
  action: () => Promise<T>,
): Promise<T> {
  let endings = 0;
  let giveUp = (_: Error): void => {};
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const ends = passedOn.map((name) =>
    io.onSignal(name, () => {
      // A container that does not run any more cannot take it.
      engine.containers.kill(container, { signal: name.slice("SIG".length) }).catch(() => {});
      if (isIn(release, { until: "28.5" }) || (name !== "SIGINT" && name !== "SIGTERM")) return;
      if (++endings < mostEndings) return;
      giveUp(new CommandError("\ngot 3 SIGTERM/SIGINTs, forcefully exiting"));
    }),
  );
  try {
    return await Promise.race([action(), givenUp]);
  } finally {
    for (const end of ends) end();
  }
}
