// `docker network`.
import { group } from "../../command/command.js";
import { networkConnect } from "./connect.js";
import { networkCreate } from "./create.js";
import { networkDisconnect } from "./disconnect.js";
import { networkPrune } from "./prune.js";
import { networkRm } from "./rm.js";

export const network = group(
  "network",
  "Manage networks",
  [networkConnect, networkCreate, networkDisconnect, networkPrune, networkRm],
  { heading: "Management Commands" },
);
