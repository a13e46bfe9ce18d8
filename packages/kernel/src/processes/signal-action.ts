import { sigcont, sigkill, sigstop } from "./signals.js";

/** What a signal does to a process that has not taken it over. */
export type SignalAction = "end" | "ignore" | "stop" | "continue";

/** signal(7): those whose default is not to end the process. */
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
 * @param first whether the process is the first of its PID namespace. The kernel spares that one
 * everything that it does not handle, but SIGKILL and SIGSTOP, when they come from outside.
 */
export function defaultAction(signal: number, first: boolean): SignalAction {
  const action = others[signal] ?? "end";
  if (!first || signal === sigkill || signal === sigstop || signal === sigcont) return action;
  return "ignore";
}
