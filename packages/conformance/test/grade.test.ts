import { type Engine, ForbiddenError } from "@dryharbor/sdk/port";
import { describe, expect, it } from "vitest";
import { labSimulator } from "../lab/simulator.js";
import { keptTraces } from "../lab/traces.js";
import { disposable, grade, gradeAsHtml, gradeAsMarkdown } from "../src/index.js";

const release = "28.5";
const [trace] = [...(await keptTraces("recorded")).values()].filter((each) => each.release === release);

/** A simulator that is not right in one thing. */
function wrong(change: (engine: Engine) => Partial<Engine>): Engine {
  const engine = labSimulator(release);
  return { ...engine, ...change(engine) };
}

const graded = (create: () => Engine, commands: number, shrinkMilliseconds = 0) =>
  grade({
    subject: disposable(create),
    reference: disposable(() => labSimulator(release)),
    traces: [trace!],
    commands,
    seed: 3,
    shrinkMilliseconds,
  });

describe("a grade", () => {
  it("is whole for an engine that is right", async () => {
    const { concepts, kinds, comparisons, agreed, brokenOff } = await graded(() => labSimulator(release), 80);
    expect(kinds).toEqual([]);
    expect(agreed).toBe(comparisons);
    expect(brokenOff).toBe(0);
    expect(concepts.map(({ concept }) => concept)).toEqual(
      expect.arrayContaining([
        "networks",
        "IPAM",
        "endpoints",
        "DNS",
        "containers",
        "lifecycle",
        "events",
        "errors",
      ]),
    );
    for (const each of concepts) expect(each.agreed, each.concept).toBe(each.comparisons);
  });

  it("tells in which concept an engine differs, and goes on after that", async () => {
    const misled = () =>
      wrong(({ networks }) => ({
        networks: {
          ...networks,
          inspect: async (network, options) => ({
            ...(await networks.inspect(network, options)),
            Attachable: true,
          }),
        },
      }));
    const { concepts, kinds, brokenOff } = await graded(misled, 40);
    expect(brokenOff).toBe(0);
    expect(kinds.map(({ concept, place }) => [concept, place])).toEqual([
      ["networks", "network › Attachable"],
    ]);
    // Seen of the predefined networks, before there is a command.
    expect(kinds[0]).toMatchObject({ commands: [], disagreement: { expected: false, actual: true } });
    for (const { concept, comparisons, agreed } of concepts)
      expect(agreed < comparisons, concept).toBe(concept === "networks");
  });

  it("ends a sequence where one engine does what the other refuses, and finds a short script", async () => {
    const refuses = () =>
      wrong(({ networks }) => ({
        networks: {
          ...networks,
          // It is done, and called refused.
          connect: async (network, request) => {
            await networks.connect(network, request);
            throw new ForbiddenError("no more endpoints");
          },
        },
      }));
    const { kinds, brokenOff, sequences } = await graded(refuses, 80, 20_000);
    expect(brokenOff).toBeGreaterThan(0);
    expect(brokenOff).toBeLessThanOrEqual(sequences);
    const connect = kinds.find(({ place }) => place === "networks.connect › refused, and not done");
    expect(connect).toMatchObject({ concept: "endpoints" });
    expect(connect!.commands.map(({ call }) => call)).toEqual(["containers.create", "networks.connect"]);
  });

  it("tells of an engine that cannot run a container", async () => {
    const { kinds, brokenOff, sequences } = await graded(
      () =>
        wrong(({ containers }) => ({
          containers: { ...containers, start: () => containers.start("nobody") },
        })),
      40,
    );
    expect(brokenOff).toBe(sequences);
    expect(kinds.map(({ place }) => place)).toContain("what sequences begin with");
  });
});

it("a report has each concept and each kind, and names only as text", () => {
  const kind = {
    concept: "errors" as const,
    place: "networks.create › outcome › message › <b>`x`</b>",
    count: 2,
    commands: [{ call: "networks.create" as const, args: [{ Name: "</code><script>" }] }],
    disagreement: { path: ["outcome", "message"], expected: "a", actual: undefined },
  };
  const result = {
    commands: 1000,
    comparisons: 3000,
    agreed: 2999,
    sequences: 1,
    brokenOff: 0,
    concepts: [
      { concept: "DNS" as const, comparisons: 999, agreed: 999 },
      { concept: "errors" as const, comparisons: 2001, agreed: 2000 },
    ],
    kinds: [kind],
  };
  const heading = { engine: "Podman 5.8", release: "28.5", run: "seed 3" };
  const markdown = gradeAsMarkdown(result, heading);
  expect(markdown).toContain("# Podman 5.8, compared with Docker Engine 28.5");
  expect(markdown).toContain("| DNS | 999 | 999 | 100 % | 0 |\n| errors | 2001 | 2000 | 99.9 % | 1 |");
  expect(markdown).toContain("``networks.create › outcome › message › <b>`x`</b>``, 2 times:");
  expect(markdown).toContain('await engine.networks.create({ Name: "</code><script>" });');
  expect(markdown).toContain('expected `"a"`, found `nothing`');
  const html = gradeAsHtml(result, heading);
  expect(html).not.toMatch(/<script|<b>/);
  expect(html).toContain("&lt;/code&gt;&lt;script&gt;");
});
