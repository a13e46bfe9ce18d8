import { fileURLToPath } from "node:url";
import type { ReleaseName } from "@dryharbor/simulator";
import type { Job } from "./job.js";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const lab = path("../../../tools/engine-lab/engine-lab.sh");
const labProgram = (root: string, program: string) => [lab, "client", root, program];

/** The docker command of an engine release. */
function dockerCli(release: ReleaseName, only?: readonly string[]): Job {
  return {
    client: `docker CLI ${release}`,
    folder: "docker",
    only,
    programs: [{ name: "docker", command: labProgram(release, "docker") }],
  };
}

/** Either docker-compose, with the newest docker command to look at what it did. */
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
  // In this package's folder, for what it imports.
  const command = ["env", "-C", path(".."), "node", path("../../../tools/run.mjs"), path(`node/${name}.ts`)];
  return {
    client: name,
    folder: "node",
    only: [name],
    environment: { TESTCONTAINERS_RYUK_DISABLED: "true" },
    programs: [{ name: "program", command }],
  };
}

/** An old client for a new engine, and the other way round. */
const crossed: Partial<Record<ReleaseName, ReleaseName>> = { "20.10": "28.5", "28.5": "20.10" };

/** All that is run on an engine of this release. */
export function jobsFor(release: ReleaseName): Job[] {
  const other = crossed[release];
  return [
    dockerCli(release),
    ...(other ? [dockerCli(other, ["networks", "look", "streams"])] : []),
    // What compose asks of containers one by one is the same everywhere: its conditions and profiles once.
    compose("2.40", "28.5", release === "28.5" ? ["project", "wide"] : ["project"]),
    // Python takes its time over each command: all of them where it is at home, some elsewhere.
    compose("1.29", "compose1.29", [release === "20.10" ? "project" : "brief"]),
    dockerPy,
    nodeProgram("dockerode"),
    nodeProgram("testcontainers"),
    nodeProgram("testcontainers-files"),
  ];
}
