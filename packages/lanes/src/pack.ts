// Packs every published package, before any lane runs. Where nothing has changed, turbo has the tarballs already.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function setup(): void {
  const turbo = ["pnpm@10", "exec", "turbo", "run", "package", "--output-logs=errors-only"];
  execFileSync("npx", ["-y", ...turbo], {
    cwd: fileURLToPath(new URL("../../..", import.meta.url)),
    stdio: ["ignore", "ignore", "inherit"],
  });
}
