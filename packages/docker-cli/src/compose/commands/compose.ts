// The tree of compose's commands, and the flags that come before them.

import { group } from "../../command/command.js";
import { int, list, text, toggle } from "../../command/flags.js";
import { build } from "./build.js";
import type { ComposeCommand } from "./compose-command.js";
import { config } from "./config.js";
import { create } from "./create.js";
import { down } from "./down.js";
import { exec } from "./exec.js";
import { images } from "./images.js";
import { kill } from "./kill.js";
import { logs } from "./logs.js";
import { ls } from "./ls.js";
import { pause, unpause } from "./pause.js";
import { port } from "./port.js";
import { ps } from "./ps.js";
import { pull } from "./pull.js";
import { restart } from "./restart.js";
import { rm } from "./rm.js";
import { run } from "./run.js";
import { scale } from "./scale.js";
import { start } from "./start.js";
import { stop } from "./stop.js";
import { top } from "./top.js";
import { up } from "./up.js";
import { versionCommand } from "./version.js";
import { volumes } from "./volumes.js";
import { wait } from "./wait.js";

export const composeCommands: readonly ComposeCommand[] = [
  build,
  config,
  create,
  down,
  exec,
  images,
  kill,
  logs,
  ls,
  pause,
  port,
  ps,
  pull,
  restart,
  rm,
  run,
  scale,
  start,
  stop,
  top,
  unpause,
  up,
  versionCommand,
  volumes,
  wait,
];

/** What compose can do and this one does not, with the reason. */
export const refusedCommands: Readonly<Record<string, string>> = {
  attach: "use docker attach with the name of the container",
  bridge: "there is no other model here to convert to",
  commit: "use docker commit with the name of the container",
  cp: "use docker cp with the name of the container",
  events: "use docker events --filter label=com.docker.compose.project=NAME",
  export: "use docker export with the name of the container",
  publish: "there is no registry here to publish to",
  push: "there is no registry here to push to",
  stats: "use docker stats with the names of the containers",
  watch: "there is no source folder to watch: docker compose up --build builds anew",
};

/** The flags before the command. */
export const composeFlags = {
  "all-resources": toggle(),
  ansi: text(undefined, { initial: "auto" }),
  compatibility: toggle(),
  "dry-run": toggle(),
  "env-file": list(undefined, { kind: "stringArray" }),
  file: list("f", { kind: "stringArray" }),
  "no-ansi": toggle(undefined, { hidden: true }),
  parallel: int(undefined, { initial: -1 }),
  profile: list(undefined, { kind: "stringArray" }),
  progress: text(),
  "project-directory": text(),
  "project-name": text("p"),
  verbose: toggle(undefined, { hidden: true }),
  version: toggle("v", { hidden: true }),
  workdir: text(undefined, { hidden: true }),
};

/** `docker compose` as a command of the tree, for help and completion. */
export const compose = {
  ...group("compose", "Define and run multi-container applications with Docker", composeCommands),
  usage: "[OPTIONS] COMMAND",
  flags: composeFlags,
};
