// Weighs the built page: every file that a browser may fetch, compressed by gzip. Fails where that is over the limit.
//   weigh.mjs [KILOBYTES]
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = new URL("../dist/", import.meta.url).pathname;
const limit = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
  .map(({ parentPath, name }) => ({
    name,
    size: gzipSync(readFileSync(join(parentPath, name)), { level: 9 }).length,
  }))
  .sort((one, other) => other.size - one.size);
const total = sizes.reduce((sum, { size }) => sum + size, 0) / 1000;
for (const { name, size } of sizes.slice(0, 8))
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${name}`);
console.log(`${total.toFixed(1).padStart(7)} kB  the whole page, compressed, in ${sizes.length} files`);
if (total > limit) {
  console.error(`the page may have ${limit} kB compressed, and has ${total.toFixed(1)}`);
  process.exitCode = 1;
}
