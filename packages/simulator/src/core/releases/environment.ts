import { since28, since29 } from "./row.js";

/** Differences between releases in the environment of processes. "Seen" names what showed the difference. */
export const environmentRows = {
  /** A legacy link gives variables. Seen: `--link`; daemon/container_operations_unix.go. */
  linkVariables: since29(true, false),

  /**
   * The order in which the variables of a legacy link list ports. Seen in /proc/1/environ with ranges of
   * ports and several protocols.
   */
  linkPorts: since28<"by number" | "by protocol">("by number", "by protocol"),

  /**
   * How the runtime merges a variable that is given twice, and where HOME goes. `set in turn` keeps a name's
   * first place with its last value. `last of each` keeps the last entry in its own place. Seen with `Env:
   * ["B=1", "A=2", "B=3", "HOME="]`.
   */
  repeatedNames: since28<"set in turn" | "last of each">("set in turn", "last of each"),
};
