// Compiles code that uses the packages, by each way in which TypeScript finds types, as a module and as CommonJS.
// Declarations of packages are checked as well (skipLibCheck is off).
import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

for (const name of ["uses", "tests"]) copyFileSync(`src/${name}.mts`, `src/${name}.cts`);

const common =
  "--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck false --target es2023 --types node " +
  "--lib es2023,esnext.disposable,dom,dom.asynciterable";
const ways = {
  // Declarations of msw and Vitest cannot be read from CommonJS in this way, and can in the next.
  node16: "--module node16 --moduleResolution node16 src/uses.mts src/uses.cts src/tests.mts",
  nodenext: "--module nodenext --moduleResolution nodenext src/tests.cts",
  bundler: "--module esnext --moduleResolution bundler src/uses.mts src/tests.mts",
};
for (const compiler of ["typescript", "typescript-7"]) {
  const tsc = fileURLToPath(new URL(`node_modules/${compiler}/bin/tsc`, import.meta.url));
  for (const [name, options] of Object.entries(ways)) {
    const args = [tsc, ...`${common} ${options}`.split(" ")];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    console.log(`${compiler}, ${name}: ${status}`);
    if (status !== 0) {
      console.log(stdout);
      process.exitCode = 1;
    }
  }
}
