// `docker build`, which needs a builder: an engine that has none refuses.

import { FileError } from "@dryharbor/kernel";
import { tarOf } from "@dryharbor/kernel/tar";
import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { int, list, text, toggle } from "../../command/flags.js";
import { localSource } from "../../copy/pack.js";
import { localPath } from "../../copy/paths.js";
import { ProgressDisplay } from "../../progress/progress.js";

export const imageBuild = command({
  name: "build",
  short: "Build an image from a Dockerfile",
  usage: "[OPTIONS] PATH | URL | -",
  heading: "Common Commands",
  arguments: exactly(1),
  completes: "file",
  flags: {
    "add-host": list(),
    "build-arg": list(),
    "cache-from": list(),
    "cgroup-parent": text(),
    compress: toggle(),
    "cpu-period": int(),
    "cpu-quota": int(),
    "cpu-shares": int("c"),
    "cpuset-cpus": text(),
    "cpuset-mems": text(),
    "disable-content-trust": toggle(undefined, { initial: true }),
    file: text("f", { completes: "file" }),
    "force-rm": toggle(),
    iidfile: text(undefined, { completes: "file" }),
    isolation: text(),
    label: list(),
    memory: text("m"),
    "memory-swap": text(),
    network: text(undefined, { initial: "default", completes: "network" }),
    "no-cache": toggle(),
    platform: text(),
    pull: toggle(),
    quiet: toggle("q"),
    rm: toggle(undefined, { initial: true }),
    "security-opt": list(),
    "shm-size": text(),
    tag: list("t"),
    target: text(),
    ulimit: list(),
  },
  async run({ engine, io, flags, arguments: [place = ""] }) {
    const directory = localPath(place, io.cwd);
    const dockerfile = flags.file || "Dockerfile";
    const missing = (path: string): CommandError =>
      new CommandError(`unable to prepare context: path ${quotedPath(path)} not found`);
    if (!io.files.isDirectory(directory)) throw missing(place);
    const path = localPath(dockerfile, flags.file === "" ? directory : io.cwd);
    if (!io.files.exists(path)) {
      throw new CommandError(
        `unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat ${path}: no such file or directory`,
      );
    }
    try {
      const context = tarOf(localSource(io.files, `${directory}/.`, false).entries);
      await engine.images.build(context, {
        dockerfile,
        t: [...flags.tag],
        ...(flags.target !== "" && { target: flags.target }),
        nocache: flags["no-cache"],
        q: flags.quiet,
        rm: flags.rm,
        forcerm: flags["force-rm"],
        onProgress: new ProgressDisplay(io, "stdout").show,
      });
    } catch (error) {
      if (error instanceof FileError) throw new CommandError(error.message);
      throw error;
    }
  },
});

function quotedPath(path: string): string {
  return JSON.stringify(path);
}
