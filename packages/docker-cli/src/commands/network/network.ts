// `docker network`.
import { group } from "../../command/command.js";
import { networkConnect } from "./connect.js";
import { networkCreate } from "./create.js";
import { networkDisconnect } from "./disconnect.js";
import { networkInspect } from "./inspect.js";
import { networkLs } from "./ls.js";
import { networkPrune } from "./prune.js";
import { networkRm } from "./rm.js";

export const network = group(
  "network",
  "Manage networks",
  [networkConnect, networkCreate, networkDisconnect, networkInspect, networkLs, networkPrune, networkRm],
  { heading: "Management Commands" },
);
