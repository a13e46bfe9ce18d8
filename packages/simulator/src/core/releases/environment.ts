import { since28 } from "./row.js";

/** What differs between releases in the environment of processes. Each row says where it was seen. */
export const environmentRows = {
  /** In which order a legacy link tells of its ports. Seen in /proc/1/environ with runs of ports and several protocols. */
  linkPorts: since28<"by number" | "by protocol">("by number", "by protocol"),

  /**
   * What the runtime makes of a name that is given twice, and where HOME goes. `set in turn`: the first place of a
   * name, its last value. `last of each`: the last entry in its own place. Seen with `Env: ["B=1", "A=2", "B=3", "HOME="]`.
   */
  repeatedNames: since28<"set in turn" | "last of each">("set in turn", "last of each"),
};
