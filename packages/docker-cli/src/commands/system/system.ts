// `docker system`.
import { group } from "../../command/command.js";
import { systemDf } from "./df.js";
import { systemEvents } from "./events.js";
import { systemInfo } from "./info.js";
import { systemPrune } from "./prune.js";

export const system = group("system", "Manage Docker", [systemDf, systemEvents, systemInfo, systemPrune], {
  heading: "Management Commands",
});
