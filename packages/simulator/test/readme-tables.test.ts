import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Figures } from "../bench/figures.js";
import { operations } from "../bench/operations.js";
import {
  packageSectionNames,
  type SectionName,
  sectionIn,
  sectionNames,
  sectionsOf,
  withSections,
} from "../bench/readme.js";
import { rowsOf } from "../bench/rows.js";
import { startNames } from "../bench/start.js";

const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const packageReadme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

const rows = (names: readonly string[]) =>
  rowsOf(names.map((name) => ({ name, value: 1.5, unit: "milliseconds" })));
const operationNames = operations.map(({ name }) => name);

/** Figures of every part, with a real engine. */
const figures: Figures = {
  commit: "1234567",
  engine: "28.5",
  operations: {
    few: rows(operationNames),
    many: rows(operationNames),
    real: new Map(operationNames.map((name) => [name, 200])),
  },
  memory: {
    containers: 100_000,
    bytesPerContainer: 3500,
    endpoints: 1_000_000,
    bytesPerFurtherEndpoint: 800,
    connectMilliseconds: 0.01,
    heapOfAll: 2 ** 30,
  },
  start: { rows: rows(Object.values(startNames)), browser: { minified: 600_000, compressed: 200_000 } },
  traffic: {
    stream: { simulated: 2e9, duplex: 3e9 },
    roundTrips: 60_000,
    published: { simulated: 5e8, bare: 6e8 },
    datagrams: { simulated: 30_000, bare: 40_000 },
    resolvers: { simulated: 30_000, real: 3_000 },
    answers: 1_200_000,
    firstLine: { simulated: 0.5, real: 150 },
    reach: { few: 200_000, many: 180_000 },
    listener: 900,
  },
  forks: { containers: 10_000, fork: 30, snapshot: 2_000, wake: 1_000, heap: 4e7, heapOfFork: 1e7 },
  faults: { call: [0.001, 0.001, 0.002], request: [0.02, 0.02, 0.03], ping: [0.005, 0.005, 0.006] },
  http: {
    inspect: { simulated: 60_000, bare: 90_000, real: 20_000 },
    connect: { simulated: 8_000, stored: 1_600, real: 20 },
    start: { simulated: 110, node: 60, real: 280 },
  },
};
const written = sectionsOf(figures);

/** A section without its figures, its commit and how much of the tree was in it. */
function formOf(section: string): string {
  return section
    .replace(/measured on [^|]+ \|/, "measured |")
    .replace(/engine [\d.]+ \|/, "engine # |")
    .replace(/(?<=\| )[\d.,]+( (µs|ms|s|B|KiB|GiB|MB\/s))?(?=( \(Node alone\))? \|)/g, "#");
}

it.each(sectionNames)(
  "the README's section %s has the form that `bench --write` gives it",
  (name: SectionName) => {
    expect(formOf(sectionIn(readme, name))).toBe(formOf(written.get(name)!));
  },
);

it.each(packageSectionNames)(
  "the section %s of the simulator's README has the form that `bench --write` gives it",
  (name: SectionName) => {
    expect(formOf(sectionIn(packageReadme, name))).toBe(formOf(written.get(name)!));
  },
);

it("writes a section in its place, and nothing else", () => {
  const own = new Map(sectionNames.map((name) => [name, written.get(name)!]));
  const other = withSections(readme, own);
  expect(sectionIn(other, "core")).toBe(written.get("core"));
  expect(withSections(other, new Map(sectionNames.map((name) => [name, sectionIn(readme, name)])))).toBe(
    readme,
  );
});

it("says where the README has no place for a section", () => {
  expect(() => withSections("# A README", written)).toThrow(
    "the README has no <!-- bench:core --> … <!-- /bench -->",
  );
});
