import { fileURLToPath } from "node:url";
import type { Job } from "./job.js";

const lab = fileURLToPath(new URL("../../../tools/engine-lab/engine-lab.sh", import.meta.url));

/** The docker command of an engine release. */
export function dockerCli(release: string): Job {
  return {
    client: `docker CLI ${release}`,
    folder: "docker",
    programs: [{ name: "docker", command: [lab, "client", release, "docker"] }],
  };
}
