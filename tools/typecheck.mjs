// Checks the types of all packages. Packages read one another's source, so each environment is one program, in which a file
// is checked once however many packages import it.
//
// TypeScript 7 checks. TypeScript 5.9 is there as well, because tsup writes declarations by its programming interface, which
// 7 does not have.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const compiler = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript-native/package.json")));

const projects = [
  "tsconfig.portable.json",
  "tsconfig.json",
  "packages/playground/tsconfig.json",
  "packages/playground/tsconfig.node.json",
  "docs/tsconfig.json",
];

for (const project of projects) {
  const { status } = spawnSync(process.execPath, [compiler, "-p", project], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
