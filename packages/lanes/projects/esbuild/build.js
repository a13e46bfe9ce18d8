import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { build } from "esbuild";

const common = { bundle: true, logLevel: "warning", minify: true, target: "es2022" };

// For a browser: esbuild refuses what a browser does not have. Nothing in the bundle needs a page, so it runs here.
await build({ ...common, entryPoints: ["src/browser.js"], outdir: "dist", format: "esm", splitting: true });
await import("./dist/browser.js");
assert.deepEqual(globalThis.told, {
  networks: "backend\nbridge\nhost\nnone\n",
  output: "42\n",
  isNotFound: true,
  status: 200,
});

// For Node. dockerode has native parts, which are no JavaScript.
for (const [format, outfile] of [
  ["esm", "dist/node.mjs"],
  ["cjs", "dist/node.cjs"],
]) {
  const external = ["dockerode"];
  await build({ ...common, entryPoints: ["src/node.js"], outfile, format, platform: "node", external });
  assert.equal(execFileSync(process.execPath, [outfile], { encoding: "utf8" }), "backend 3\n");
}
