// The picture of a topology in the language of Mermaid, for Markdown.
import { type Mark, marked, pictureOf } from "./picture.js";
import type { Topology } from "./topology.js";

/** How {@link mermaid} draws. */
export interface MermaidOptions {
  /** An earlier topology: what has changed since is coloured, and marked `+` (new), `~` (changed) or `-` (gone). */
  readonly since?: Topology;
}

/**
 * Draws a topology as a flowchart of Mermaid: networks and the containers that run, joined by lines that say the
 * address and the further names, and what the host publishes. Whatever names there are, they are only text in it.
 *
 * @example
 * await writeFile("networks.md", `\`\`\`mermaid\n${mermaid(await topology(engine))}\`\`\`\n`);
 */
export function mermaid(topology: Topology, { since }: MermaidOptions = {}): string {
  const { lanes, rows } = pictureOf(topology, since);
  const nodesOf: Record<Mark, string[]> = { added: [], changed: [], removed: [] };
  const lines = ["flowchart LR"];

  const nodes = new Map<string, string>();
  for (const [index, { id, name, kind, subnets, mark }] of lanes.entries()) {
    const node = `network${index}`;
    nodes.set(id, node);
    if (mark) nodesOf[mark].push(node);
    lines.push(`  ${node}{{${label([marked(mark, name), kind, ...subnets])}}}`);
  }
  if (rows.some(({ doors }) => doors.length > 0)) lines.push(`  host([${label(["the host"])}])`);
  for (const [index, { name, notes, mark, doors, berths }] of rows.entries()) {
    const node = `container${index}`;
    if (mark) nodesOf[mark].push(node);
    lines.push(`  ${node}[${label([marked(mark, name), ...notes])}]`);
    for (const [network, berth] of berths) {
      const [address = "", ...names] = berth.lines;
      const text = [marked(berth.mark, address), ...names].filter((line) => line !== "");
      const line = text.length === 0 ? "---" : `-- ${label(text)} ---`;
      lines.push(`  ${nodes.get(network)} ${line} ${node}`);
    }
    for (const door of doors) {
      lines.push(`  host -- ${label([marked(door.mark, door.label)])} --> ${node}`);
    }
  }
  if (lines.length === 1) lines.push(`  empty[${label(["no networks of your own"])}]`);
  for (const [mark, those] of Object.entries(nodesOf) as [Mark, string[]][]) {
    if (those.length > 0) lines.push(`  classDef ${mark} ${looks[mark]}`, `  class ${those.join()} ${mark}`);
  }
  return `${lines.join("\n")}\n`;
}

const looks: Readonly<Record<Mark, string>> = {
  added: "stroke:#2da44e,stroke-width:3px",
  changed: "stroke:#bf8700,stroke-width:3px",
  removed: "stroke:#cf222e,stroke-width:2px,stroke-dasharray:4",
};

/** A quoted label of several lines. */
function label(lines: readonly string[]): string {
  return `"${lines.map(escaped).join("<br>")}"`;
}

/**
 * Writes everything that may mean something to Mermaid, or to the Markdown and the HTML that it makes of labels, by
 * its number. That are also points and dashes before a blank, which would begin a list, and outer underscores.
 */
function escaped(text: string): string {
  return text.replace(
    /[^a-zA-Z0-9 .,:/()_-]|[.-](?=\s)|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])/gu,
    (character) => {
      return `#${character.codePointAt(0)};`;
    },
  );
}
