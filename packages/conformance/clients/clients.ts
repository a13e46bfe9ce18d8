// The clients of the comparison, and which scenarios each runs on which release.

import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cellOf, type Fault, type ReleaseName } from "@dryharbor/simulator";
import type { Job } from "./job.js";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const lab = path("../../../tools/engine-lab/engine-lab.sh");
const labProgram = (root: string, program: string) => [lab, "client", root, program];

const labRoots =
  process.env.ENGINE_LAB_ROOTS ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "engine-lab");

/**
 * The release whose docker command this machine has for an engine of `release`, which is also the root of tools/engine-lab that
 * it is in. No suite has that of 29: the one of 28.5 stands in for it, unless somebody has adopted it.
 */
export function labRoot(release: ReleaseName): ReleaseName {
  const isAdopted = existsSync(join(labRoots, release, ".own-docker"));
  return isAdopted ? release : cellOf({ "20.10": "20.10", "26.1": "26.1", "28.5": "28.5" }, release);
}

/** The docker CLI of a root, for an engine of whatever release: by default the one that goes with a release. */
export function dockerCli(release: ReleaseName, only?: readonly string[], root = labRoot(release)): Job {
  return {
    client: `docker CLI ${root}`,
    folder: "docker",
    only,
    programs: [{ name: "docker", command: labProgram(root, "docker") }],
  };
}

/** A docker-compose, with the docker CLI of 28.5 to look at its results. */
function compose(version: string, root: string, only: readonly string[]): Job {
  return {
    client: `docker compose ${version}`,
    folder: "compose",
    only,
    environment: { COMPOSE_PROJECT_NAME: "shop" },
    programs: [
      { name: "dc", command: labProgram(root, "docker-compose") },
      { name: "docker", command: labProgram("28.5", "docker") },
    ],
  };
}

const dockerPy: Job = {
  client: "docker-py 5.0",
  folder: "docker-py",
  programs: [{ name: "python3", command: labProgram("compose1.29", "python3") }],
};

function nodeProgram(name: string): Job {
  // The program runs in this package's folder, where its imports are found.
  const command = ["env", "-C", path(".."), "node", path("../../../tools/run.mjs"), path(`node/${name}.ts`)];
  return {
    client: name,
    folder: "node",
    only: [name],
    // A client that finds itself in a container would look for published ports at the gateway.
    environment: { TESTCONTAINERS_RYUK_DISABLED: "true", TESTCONTAINERS_HOST_OVERRIDE: "127.0.0.1" },
    programs: [{ name: "program", command }],
  };
}

/** For clients that begin to listen for a start while they start: they wait for ever when they listen too late. */
const startsLikeAnEngine: readonly Fault[] = [{ call: "containers.start", delay: 500 }];

/** The Dev Container CLI, with the docker CLI that goes with a release and docker-compose 2.40. */
function devContainers(release: ReleaseName): Job {
  return {
    client: "devcontainer",
    folder: "devcontainer",
    faults: startsLikeAnEngine,
    programs: [
      { name: "devcontainer", command: ["node", path("../node_modules/@devcontainers/cli/devcontainer.js")] },
      { name: "docker", command: labProgram(labRoot(release), "docker") },
      { name: "docker-compose", command: labProgram("28.5", "docker-compose") },
    ],
  };
}

/** dockest with Jest, over docker-compose 2.40. */
function dockest(release: ReleaseName): Job {
  return {
    client: "dockest",
    folder: "dockest",
    faults: startsLikeAnEngine,
    environment: { COMPOSE_PROJECT_NAME: "shop", MODULES: path("../node_modules") },
    programs: [
      { name: "docker", command: labProgram(labRoot(release), "docker") },
      { name: "docker-compose", command: labProgram("28.5", "docker-compose") },
    ],
  };
}

/** Programs of Debian, with the docker CLI of 28.5 to look at their results. */
function debian(client: string, scenario: string, ...programs: string[]): Job {
  return {
    client,
    folder: "debian",
    only: [scenario],
    environment: { ANSIBLE_LOCALHOST_WARNING: "False", ANSIBLE_NOCOLOR: "1" },
    programs: [
      ...programs.map((name) => ({ name, command: labProgram("clients", name) })),
      { name: "docker", command: labProgram("28.5", "docker") },
    ],
  };
}

/** Pairs of an engine and a docker CLI of another age. */
const crossed: Partial<Record<ReleaseName, ReleaseName>> = { "20.10": "28.5", "28.5": "20.10" };

/** Returns all jobs that run on an engine of this release. */
export function jobsFor(release: ReleaseName): Job[] {
  const other = crossed[release];
  return [
    dockerCli(release),
    ...(other ? [dockerCli(other, ["networks", "look", "streams"])] : []),
    // What compose asks of single containers is the same in all releases, so its conditions and profiles run
    // once.
    compose("2.40", "28.5", release === "28.5" ? ["project", "traffic", "wide"] : ["project"]),
    // compose 1.29 is slow, because it is Python: the whole project runs on 20.10, and a part elsewhere.
    compose("1.29", "compose1.29", [release === "20.10" ? "project" : "brief"]),
    dockerPy,
    devContainers(release),
    dockest(release),
    debian("prometheus", "prometheus", "prometheus", "promtool"),
    debian("skopeo", "skopeo", "skopeo"),
    debian("ansible", "ansible", "ansible-playbook", "python3"),
    debian("ruby-docker-api", "ruby", "ruby"),
    nodeProgram("dockerode"),
    nodeProgram("dockerode-build"),
    nodeProgram("docker-node-sdk"),
    nodeProgram("dockerode-compose"),
    nodeProgram("testcontainers"),
    nodeProgram("testcontainers-build"),
    nodeProgram("testcontainers-files"),
    nodeProgram("testcontainers-traffic"),
  ];
}
