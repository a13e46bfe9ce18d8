// Signals of a command that are meant for the process in a container.
import type { Engine } from "@dryharbor/sdk/port";
import type { CommandIo } from "../io.js";

/** The signals that are passed on. */
const passedOn = [
  ...["SIGHUP", "SIGINT", "SIGQUIT", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGTERM"],
  ...["SIGCONT", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGWINCH"],
];

/** Passes signals on to a container. The returned function ends that. */
export function passSignals(io: CommandIo, engine: Engine, container: string): () => void {
  const ends = passedOn.map((name) =>
    io.onSignal(name, () => {
      // A container that does not run any more cannot take it.
      engine.containers.kill(container, { signal: name.slice("SIG".length) }).catch(() => {});
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}
