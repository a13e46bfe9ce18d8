import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const lab = fileURLToPath(new URL("../../../../tools/engine-lab/engine-lab.sh", import.meta.url));

const none = { stdout: "" };

/** Finds docker compose: the docker command's, a program of that name, or the one of tools/engine-lab. */
export async function findCompose(): Promise<readonly string[] | undefined> {
  const candidates = [["docker", "compose"], ["docker-compose"], [lab, "client", "28.5", "docker-compose"]];
  for (const [program, ...words] of candidates) {
    const { stdout } = await promisify(execFile)(program!, [...words, "version", "--short"]).catch(
      () => none,
    );
    // docker-compose 1 cannot wait.
    if (/^v?[2-9]/.test(stdout)) return [program!, ...words];
  }
  return undefined;
}
