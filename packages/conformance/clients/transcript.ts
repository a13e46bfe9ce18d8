// Makes the output of a client comparable: replaces what differs between two like engines, applies the rules
// of `chance.ts` and `exclusions.ts`, and lists the differences that remain.

import { inOrder } from "../src/normalise/normalise.js";
import { symbols } from "../src/normalise/symbols.js";
import { chances } from "./chance.js";
import { exclusions } from "./exclusions.js";
import type { Step } from "./shell.js";

/** Returns a scenario's steps with everything replaced that differs between two like engines. */
export function normalTranscript(steps: readonly Step[], paths: readonly string[]): Step[] {
  const names = symbols();
  for (const path of paths) names.learnText(path, "directory");
  const port = ephemeralPorts();
  const plain = (text: string) => ageless(names.text(text));
  const whole = wholeIds(steps);

  return steps.map(({ line, stdout, stderr, ...rest }, index) => {
    const rules = [...exclusions, ...chances].filter(({ where }) => where.test(line));
    const steady = (text: string) =>
      rules.reduce(
        (text, { apply }) => apply(text, plain),
        inOrder(withoutSwarmIds(withoutPadding(text)), plain),
      );
    const parts = { stdout: steady(stdout), stderr: steady(stderr) };
    // An id is named after the line that showed it first, so that one id too many does not rename the later
    // ones.
    for (const [id] of `${parts.stdout}\n${parts.stderr}`.matchAll(ids)) {
      names.learnId(whole.get(id.slice(0, 12))!, `id of ${index + 1}`);
    }
    return { line, ...rest, stdout: port(plain(parts.stdout)), stderr: port(plain(parts.stderr)) };
  });
}

const ids = /\b[0-9a-f]{12,64}\b/g;

/** Maps each short id to the longest form that was seen. Short ids are the first twelve digits. */
function wholeIds(steps: readonly Step[]): Map<string, string> {
  const whole = new Map<string, string>();
  for (const { stdout, stderr } of steps) {
    for (const [id] of `${stdout}\n${stderr}`.matchAll(ids)) {
      const short = id.slice(0, 12);
      if (id.length > (whole.get(short)?.length ?? 0)) whole.set(short, id);
    }
  }
  return whole;
}

const time = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?( UTC)?/g;
const age = /\b(Less than a second|About an? \w+|\d+ (second|minute|hour|day|week|month|year)s?)( ago)?/g;

function ageless(text: string): string {
  return text
    .replace(/\b[0-9a-f]{8}-([0-9a-f]{4}-){3}([0-9a-f]{12}|<id[^>]*>)/g, "<uuid>")
    .replace(/<time \d+>/g, "<time>")
    .replace(time, (found) => (found.startsWith("0001-01-01") ? found : "<time>"))
    .replace(age, "<age>")
    .replace(/<mac \d+>/g, "<mac>");
}

/** Replaces the ids of a swarm: 25 digits and letters, some of which may look like another id. */
function withoutSwarmIds(text: string): string {
  return text
    .replace(/\bSWMTKN-1-[0-9a-z]{50}-[0-9a-z]{25}\b/g, "<token>")
    .replace(/\b(?=[a-z0-9]*[0-9])[a-z0-9]{25}\b/g, "<swarm id>");
}

/** Removes the padding of tables, whose columns are as wide as their ages and ids. */
function withoutPadding(text: string): string {
  return text
    .replace(/\r/g, "\\r")
    .replace(/(?<=\S)( {2,}|\t+)(?=\S)/g, "  ")
    .replace(/ +$/gm, "");
}

/** Numbers the ports that the engine chose, in the order in which they are shown. */
function ephemeralPorts(): (text: string) => string {
  const seen = new Map<string, string>();
  return (text) =>
    text.replace(/(?<=:|Port":"|PublicPort":|-)(3[2-9]|[45]\d|60)\d{3}\b/g, (port) => {
      if (Number(port) < 32_768) return port;
      if (!seen.has(port)) seen.set(port, `<port ${seen.size + 1}>`);
      return seen.get(port)!;
    });
}

/** A line that two engines answered differently, for people to read. */
export interface Difference {
  readonly line: string;
  readonly text: string;
}

/** Compares step by step what `real` and `other` printed for the same lines. */
export function differences(real: readonly Step[], other: readonly Step[]): Difference[] {
  return real.flatMap((step, index) => {
    const against = other[index]!;
    const parts = (["stdout", "stderr", "code"] as const).flatMap((part) => {
      const [one, two] = [String(step[part]), String(against[part])];
      return one === two ? [] : [`${part}:\n${changed(one, two)}`];
    });
    return parts.length === 0 ? [] : [{ line: step.line, text: parts.join("\n") }];
  });
}

/** Shows the lines that differ, by the longest common subsequence. */
function changed(one: string, two: string): string {
  const [a, b] = [one.split("\n"), two.split("\n")];
  // common[i][j] is the number of lines that a from i and b from j have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
    } else if (j === b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push(`  - ${a[i++]}`);
    } else lines.push(`  + ${b[j++]}`);
  }
  return lines.join("\n");
}
