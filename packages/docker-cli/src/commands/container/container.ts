// `docker container`.
import { group } from "../../command/command.js";
import { containerAttach } from "./attach.js";
import { containerCommit } from "./commit.js";
import { containerCp } from "./cp.js";
import { containerCreate } from "./create.js";
import { containerDiff } from "./diff.js";
import { containerExec } from "./exec.js";
import { containerExport } from "./export.js";
import { containerInspect } from "./inspect.js";
import { containerKill } from "./kill.js";
import { containerLogs } from "./logs.js";
import { containerLs } from "./ls.js";
import { containerPause } from "./pause.js";
import { containerPort } from "./port.js";
import { containerPrune } from "./prune.js";
import { containerRename } from "./rename.js";
import { containerRestart } from "./restart.js";
import { containerRm } from "./rm.js";
import { containerRun } from "./run.js";
import { containerStart } from "./start.js";
import { containerStats } from "./stats.js";
import { containerStop } from "./stop.js";
import { containerTop } from "./top.js";
import { containerUnpause } from "./unpause.js";
import { containerUpdate } from "./update.js";
import { containerWait } from "./wait.js";

/** Those that can also be called without `container`, e.g. `docker rename`. */
export const containerCommands = [
  containerAttach,
  containerCommit,
  containerCp,
  containerCreate,
  containerExec,
  containerExport,
  containerLogs,
  containerRun,
  containerStart,
  containerWait,
  containerDiff,
  containerKill,
  containerPause,
  containerPort,
  containerRename,
  containerRestart,
  containerRm,
  containerStats,
  containerStop,
  containerTop,
  containerUnpause,
  containerUpdate,
];

export const container = group(
  "container",
  "Manage containers",
  [...containerCommands, containerInspect, containerLs, containerPrune],
  { heading: "Management Commands" },
);
