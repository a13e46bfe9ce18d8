// `docker volume`.
import { group } from "../../command/command.js";
import { volumeCreate } from "./create.js";
import { volumeInspect } from "./inspect.js";
import { volumeLs } from "./ls.js";
import { volumePrune } from "./prune.js";
import { volumeRm } from "./rm.js";

export const volume = group(
  "volume",
  "Manage volumes",
  [volumeCreate, volumeInspect, volumeLs, volumePrune, volumeRm],
  { heading: "Management Commands", api: "1.21", usage: "COMMAND" },
);
