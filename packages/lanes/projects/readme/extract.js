// Makes files of what the simulator's README shows to somebody new: the first program, and the first test.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";

const readme = readFileSync("node_modules/@dryharbor/simulator/README.md", "utf8");
const programAfter = (heading) => {
  const [, program] = /```ts\n(.*?)```/s.exec(readme.slice(readme.indexOf(`${heading}\n`))) ?? [];
  assert.ok(program, `there is no program after ${heading}`);
  return program;
};

const check = `
import assert from "node:assert/strict";
assert.deepEqual(answer, { status: "found", records: ["172.18.0.2"] });
`;
writeFileSync("quick-start.js", programAfter("# @dryharbor/simulator") + check);
writeFileSync("networks.test.ts", programAfter("### Tests"));
