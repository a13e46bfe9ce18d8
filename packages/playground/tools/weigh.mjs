// Weighs the built page, compressed by gzip: every file that a browser may fetch, and of these what the first prompt
// needs. Fails where either is over its limit.
//   weigh.mjs [KILOBYTES [KILOBYTES]]
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = new URL("../dist/", import.meta.url).pathname;
const [limit = Number.POSITIVE_INFINITY, firstLimit = Number.POSITIVE_INFINITY] = process.argv
  .slice(2)
  .map(Number);
const files = new Map(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".map"))
    .map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))]),
);
const kilobytes = (name) => gzipSync(files.get(name), { level: 9 }).length / 1000;

// The page, what it names, the worker and its shell, and whatever these import before they run.
const first = new Set(["index.html"]);
for (const name of first) {
  const text = files.get(name).toString();
  const named =
    name === "index.html"
      ? /(?:src|href)="\.\/([^"]+)"/g
      : /(?:\bfrom|\bimport)"\.\/([^"]+)"|[`"'/]((?:engine|programs)-[\w-]+\.js)[`"']/g;
  for (const [, path, part] of text.matchAll(named)) {
    const each = basename(path ?? part);
    if (files.has(each)) first.add(each);
  }
}

const weights = [...files.keys()].map((name) => ({
  name,
  weight: kilobytes(name),
  isFirst: first.has(name),
}));
const sum = (rows) => rows.reduce((total, { weight }) => total + weight, 0);
const show = (weight, text) => console.log(`${weight.toFixed(1).padStart(7)} kB  ${text}`);
for (const { name, weight, isFirst } of weights.sort((one, other) => other.weight - one.weight).slice(0, 12))
  show(weight, isFirst ? `${name}, for the first prompt` : name);
const whole = sum(weights);
const needed = sum(weights.filter(({ isFirst }) => isFirst));
show(needed, `what the first prompt needs, in ${first.size} files`);
show(whole, `the whole page, compressed, in ${files.size} files`);
for (const [what, weight, most] of [
  ["the whole page", whole, limit],
  ["the first prompt", needed, firstLimit],
]) {
  if (weight <= most) continue;
  console.error(`${what} may have ${most} kB compressed, and has ${weight.toFixed(1)}`);
  process.exitCode = 1;
}
