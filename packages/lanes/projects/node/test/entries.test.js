// Every entry of every package, as `import` and as `require` load it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, it } from "node:test";

const require = createRequire(import.meta.url);
const manifestOf = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8"));
const packages = Object.keys(manifestOf("..").dependencies).filter((name) => /dryharbor/.test(name));

for (const name of packages) {
  const entries = Object.keys(manifestOf(name).exports ?? {}).map((entry) => entry.replace(/^\./, name));
  describe(name, () => {
    for (const entry of entries.filter((each) => !each.endsWith("/vitest"))) {
      it(`${entry} is the same by import and by require`, async (test) => {
        if (entry.endsWith("/msw") && !process.features.require_module) {
          return test.skip("msw itself can be required from Node 20.19 on");
        }
        const { default: _, ...imported } = await import(entry);
        assert.notEqual(Object.keys(imported).length, 0);
        assert.deepEqual(Object.keys(require(entry)).sort(), Object.keys(imported).sort());
      });
    }
  });
}

it("the entry for Vitest is for Vitest alone, which says so", () => {
  assert.throws(() => require("@dryharbor/simulator/vitest"), /vitest/i);
});

it("the classroom is a folder to copy", () => {
  const page = readFileSync(
    new URL("../node_modules/@dryharbor/playground/dist/index.html", import.meta.url),
  );
  assert.match(String(page), /<script type="module"/);
});
