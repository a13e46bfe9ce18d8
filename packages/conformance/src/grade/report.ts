// A grade for people: as Markdown and as a page.
import { script } from "../commands/script.js";
import type { Grade } from "./grade.js";
import type { Kind } from "./tally.js";

/** Whom a report is about. */
export interface ReportHeading {
  /** The engine that was graded, e.g. `Podman 5.8.1`. */
  readonly engine: string;
  /** The release that it was compared with, e.g. `28.5`. */
  readonly release: string;
  /** How the run can be repeated, e.g. `500 generated commands of seed 7`. */
  readonly run: string;
}

/** How many kinds of a concept are shown with their scripts; the others are listed. */
const shown = 12;

/** Writes a grade as Markdown: a table by concept, then each kind of disagreement with a script that shows it. */
export function gradeAsMarkdown(grade: Grade, heading: ReportHeading): string {
  const rows = grade.concepts.map(
    ({ concept, comparisons, agreed }) =>
      `| ${concept} | ${comparisons} | ${agreed} | ${percent(agreed, comparisons)} | ${kindsOf(grade, concept).length} |`,
  );
  const sections = grade.concepts.flatMap(({ concept }) => {
    const kinds = kindsOf(grade, concept);
    if (kinds.length === 0) return [];
    const [long, short] = [kinds.slice(0, shown), kinds.slice(shown)];
    return [
      `## ${concept}`,
      ...long.map(kindAsMarkdown),
      ...(short.length > 0
        ? [
            ["Also, less often:", ...short.map(({ place, count }) => `- ${code(place)} (${count})`)].join(
              "\n",
            ),
          ]
        : []),
    ];
  });
  return `${[`# ${titleOf(heading)}`, ...summary(grade, heading), ["| concept | comparisons | agreed | | kinds of disagreement |", "|---|---:|---:|---:|---:|", ...rows].join("\n"), ...sections].join("\n\n")}\n`;
}

function kindAsMarkdown({ place, count, commands, disagreement }: Kind): string {
  const { expected, actual } = disagreement;
  const lines = commands.length === 0 ? "// before the first command" : script(commands);
  return [
    `${code(place)}, ${times(count)}:`,
    `\`\`\`js\n${lines}\n\`\`\``,
    `expected ${code(show(expected))}, found ${code(show(actual))}`,
  ].join("\n\n");
}

/** Writes a grade as one HTML page that needs nothing else. */
export function gradeAsHtml(grade: Grade, heading: ReportHeading): string {
  const rows = grade.concepts.map(
    ({ concept, comparisons, agreed }) =>
      `<tr><th scope="row">${escaped(concept)}</th><td>${comparisons}</td><td>${agreed}</td><td><meter min="0" max="${comparisons}" value="${agreed}"></meter> ${percent(agreed, comparisons)}</td><td>${kindsOf(grade, concept).length}</td></tr>`,
  );
  const sections = grade.concepts.flatMap(({ concept }) => {
    const kinds = kindsOf(grade, concept);
    return kinds.length === 0 ? [] : [`<h2>${escaped(concept)}</h2>`, ...kinds.map(kindAsHtml)];
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(titleOf(heading))}</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  td { text-align: right; padding: 0.1rem 0.8rem; } th[scope=row] { text-align: left; }
  pre { overflow-x: auto; padding: 0.8rem; border: 1px solid; border-radius: 0.3rem; }
  code { overflow-wrap: anywhere; }
</style>
<h1>${escaped(titleOf(heading))}</h1>
${summary(grade, heading)
  .map((line) => `<p>${escaped(line)}</p>`)
  .join("\n")}
<table>
<thead><tr><th>concept</th><th>comparisons</th><th>agreed</th><th></th><th>kinds of disagreement</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
${sections.join("\n")}
</html>
`;
}

function kindAsHtml({ place, count, commands, disagreement: { expected, actual } }: Kind): string {
  const lines = commands.length === 0 ? "// before the first command" : script(commands);
  return `<details><summary><code>${escaped(place)}</code>, ${times(count)}</summary>
<pre><code>${escaped(lines)}</code></pre>
<p>expected <code>${escaped(show(expected))}</code>, found <code>${escaped(show(actual))}</code></p></details>`;
}

function titleOf({ engine, release }: ReportHeading): string {
  return `${engine}, compared with Docker Engine ${release}`;
}

function summary(grade: Grade, { run }: ReportHeading): string[] {
  const { commands, sequences, brokenOff, comparisons, agreed } = grade;
  return [
    `${percent(agreed, comparisons)} of ${comparisons} comparisons agree, after ${commands} commands (${run}).`,
    `A sequence ends where one engine does what the other refuses, since what follows would be a consequence: ${brokenOff} of ${sequences} did.`,
  ];
}

function kindsOf({ kinds }: Grade, concept: string): Kind[] {
  return kinds.filter((kind) => kind.concept === concept);
}

function percent(part: number, whole: number): string {
  // Nothing that differs is rounded away.
  const exact = whole === 0 ? 100 : (100 * part) / whole;
  return `${part === whole ? "100" : Math.min(exact, 99.9).toFixed(1)} %`;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}

/** A span of code, whatever is in it. */
function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)));
  const pad = /^`|`$/.test(text) ? " " : "";
  return `${fence}${pad}${text.replaceAll("\n", " ")}${pad}${fence}`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
