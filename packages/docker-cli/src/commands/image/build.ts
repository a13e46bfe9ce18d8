// `docker build`, as docker does it without buildx: by the engine's classic builder.

import { exactly } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError, FlagValueError } from "../../command/errors.js";
import { int, labels, list, stringSlice, text, toggle } from "../../command/flags.js";
import { contentTrust } from "../../command/going-flags.js";
import { bytes, bytesOrUnlimited } from "../../command/size-flags.js";
import { localPath } from "../../copy/paths.js";
import { checkedExtraHost, readUlimit } from "../../create/checks.js";
import type { CommandIo } from "../../io.js";
import { checkPlatform } from "../../references/platform.js";
import { InvalidReference, readReference } from "../../references/reference.js";
import type { Release } from "../../releases.js";
import { buildContext } from "./build-context.js";
import { buildClassic } from "./classic-build.js";

function checkedName(value: string, release: Release): string {
  try {
    readReference(value, release);
    return value;
  } catch (error) {
    throw error instanceof InvalidReference ? new FlagValueError(error.message) : error;
  }
}

export const imageBuild = command({
  name: "build",
  short: "Build an image from a Dockerfile",
  usage: "[OPTIONS] PATH | URL | -",
  heading: "Common Commands",
  arguments: exactly(1),
  completes: "file",
  flags: {
    "add-host": list(undefined, { check: checkedExtraHost }),
    "build-arg": list(),
    "cache-from": stringSlice(),
    "cgroup-parent": text(),
    compress: toggle(),
    "cpu-period": int(),
    "cpu-quota": int(),
    "cpu-shares": int("c"),
    "cpuset-cpus": text(),
    "cpuset-mems": text(),
    "disable-content-trust": contentTrust,
    file: text("f", { completes: "file" }),
    "force-rm": toggle(),
    iidfile: text(undefined, { completes: "file" }),
    isolation: text(),
    label: labels(),
    memory: bytes("m"),
    "memory-swap": bytesOrUnlimited(),
    network: text(undefined, { initial: "default", completes: "network" }),
    "no-cache": toggle(),
    platform: text(),
    pull: toggle(),
    quiet: toggle("q"),
    rm: toggle(undefined, { initial: true }),
    "security-opt": stringSlice(),
    "shm-size": bytes(),
    tag: list("t", { check: checkedName }),
    target: text(),
    ulimit: list(),
  },
  before: warnOfBuilder,
  async run({ engine, io, flags, release, arguments: [place = ""] }) {
    checkPlatform(flags.platform, release);
    if (flags.iidfile !== "") removeIfThere(io, localPath(flags.iidfile, io.cwd));
    const { archive, dockerfile } = await buildContext(io, place, flags.file);
    const built = await buildClassic(engine, io, archive, {
      dockerfile,
      t: [...flags.tag],
      buildargs: variablesOf(flags["build-arg"], io.env),
      labels: Object.fromEntries(flags.label.map(splitLabel)),
      ...(flags.target !== "" && { target: flags.target }),
      ...(flags.platform !== "" && { platform: flags.platform }),
      ...(flags["cache-from"].length > 0 && { cachefrom: [...flags["cache-from"]] }),
      ...(flags["add-host"].length > 0 && { extrahosts: [...flags["add-host"]] }),
      ...(flags.ulimit.length > 0 && { ulimits: flags.ulimit.map(readUlimit) }),
      nocache: flags["no-cache"],
      pull: flags.pull,
      q: flags.quiet,
      rm: flags.rm,
      forcerm: flags["force-rm"],
      networkmode: flags.network,
      memory: flags.memory,
      memswap: flags["memory-swap"],
      shmsize: flags["shm-size"],
      cpushares: flags["cpu-shares"],
      cpuperiod: flags["cpu-period"],
      cpuquota: flags["cpu-quota"],
      cpusetcpus: flags["cpuset-cpus"],
      cpusetmems: flags["cpuset-mems"],
      cgroupparent: flags["cgroup-parent"],
    });
    const id = flags.quiet ? built.last : built.id;
    if (flags.quiet) io.stdout(id);
    if (flags.iidfile !== "") io.files.write(localPath(flags.iidfile, io.cwd), new TextEncoder().encode(id));
  },
});

const legacy = "DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n";
const indent = " ".repeat(12);

/** Docker without buildx says that it had rather have it. */
function warnOfBuilder(io: CommandIo, release: Release): void {
  if (release.name === "20.10") return;
  const asked = io.env.DOCKER_BUILDKIT ?? "";
  const isOff = /^(0|f|F|FALSE|false|False)$/.test(asked);
  if (asked !== "" && !isOff) {
    throw new CommandError(
      "ERROR: BuildKit is enabled but the buildx component is missing or broken.\n" +
        "       Install the buildx component to build images with BuildKit:\n" +
        "       https://docs.docker.com/go/buildx/",
    );
  }
  io.stderr(
    isOff
      ? `${legacy}${indent}BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n${indent}environment-variable.\n\n`
      : `${legacy}${indent}Install the buildx component to build images with BuildKit:\n${indent}https://docs.docker.com/go/buildx/\n\n`,
  );
}

/** A name alone takes its value from the environment. */
function variablesOf(
  given: readonly string[],
  env: Readonly<Record<string, string>>,
): Record<string, string | null> {
  return Object.fromEntries(
    given.map((word) => {
      const [name, value] = splitLabel(word);
      return [name, word.includes("=") ? value : (env[name] ?? null)];
    }),
  );
}

function splitLabel(word: string): [name: string, value: string] {
  const equals = word.indexOf("=");
  return equals < 0 ? [word, ""] : [word.slice(0, equals), word.slice(equals + 1)];
}

function removeIfThere(io: CommandIo, path: string): void {
  if (io.files.exists(path)) io.files.remove(path);
}
