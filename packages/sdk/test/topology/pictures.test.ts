import fc from "fast-check";
import { expect, it } from "vitest";
import { columns, visible } from "../../src/topology/text.js";
import { draw, mermaid, svg, type Topology } from "../../src/topology.js";
import { topologies } from "./generated.js";
import { parseXml, type XmlElement } from "./xml.js";

/** Two moments, of which the pictures show the second and what has changed. */
const moments = fc.record({ topology: topologies, since: topologies });
const parameters = { numRuns: 300 };

/** The texts that a picture has to have: names of what there is to see, as characters that can be seen. */
function namesOf({ networks, containers }: Topology): string[] {
  const running = containers.filter(({ state }) => state === "running" || state === "paused");
  return [
    ...networks.map(({ name }) => name),
    ...running.map(({ name }) => name),
    ...running.flatMap(({ endpoints }) =>
      endpoints.flatMap(({ aliases, links }) => [...aliases, ...links.map(({ alias }) => alias)]),
    ),
  ].map(visible);
}

function textsOf(element: XmlElement): string[] {
  return element.children.flatMap((child) => {
    if (typeof child === "string") return [];
    return child.tag === "text" ? [child.children.join("")] : textsOf(child);
  });
}

it("names are only text in the SVG, whatever they are", () => {
  fc.assert(
    fc.property(moments, fc.string({ unit: "binary" }), ({ topology, since }, title) => {
      const root = parseXml(svg(topology, { since, title }));
      const tags = new Set(root.children.flatMap((child) => (typeof child === "string" ? [] : [child.tag])));
      expect(["title", "desc", "style", "rect", "text", "path", "circle"]).toEqual(
        expect.arrayContaining([...tags]),
      );
      const texts = textsOf(root);
      for (const name of namesOf(topology)) expect(texts.some((text) => text.includes(name))).toBe(true);
    }),
    parameters,
  );
});

it("names are only text in Mermaid, whatever they are", () => {
  fc.assert(
    fc.property(moments, ({ topology, since }) => {
      const source = mermaid(topology, { since });
      const label = `"((?:[a-zA-Z0-9 .,:/()_-]|#\\d+;|<br>)*)"`;
      const line = new RegExp(
        [
          "flowchart LR",
          `  network\\d+\\{\\{${label}\\}\\}`,
          `  host\\(\\[${label}\\]\\)`,
          `  (?:container\\d+|empty)\\[${label}\\]`,
          `  network\\d+ (?:---|-- ${label} ---) container\\d+`,
          `  host -- ${label} --> container\\d+`,
          "  classDef (?:added|changed|removed) [\\w:#,-]+",
          "  class [\\w,]+ (?:added|changed|removed)",
        ]
          .map((form) => `^${form}$`)
          .join("|"),
      );
      const texts: string[] = [];
      for (const each of source.trimEnd().split("\n")) {
        const found = line.exec(each);
        expect(found, each).not.toBeNull();
        const shown = found!.slice(1).find((group) => group !== undefined);
        if (shown === undefined) continue;
        texts.push(
          shown.replace(/<br>/g, "\n").replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
        );
      }
      for (const name of namesOf(topology)) expect(texts.some((text) => text.includes(name))).toBe(true);
    }),
    parameters,
  );
});

it("a drawing fits the terminal, and nothing in it acts on the terminal", () => {
  fc.assert(
    fc.property(moments, fc.integer({ min: 32, max: 200 }), ({ topology, since }, width) => {
      const plain = draw(topology, { since, width });
      for (const line of plain.split("\n")) expect(columns(line)).toBeLessThanOrEqual(width);
      expect(plain.replaceAll("\n", "")).not.toMatch(/\p{C}/u);
      const coloured = draw(topology, { since, width, colour: true });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such
      const uncoloured = coloured.replace(/\x1b\[[\d;]+m/g, "");
      expect(uncoloured).toBe(plain);
    }),
    parameters,
  );
});

it("a wide drawing leaves nothing out", () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const drawn = draw(topology, { width: 10_000 });
      // Blanks at the end of a line are left out.
      for (const name of namesOf(topology)) expect(drawn).toContain(name.trimEnd());
    }),
    parameters,
  );
});
