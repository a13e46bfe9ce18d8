import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../../tools/engine-lab/engine-lab.sh", import.meta.url));

/** A real engine that was started for the benchmark. */
export interface LabEngine extends Disposable {
  readonly socketPath: string;
  /** Milliseconds between its first word and the one that it listens, as its log has them. */
  readonly startMilliseconds: number;
}

/** Starts one by tools/engine-lab, which needs root on Debian. */
export function startLabEngine(release: string, directory: string): LabEngine {
  execFileSync(program, ["start", release, directory, "busybox"], { stdio: "pipe" });
  const log = readFileSync(`${directory}/dockerd.log`, "utf8").split("\n");
  const timeOf = (line: string | undefined): number =>
    Date.parse(/time="([^"]+)"/.exec(line ?? "")?.[1] ?? "");
  const began = timeOf(log.find((line) => line.startsWith("time=")));
  const listens = timeOf(log.find((line) => line.includes("API listen on")));
  return {
    socketPath: `${directory}/docker.sock`,
    startMilliseconds: listens - began,
    [Symbol.dispose]: () => execFileSync(program, ["stop", release, directory], { stdio: "pipe" }),
  };
}
