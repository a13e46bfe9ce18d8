import { lastOfEach, setInTurn } from "../containers/environment.js";
import { linkPortsByNumber, linkPortsByProtocol } from "../containers/link-environment.js";
import { since28 } from "./row.js";

/** What differs between releases in the environment of processes. Each row says where it was seen. */
export const environmentRows = {
  /** The variables of a legacy link's ports. Seen in /proc/1/environ with runs of ports and several protocols. */
  linkPorts: since28(linkPortsByNumber, linkPortsByProtocol),

  /** What the runtime makes of a name that is given twice, and where HOME goes. Seen with `Env: ["B=1", "A=2", "B=3", "HOME="]`. */
  runtime: since28(setInTurn, lastOfEach),
};
