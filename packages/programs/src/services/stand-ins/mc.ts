import type { Program } from "@dryharbor/kernel";
import { reach } from "./reach.js";

/** `mc` of MinIO, as far as health checks use it: `mc ready local`. */
export const mc: Program = async (process) => {
  const [, command, target = "local"] = process.argv;
  if (command !== "ready") {
    process.stderr("mc: the simulator has no MinIO: of the commands there is ready alone\n");
    return 1;
  }
  if ((await reach(process, "127.0.0.1", 9000)) === "listening") {
    process.stdout(`The cluster '${target}' is ready\n`);
    return 0;
  }
  process.stdout(
    `The cluster '${target}' is unreachable: Get "http://localhost:9000/minio/health/cluster": dial tcp 127.0.0.1:9000: connect: connection refused\n`,
  );
  return 1;
};
