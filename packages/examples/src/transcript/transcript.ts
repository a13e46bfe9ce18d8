// What a run of the course has shown, and how two runs are compared.
import { type Topology, topology } from "@dryharbor/sdk/topology";
import { course } from "../course/course.js";
import type { Host } from "../course/host.js";
import type { Lesson, Seen, Step } from "../course/lesson.js";
import { view } from "../course/screen.js";
import { failures, teach } from "../course/teach.js";

/** One step of a transcript. */
interface Entry {
  readonly lesson: Lesson;
  readonly step: Step;
  readonly seen: Seen;
  /** The drawing of the topology, where the step has changed it, else empty. */
  readonly drawing: string;
}

/** A run of the course. */
export interface Transcript {
  readonly entries: readonly Entry[];
  /** Checks that did not hold, in words. */
  readonly failed: readonly string[];
}

/** Runs the course on a host. */
export async function record(host: Host): Promise<Transcript> {
  const { engine } = host;
  const entries: Entry[] = [];
  const failed: string[] = [];
  let before: Topology = await topology(engine);
  for await (const outcome of teach(course, host)) {
    const { lesson, step, seen } = outcome;
    const now = await topology(engine);
    const drawing = view(before, now, { colour: false, width: 80 }).slice(1);
    before = now;
    entries.push({ lesson, step, seen, drawing });
    failed.push(...failures(outcome));
  }
  return { entries, failed };
}

/**
 * Returns a transcript as text in which what differs between two runs on like engines has become symbols: ids, times,
 * ports and names that the engine chooses, subnets, and who the engine's own DNS server is.
 */
export function comparable(text: string): string {
  const symbols = new Map<string, string>();
  const symbol = (kind: string) => (found: string) => {
    const key = `${kind} ${found}`;
    if (!symbols.has(key)) {
      const place = [...symbols.keys()].filter((known) => known.startsWith(`${kind} `)).length + 1;
      symbols.set(key, `<${kind} ${place}>`);
    }
    return symbols.get(key)!;
  };
  return (
    inOneOrder(text)
      .replace(/\b[0-9a-f]{64}\b/g, (id) => id.slice(0, 12))
      .replace(/\b[0-9a-f]{12}\b/g, symbol("id"))
      .replace(/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, "<mac>")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, "<time>")
      .replace(/\d+\.\d{3}(?=[ /]|$)/gm, "<ms>")
      .replace(/(?<=ExtServers: \[)[^\]]*|(?<=^nameserver (?!127\.0\.0\.11))\S+$/gm, "<server>")
      // Up to 26.1 an engine goes on where it gave the last subnet, and after 172.31.0.0/16 comes 192.168.0.0/20.
      .replace(/\b(172\.\d+|192\.168\.(\d+))(?=\.\d)/g, (found: string, _, third?: string) => {
        if (third === undefined) return symbol("subnet")(found);
        const within = Number(third) % 16;
        return `${symbol("subnet")(`192.168.${Number(third) - within}`)}.${within}`;
      })
      .replace(/(?<=<subnet \d+>\.\d+\.\d+)\/(16|20)\b/g, "/<length>")
      .replace(/\b[a-z]+_[a-z]+\d?\b/g, symbol("name"))
      // The engines' alpine is made of Debian's BusyBox, which greets. The real one's does not.
      .replace(/\n\nBusyBox v.* built-in shell.*\nEnter 'help' .*\n\n/g, "")
      .replace(/^(Run|See) 'docker run --help'.*$/gm, "<hint>")
      // Columns are as wide as names are long.
      .replace(/[ ─]{2,}/g, "  ")
      .replace(/ +$/gm, "")
  );
}

/** Brings into the order of addresses, or of the alphabet, what engines print in an order of chance. */
function inOneOrder(text: string): string {
  return text
    .replace(/^ {8}"Containers": \{\n(.*?)\n {8}\}/gms, (found, inner: string) => {
      const each = inner.split(/,\n(?= {12}")/);
      const address = (container: string) => /"IPv4Address": "([^"]*)"/.exec(container)?.[1] ?? "";
      return found.replace(
        inner,
        each.sort((one, other) => (address(one) < address(other) ? -1 : 1)).join(",\n"),
      );
    })
    .replace(/(?<=has active endpoints \()(.*)(?=\)$)/gm, (endpoints) =>
      endpoints.split(", ").sort().join(", "),
    );
}

/** The commands and what they printed, as lines of a terminal. */
export function asText({ entries }: Transcript): string {
  return entries.map(({ step, seen }) => `${typedAndSeen(step, seen)}[${seen.exitCode}]\n`).join("");
}

/** A command and what it printed. */
export function typedAndSeen({ command }: Step, { stdout, stderr }: Seen): string {
  return `$ ${command}\n${stdout}${stderr}`;
}
