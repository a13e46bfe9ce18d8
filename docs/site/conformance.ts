// Writes what the conformance tests know of themselves as Markdown, into docs/generated: how much is recorded, and
// everything that is not compared, with its reason.

import { mkdir, writeFile } from "node:fs/promises";
import { refusals } from "../../packages/conformance/lab/refusals/index.js";
import { keptTraces } from "../../packages/conformance/lab/traces.js";
import * as excluded from "../../packages/conformance/src/compare/exclusions.js";
import * as loosened from "../../packages/conformance/src/compare/loosened.js";
import { releaseNames } from "../../packages/simulator/src/core/releases/row.js";

const { exclusions, forks, uncomparedCalls, ungeneratedCommands, unmodelledInputs, ...overHttp } = excluded;
const { unservedInputs, unservedRoutes, wireExclusions, wireForks, ...restExcluded } = overHttp;
const { loosenedFields, loosenedTexts, loosenedLists, loosenedAnswers, loosenedEvents, ...others } = loosened;
const { repeatedEvents, loosenedAttributes, loosenedHeaders, loosenedWire, ...restLoosened } = others;
const untold = [...Object.keys(restExcluded), ...Object.keys(restLoosened)];
if (untold.length > 0)
  throw new Error(`the page "What is not compared" has to tell of ${untold.join(", ")}, too`);

const code = (text: string): string => `\`${text}\``;
const all = (texts: Iterable<string>): string => [...texts].map(code).join(", ");

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Rows with the same reason become one. */
function byReason(rows: readonly { readonly what: string; readonly reason: string }[]): string {
  const whats = new Map<string, Set<string>>();
  for (const { what, reason } of rows) whats.set(reason, (whats.get(reason) ?? new Set()).add(what));
  return table(
    ["what", "why"],
    [...whats].map(([reason, of]) => [[...of].join("; "), reason]),
  );
}

/** Which fields of what are not compared, as rows: those with one reason become one row. */
function excludedValues(): string {
  const reasons = [...new Set(exclusions.map(({ reason }) => reason))];
  return table(
    ["what", "why"],
    reasons.map((wanted) => {
      const values = exclusions.filter(({ reason }) => reason === wanted);
      const inAnswers = values.filter(({ path: [entry] }) => entry === "outcome");
      const inInspects = values.filter(({ path: [entry] }) => entry !== "outcome");
      const fields = new Set([
        ...inAnswers.map(({ path }) => path.slice(2).join(".")),
        ...inInspects.map(({ path }) => path.slice(1).join(".")),
      ]);
      const places = inInspects.length > 0 ? "of an answer, and of a container's inspect" : "of an answer";
      return [`${all(fields)} ${places}`, wanted];
    }),
  );
}

const notCompared = `
## Values that are not compared

${excludedValues()}

## Calls that are not generated

${table(
  ["call", "why"],
  Object.entries(uncomparedCalls).map(([call, reason]) => [code(call), reason]),
)}

## Commands that are not generated

${table(
  ["such as", "why"],
  ungeneratedCommands.map(({ example, reason }) => [
    code(`${example.call} ${JSON.stringify(example.args).slice(1, -1)}`),
    reason,
  ]),
)}

## Where a sequence ends

After some commands the state of a real engine is a matter of chance. Then only the success of the command is compared, and
the sequence ends.

${[...forks, ...wireForks].map(({ reason }) => `- ${reason}`).join("\n")}

## Fields that are accepted, shown, and not modelled

The simulator reads these fields of requests, refuses what an engine refuses of them, and shows them as the engine does. They
have no other effect.

${table(
  ["in", "fields", "why"],
  unmodelledInputs.map(({ of, fields, reason }) => [of, all(Object.keys(fields)), reason]),
)}

## What is compared in part

${byReason(Object.entries(loosenedFields).map(([field, reason]) => ({ what: code(field), reason })))}

These are parts of texts, lists, answers, events and headers:

${table(
  ["what", "why"],
  [
    ...loosenedTexts.map(({ by, reason }) => [`a part of a text, shown as ${code(by)}`, reason]),
    ...loosenedLists.map(({ list, reason }) => [
      `the order of the list after ${code(/\(\?<=(.*?)\)/.exec(list.source)![1]!.replace(/\\/g, ""))}`,
      reason,
    ]),
    ...Object.entries(loosenedAnswers).map(([call, { to, reason }]) => [
      `the answer of ${code(call)}: ${to}`,
      reason,
    ]),
    [`the order of ${all(loosenedEvents.actions)} among the events of one command`, loosenedEvents.reason],
    ...repeatedEvents.map(({ actions, reason }) => [
      `how often ${all(actions)} come from one command`,
      reason,
    ]),
    ...Object.entries(loosenedAttributes).map(([name, { reason }]) => [
      `the attribute ${code(name)} of events`,
      reason,
    ]),
    [`the headers ${all(loosenedHeaders.names)}`, loosenedHeaders.reason],
    ...Object.values(loosenedWire).map(({ by, reason }) => [
      `a part of an answer over HTTP, shown as ${code(by)}`,
      reason,
    ]),
  ],
)}

## Over HTTP

${table(
  ["answer", "what is not compared", "why"],
  wireExclusions.map(({ target, what, reason }) => [
    code(target.source.replace(/[\\^$]/g, "")),
    what === "body" ? "its body" : "the order of its list",
    reason,
  ]),
)}

Routes that a real engine serves, and the simulator answers with 501: ${all(unservedRoutes)}. They need BuildKit, a plugin or
a swarm's scheduler, or they show the inside of the engine's own process.

Inputs that it refuses:

${table(
  ["request", "answer", "why"],
  unservedInputs.map(({ request, status, message, reason }) => [
    code(request),
    `${status}: ${message}`,
    reason,
  ]),
)}
`;

const traces = [...(await keptTraces("recorded")).values(), ...(await keptTraces("regressions")).values()];
const figures = `
${table(
  ["release", "recorded sequences", "commands in them", "refusals with their words"],
  releaseNames.map((release) => {
    const own = traces.filter((trace) => trace.release === release);
    const steps = own.reduce((sum, { steps }) => sum + steps.length, 0);
    return [release, `${own.length}`, steps.toLocaleString("en"), `${refusals.length}`];
  }),
)}
`;

const folder = new URL("../generated/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(new URL("not-compared.md", folder), notCompared.trimStart());
await writeFile(new URL("figures.md", folder), figures.trimStart());
