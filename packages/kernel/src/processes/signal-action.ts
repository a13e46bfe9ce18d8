import { sigcont, sigkill, sigstop } from "./signals.js";

/** The default action of a signal: what it does to a process without a handler. */
export type SignalAction = "end" | "ignore" | "stop" | "continue";

/** The signals whose default action is not to end the process (signal(7)). */
const others: Readonly<Record<number, SignalAction>> = {
  17: "ignore", // SIGCHLD
  18: "continue", // SIGCONT
  19: "stop", // SIGSTOP
  20: "stop", // SIGTSTP
  21: "stop", // SIGTTIN
  22: "stop", // SIGTTOU
  23: "ignore", // SIGURG
  28: "ignore", // SIGWINCH
};

/**
 * Returns the default action of a signal.
 *
 * @param first Whether the process is the first of its PID namespace. The kernel ignores all signals that it
 *   does not handle, except SIGKILL and SIGSTOP from outside of the namespace.
 */
export function defaultAction(signal: number, first: boolean): SignalAction {
  const action = others[signal] ?? "end";
  if (!first || signal === sigkill || signal === sigstop || signal === sigcont) return action;
  return "ignore";
}
