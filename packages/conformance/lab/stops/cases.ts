import {
  attach,
  attachUnread,
  endsInput,
  execs,
  kills,
  leaves,
  pauses,
  removes,
  restarts,
  starts,
  stops,
  types,
  unpauses,
  updates,
} from "./acts.js";
import type { StopCase } from "./stop-case.js";

const always = { RestartPolicy: { Name: "always" } };
const onFailure = { RestartPolicy: { Name: "on-failure" } };
const check = { Test: ["CMD-SHELL", "true"], Interval: 1_000_000_000 };
const open = { OpenStdin: true, AttachStdin: true };

/** What becomes of a container that is stopped. */
export const cases: readonly StopCase[] = [
  // What a container does by itself within the grace.
  { name: "ends by itself within the grace", runs: "sleep 1; exit 42", t: 3, ends: [] },
  { name: "ends by itself after the grace", runs: "sleep 5; exit 42", t: 1, ends: [] },
  { name: "ends by itself with 0", runs: ["sleep", "2"], t: 3, ends: [] },
  { name: "sleeps on", runs: ["sleep", "1000"], t: 1, ends: [] },
  { name: "sleeps on in a shell", runs: "sleep 1000; exit 3", t: 1, ends: [] },
  { name: "follows nothing", runs: ["tail", "-f", "/dev/null"], t: 1, ends: [] },
  { name: "writes within the grace", runs: "sleep 1; echo late; sleep 1000", t: 2, ends: [] },
  { name: "writes again and again", runs: "while :; do echo tick; sleep 0.8; done", t: 2, ends: [] },
  { name: "computes without end", runs: "while :; do :; done", t: 1, ends: [] },
  { name: "has no grace", runs: "sleep 1; exit 42", t: 0, ends: [] },
  { name: "has a grace without end", runs: "sleep 1; exit 42", t: -1, ends: [] },
  { name: "has a grace of its own", runs: "sleep 1; exit 42", request: { StopTimeout: 3 }, ends: [] },
  { name: "becomes another program", runs: "sleep 1; exec sh -c 'sleep 1; exit 6'", t: 4, ends: [] },
  { name: "reads a file", runs: "sleep 1; read a < /etc/hosts; exit 4", t: 3, ends: [] },

  // Signals.
  { name: "ends by a trap", runs: "trap 'exit 7' TERM; sleep 1 & wait", t: 3, ends: [] },
  { name: "comes to its trap after a sleep", runs: "trap 'exit 7' TERM; sleep 1", t: 3, ends: [] },
  { name: "does not come to its trap", runs: "trap 'exit 7' TERM; sleep 1000", t: 1, ends: [] },
  { name: "goes on after a trap", runs: "trap 'echo heard' TERM; sleep 1; sleep 1; exit 5", t: 4, ends: [] },
  { name: "ignores the signal and ends", runs: "trap '' TERM; sleep 1; exit 5", t: 3, ends: [] },
  { name: "ignores the signal and sleeps", runs: "trap '' TERM; sleep 1000", t: 1, ends: [] },
  {
    name: "handles the stop signal of its own",
    runs: "trap 'exit 8' USR1; sleep 1000 & wait",
    request: { StopSignal: "SIGUSR1" },
    t: 2,
    ends: [],
  },
  { name: "does not handle a stop signal of its own", runs: "sleep 1; exit 42", request: { StopSignal: "SIGUSR1" }, t: 3, ends: [] },
  { name: "has SIGKILL as its stop signal", runs: "sleep 1; exit 42", request: { StopSignal: "SIGKILL" }, t: 3, ends: [] },
  { name: "has SIGSTOP as its stop signal", runs: "sleep 1; exit 42", request: { StopSignal: "SIGSTOP" }, t: 2, ends: [] },
  { name: "is sent another signal", runs: "trap 'exit 9' INT; sleep 1; sleep 1000", t: 3, signal: "INT", ends: [] },
  { name: "is sent another signal and has its own", runs: "sleep 1; exit 42", request: { StopSignal: "SIGUSR1" }, t: 3, signal: "INT", ends: [] },
  { name: "is sent SIGSTOP", runs: "sleep 1; exit 42", t: 2, signal: "STOP", ends: [] },
  { name: "has been sent SIGSTOP before", runs: "sleep 2; exit 42", before: [kills("STOP")], t: 3, ends: [] },
  {
    name: "is let go on by another process",
    runs: "(sleep 1; kill -CONT 1) & sleep 1; exit 42",
    before: [kills("STOP")],
    t: 3,
    ends: [],
  },
  { name: "is sent a signal by a client", runs: "trap 'exit 9' USR1; sleep 0.9; sleep 0.9; sleep 0.9; exit 2", t: 4, during: [[0.5, kills("USR1")]], ends: [] },
  { name: "is killed by a client", runs: "sleep 2; exit 42", t: 3, during: [[0.5, kills("KILL")]], ends: [] },

  // Other processes of the container.
  { name: "has a child that writes", runs: "(sleep 1; echo child) & sleep 1000", t: 2, ends: [] },
  { name: "has a child that sleeps on", runs: "sleep 1000 & sleep 1000", t: 1, ends: [] },
  { name: "waits for a child that ends", runs: "(sleep 1; exit 6) & wait $!", t: 3, ends: [] },
  { name: "waits for a child that sleeps on", runs: "sleep 1000 & wait $!", t: 1, ends: [] },
  { name: "is signalled by a child", runs: "trap 'exit 9' USR1; (sleep 1; kill -USR1 1) & sleep 1000 & wait", t: 3, ends: [] },
  { name: "ends a child that waits", runs: "sleep 1000 & c=$!; (sleep 1; kill $c) & wait $c", t: 3, ends: [] },
  { name: "reads what a child writes", runs: "(sleep 1; echo 5) | (read code; exit $code)", t: 3, ends: [] },
  { name: "reads what nobody writes", runs: "sleep 1000 | cat; exit 5", t: 1, ends: [] },
  { name: "writes what nobody reads", runs: "yes | sleep 1000; exit 5", t: 1, ends: [] },
  { name: "is timed out", runs: "timeout 1 sleep 1000; exit 5", t: 4, ends: [] },
  { name: "is timed out itself", runs: ["timeout", "1", "sh", "-c", "sleep 1000"], t: 4, ends: [] },
  { name: "reads for a time", runs: "sleep 1000 | (read -t 1 x; exit 5)", t: 1, ends: [] },
  { name: "has an exec that ends", runs: "sleep 1000", before: [execs("sleep 2; exit 3")], t: 3, ends: [] },
  { name: "has an exec that sleeps on", runs: "sleep 1000", before: [execs("sleep 1000")], t: 1, ends: [] },
  {
    name: "is signalled by an exec",
    runs: "trap 'exit 9' USR1; sleep 1000 & wait",
    before: [execs("sleep 1; kill -USR1 1")],
    t: 3,
    ends: [],
  },
  { name: "gets an exec during the grace", runs: "sleep 2; exit 42", t: 3, during: [[0.5, execs("exit 3")]], ends: [] },

  // Input.
  { name: "reads its input, with nobody there", runs: ["cat"], request: open, t: 1, ends: [] },
  { name: "is a shell, with nobody there", runs: ["sh"], request: { ...open, Tty: true }, t: 1, ends: [] },
  { name: "reads its input after its client has left", runs: ["cat"], request: open, before: [attach, leaves], t: 1, ends: [] },
  { name: "reads a line in time", runs: "read line; exit 6", request: open, before: [attach], t: 3, during: [[1, types("x\n")]], ends: [] },
  { name: "reads a line that does not come", runs: "read line; exit 6", request: open, before: [attach], t: 1, ends: [] },
  { name: "sees the end of its input in time", runs: ["cat"], request: { ...open, StdinOnce: true }, before: [attach], t: 3, during: [[1, types("bye\n")], [1.2, endsInput]], ends: [] },
  { name: "is left by its client in time", runs: ["cat"], request: { ...open, StdinOnce: true }, before: [attach], t: 3, during: [[1, leaves]], ends: [] },
  { name: "is told to exit at its terminal", runs: ["sh"], request: { ...open, Tty: true }, before: [attach], t: 3, during: [[1, types("exit 6\n")]], ends: [] },
  { name: "has a client that only reads", runs: ["sleep", "1000"], before: [attachUnread], t: 1, ends: [] },

  // Pause.
  { name: "is paused and ends within the grace", runs: "sleep 2; exit 42", before: [pauses], t: 4, ends: [] },
  { name: "is paused and sleeps on", runs: "sleep 1000", before: [pauses], t: 1, ends: [] },
  { name: "is paused and ends by a trap", runs: "trap 'exit 7' TERM; sleep 1000 & wait", before: [pauses], t: 2, ends: [] },
  { name: "is paused and has a stop signal of its own", runs: "sleep 1; exit 42", request: { StopSignal: "SIGUSR1" }, before: [pauses], t: 3, ends: [] },
  { name: "is paused and sent another signal than its own", runs: "sleep 1; exit 42", request: { StopSignal: "SIGUSR1" }, before: [pauses], t: 2, signal: "INT", ends: [] },
  { name: "is paused and has no grace", runs: "sleep 1; exit 42", before: [pauses], t: 0, ends: [] },
  { name: "is paused during the grace", runs: "sleep 1; exit 42", t: 2, during: [[0.3, pauses]], ends: [] },
  { name: "is paused and unpaused during the grace", runs: "sleep 1; exit 42", t: 3, during: [[0.2, pauses], [0.8, unpauses]], ends: [] },

  // Restart, and restart policies.
  { name: "is restarted and ends within the grace", runs: "sleep 1; exit 42", call: "restart", t: 3, ends: [] },
  { name: "is restarted and sleeps on", runs: ["sleep", "1000"], call: "restart", t: 1, ends: [] },
  { name: "is restarted and ends by a trap", runs: "trap 'exit 7' TERM; sleep 1; sleep 1000", call: "restart", t: 3, ends: [] },
  { name: "has a restart policy and ends", runs: "sleep 1; exit 42", request: { HostConfig: always }, t: 3, ends: [] },
  { name: "has a restart policy and sleeps on", runs: "sleep 1000", request: { HostConfig: always }, t: 1, ends: [] },
  { name: "has a restart policy for failures and ends", runs: "sleep 1; exit 42", request: { HostConfig: onFailure }, t: 3, ends: [] },
  { name: "has a restart policy and a stop signal of its own", runs: "sleep 1; exit 42", request: { HostConfig: always, StopSignal: "SIGUSR1" }, t: 3, ends: [] },
  { name: "has a restart policy and is sent another signal than its own", runs: "sleep 1; exit 42", request: { HostConfig: always, StopSignal: "SIGUSR1" }, t: 3, signal: "INT", ends: [] },
  { name: "has a restart policy and is restarted", runs: "sleep 1; exit 42", request: { HostConfig: onFailure }, call: "restart", t: 3, ends: [] },

  // --rm.
  { name: "removes itself and ends", runs: "sleep 1; exit 42", request: { HostConfig: { AutoRemove: true } }, t: 3, ends: [] },
  { name: "removes itself and sleeps on", runs: "sleep 1000", request: { HostConfig: { AutoRemove: true } }, t: 1, ends: [] },
  { name: "removes itself and is restarted", runs: "sleep 1; exit 42", request: { HostConfig: { AutoRemove: true } }, call: "restart", t: 3, ends: [] },
  { name: "is removed during the grace", runs: "sleep 2; exit 42", t: 3, during: [[0.5, removes]], ends: [] },

  // Updates.
  { name: "gets a restart policy before", runs: "sleep 1; exit 42", before: [updates(always)], t: 3, ends: [] },
  { name: "gets a restart policy during the grace", runs: "sleep 1; exit 42", t: 3, during: [[0.3, updates(always)]], ends: [] },
  { name: "gets a restart policy during the grace of a restart", runs: "sleep 1; exit 42", call: "restart", t: 3, during: [[0.3, updates(onFailure)]], ends: [] },
  { name: "loses its restart policy during the grace", runs: "sleep 1; exit 42", request: { HostConfig: always }, t: 3, during: [[0.3, updates({ RestartPolicy: { Name: "no" } })]], ends: [] },
  { name: "gets more memory during the grace", runs: "sleep 1; exit 42", t: 3, during: [[0.3, updates({ Memory: 50_000_000, MemorySwap: 50_000_000 })]], ends: [] },

  // Other calls during the grace.
  { name: "is started during the grace", runs: "sleep 1; exit 42", t: 3, during: [[0.3, starts]], ends: [] },
  { name: "is stopped again with a shorter grace", runs: "sleep 3; exit 42", t: 4, during: [[0.3, stops(1)]], ends: [] },
  { name: "is stopped again with no grace", runs: "sleep 3; exit 42", t: 4, during: [[0.3, stops(0)]], ends: [] },
  { name: "is stopped again with a longer grace", runs: "sleep 2; exit 42", t: 1, during: [[0.3, stops(4)]], ends: [] },
  { name: "is restarted during the grace of a stop", runs: "sleep 1; exit 42", t: 3, during: [[0.3, restarts(3)]], ends: [] },
  { name: "is stopped during the grace of a restart", runs: "sleep 1; exit 42", call: "restart", t: 3, during: [[0.3, stops(3)]], ends: [] },

  // Health checks.
  { name: "is checked within the grace", runs: "sleep 3; exit 42", request: { Healthcheck: check }, t: 4, ends: [] },
  { name: "is checked and sleeps on", runs: ["sleep", "1000"], request: { Healthcheck: check }, t: 2, ends: [] },
  { name: "is checked after the grace", runs: ["sleep", "1000"], request: { Healthcheck: { ...check, Interval: 60_000_000_000 } }, t: 1, ends: [] },
];
