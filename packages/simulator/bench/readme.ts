import { faultTable } from "./faults.js";
import type { Figures } from "./figures.js";
import { forkTable } from "./forks.js";
import { operations } from "./operations.js";
import { startNames } from "./start.js";
import { bytes, count, duration, markdownTable, ratio } from "./table.js";

/** The parts of the project's README that the benchmark writes, each between its markers. */
export const sectionNames = ["core", "memory", "start", "http"] as const;

/** The parts that it writes of the README of the simulator. */
export const packageSectionNames = ["traffic", "faults", "forks"] as const;

export type SectionName = (typeof sectionNames)[number] | (typeof packageSectionNames)[number];

/** The text of each section whose figures there are. */
export function sectionsOf(figures: Figures): ReadonlyMap<SectionName, string> {
  const sections = new Map<SectionName, string>();
  const set = (name: SectionName, text: string | undefined): void => {
    if (text !== undefined) sections.set(name, text);
  };
  set("core", coreSection(figures));
  set("memory", memorySection(figures));
  set("start", startSection(figures));
  set("http", httpSection(figures));
  set("traffic", trafficSection(figures));
  set("faults", figures.faults && faultTable(measuredOn(figures), figures.faults));
  set("forks", figures.forks && forkTable(measuredOn(figures), figures.forks));
  return sections;
}

/** A README with these sections. @throws {Error} it has no place for one */
export function withSections(readme: string, sections: ReadonlyMap<SectionName, string>): string {
  let text = readme;
  for (const [name, section] of sections) {
    const { start, end } = placeOf(text, name);
    text = `${text.slice(0, start)}\n${section}${text.slice(end)}`;
  }
  return text;
}

/** What the README has between a section's markers. */
export function sectionIn(readme: string, name: SectionName): string {
  const { start, end } = placeOf(readme, name);
  return readme.slice(start + 1, end);
}

function placeOf(readme: string, name: SectionName): { readonly start: number; readonly end: number } {
  const marker = `<!-- bench:${name} -->`;
  const at = readme.indexOf(marker);
  const end = readme.indexOf("<!-- /bench -->", at);
  if (at < 0 || end < 0) throw new Error(`the README has no ${marker} … <!-- /bench -->`);
  return { start: at + marker.length, end };
}

/** The head of a table's first column: the commit that was measured. */
function measuredOn({ commit }: Figures): string {
  return `measured on ${commit}`;
}

/** The head of the column of the real engine. */
function engineOf({ engine }: Figures): string {
  return engine === undefined ? "real engine" : `engine ${engine}`;
}

function coreSection(figures: Figures): string | undefined {
  const { operations: measured } = figures;
  if (!measured) return undefined;
  const { few, many, real } = measured;
  return markdownTable([
    [
      measuredOn(figures),
      "100 containers",
      "100,000 containers",
      "ratio",
      ...(real ? [engineOf(figures), "engine to simulator"] : []),
    ],
    ...operations.map(({ name }) => {
      const [one, other] = [few.get(name)!.value, many.get(name)!.value];
      const engine = real?.get(name);
      return [
        name,
        duration(one),
        duration(other),
        ratio(other / one),
        ...(engine === undefined ? [] : [duration(engine), ratio(engine / one)]),
      ];
    }),
  ]);
}

function memorySection(figures: Figures): string | undefined {
  const { memory } = figures;
  if (!memory) return undefined;
  return markdownTable([
    [measuredOn(figures), "memory"],
    [`heap of a running container, of ${count(memory.containers)}`, bytes(memory.bytesPerContainer)],
    ["heap of a further endpoint", bytes(memory.bytesPerFurtherEndpoint)],
    [`heap of ${count(memory.endpoints)} endpoints in one process`, bytes(memory.heapOfAll)],
  ]);
}

function startSection(figures: Figures): string | undefined {
  const { start } = figures;
  if (!start) return undefined;
  const { rows, browser } = start;
  return markdownTable([
    [measuredOn(figures), "start"],
    ...Object.values(startNames).map((name) => [name, duration(rows.get(name)!.value)]),
    ["the first load of a browser, minified", bytes(browser.minified)],
    ["the same, compressed", bytes(browser.compressed)],
  ]);
}

function httpSection(figures: Figures): string | undefined {
  const { http } = figures;
  if (!http) return undefined;
  const { inspect, connect, start } = http;
  const hasReal = inspect.real !== undefined;
  const real = (value: number | undefined, write: (value: number) => string): string[] =>
    hasReal ? [value === undefined ? "" : write(value)] : [];
  return markdownTable([
    [
      measuredOn(figures),
      "`dryharbor serve`",
      "bare `node:http`, same bytes",
      ...(hasReal ? [engineOf(figures)] : []),
    ],
    [
      "`GET /networks/{id}`, a second",
      count(inspect.simulated),
      count(inspect.bare),
      ...real(inspect.real, count),
    ],
    ["connect and disconnect, requests a second", count(connect.simulated), "", ...real(connect.real, count)],
    [
      "the same with `--state`, each change on the disk before its answer",
      count(connect.stored),
      "",
      ...real(undefined, count),
    ],
    [
      "ready after",
      duration(start.simulated),
      `${duration(start.node)} (Node alone)`,
      ...real(start.real, duration),
    ],
  ]);
}

function trafficSection(figures: Figures): string | undefined {
  const { traffic } = figures;
  if (!traffic) return undefined;
  const { stream, roundTrips, published, datagrams, answers, firstLine, reach, listener, resolvers } =
    traffic;
  const { real } = firstLine;
  const rate = (bytesPerSecond: number): string => `${count(bytesPerSecond / 1e6)} MB/s`;
  return markdownTable([
    [measuredOn(figures), "simulated", "beside it", "ratio"],
    [
      "TCP from container to container, and a duplex pair of Node",
      rate(stream.simulated),
      rate(stream.duplex),
      ratio(stream.simulated / stream.duplex),
    ],
    ["a byte there and back over TCP", duration(1000 / roundTrips), "", ""],
    [
      "bytes to a published port, and forwarded by `node:net`",
      rate(published.simulated),
      rate(published.bare),
      ratio(published.simulated / published.bare),
    ],
    [
      "DNS over UDP, and the same bytes from `node:dgram`, answers a second",
      count(datagrams.simulated),
      count(datagrams.bare),
      ratio(datagrams.simulated / datagrams.bare),
    ],
    ...(resolvers
      ? [
          [
            `DNS over UDP, and 127.0.0.11 in a container of ${engineOf(figures)}, answers a second`,
            count(resolvers.simulated),
            count(resolvers.real),
            ratio(resolvers.simulated / resolvers.real),
          ],
        ]
      : []),
    ["DNS in process with 100,000 containers, answers a second", count(answers), "", ""],
    [
      `from a start to the first line, and ${engineOf(figures)}`,
      duration(firstLine.simulated),
      real === undefined ? "" : duration(real),
      real === undefined ? "" : ratio(real / firstLine.simulated),
    ],
    [
      "`reach` with 100 containers, and with 100,000",
      duration(1000 / reach.few),
      duration(1000 / reach.many),
      ratio(reach.few / reach.many),
    ],
    ["heap of a listening socket", bytes(listener), "", ""],
  ]);
}
