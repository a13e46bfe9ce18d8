import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { dockerCommand } from "@dryharbor/docker-cli";
import { type ReleaseName, releaseNames } from "@dryharbor/simulator";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCli } from "../clients/cli/compare.js";
import { engineForCli } from "../clients/cli/engine-for-cli.js";
import { replayCli } from "../clients/cli/recording.js";
import { cliFolders, cliScenarios } from "../clients/cli/scenarios.js";
import { labRoot } from "../clients/clients.js";
import { simulatedSide } from "../clients/sides.js";
import { drawn } from "../lab/drawn.js";

// These need the clients of tools/engine-lab, and no engines.
const lab = fileURLToPath(new URL("../../../tools/engine-lab/engine-lab.sh", import.meta.url));

/**
 * A line costs a quarter of a second of a processor, nearly all of it the start of the real docker: all scenarios take
 * five minutes a release.
 */
const parts = 6;
const seed = process.env.DRYHARBOR_SEED;

/**
 * The pairs of an engine and a docker command: each release with its own, and 29 with the one of 28.5, too, which is the
 * only one for it where nobody has adopted its own.
 */
const pairs: readonly (readonly [release: ReleaseName, cli: ReleaseName])[] = [
  ...releaseNames.map((release) => [release, labRoot(release)] as const),
  ...(labRoot("29") === "29" ? [["29", "28.5"] as const] : []),
];

/** The names of the scenarios of a part. */
async function drawnNames(shift: number): Promise<readonly string[]> {
  return drawn(await cliScenarios(cliFolders), parts, shift).map(({ name }) => name);
}

describe("the docker command in TypeScript prints what the real one prints", () => {
  // Side by side, since a line that waits leaves the processors to the others.
  it.concurrent.each(pairs)("on %s, the one of %s", { timeout: 3_600_000 }, async (release, cli) => {
    const names = await drawnNames(2 * releaseNames.indexOf(release) + (release === cli ? 0 : 1));
    const comparison = { release, cli, folders: cliFolders, wanted: (name: string) => names.includes(name) };
    const { commands, differing } = await compareCli(comparison, console.log);
    // Commands that fail to start would agree on both sides.
    expect(commands).toBeGreaterThan(50);
    if (differing.size === 0) return;
    // What two programs that run at once print may differ by chance, and then agrees in a second run.
    const again = await compareCli({ ...comparison, wanted: (name) => differing.has(name) }, console.log);
    expect(again.differences).toBe(0);
  });
});

describe("the docker command in TypeScript prints what was recorded of the real one", () => {
  it("29", { timeout: 3_600_000 }, async () => {
    const names = await drawnNames(1);
    const { commands, differing } = await replayCli("29", (name) => names.includes(name), console.log);
    expect(commands).toBeGreaterThan(50);
    if (differing.size === 0) return;
    const again = await replayCli("29", (name) => differing.has(name), console.log);
    expect(again.differences).toBe(0);
  });
});

const field = fc.constantFrom(
  ...[".Name", ".Id", ".Driver", ".Internal", ".Labels", ".Options", ".IPAM", ".IPAM.Config", ".IPAM.Driver"],
  ...[
    ".Containers",
    ".Created",
    ".EnableIPv6",
    ".Peers",
    ".Nope",
    ".IPAM.Nope",
    ".Name.x",
    ".",
    "$",
    "$x",
    "nil",
  ],
);
const constant = fc.constantFrom("1", "-3", "1.5", '"a"', '"a-b"', "`raw`", "true", "'c'", "0x1f");
const called = fc.constantFrom(
  ...[
    "json",
    "upper",
    "lower",
    "title",
    "len",
    "not",
    "print",
    "println",
    "html",
    "js",
    "urlquery",
    "index",
    "slice",
  ],
  ...["split", "join", "truncate", "pad", "printf", "eq", "ne", "lt", "le", "gt", "ge", "and", "or", "nope"],
);
const { pipeline } = fc.letrec<{ pipeline: string; command: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 2 },
    field,
    constant,
    tie("pipeline").map((inner) => `(${inner})`),
  ),
  command: fc.oneof(
    tie("operand"),
    fc
      .tuple(called, fc.array(tie("operand"), { maxLength: 3 }))
      .map(([name, rest]) => [name, ...rest].join(" ")),
  ),
  pipeline: fc.array(tie("command"), { minLength: 1, maxLength: 2 }).map((commands) => commands.join(" | ")),
}));
const action = fc.oneof(
  { weight: 4, arbitrary: pipeline.map((inner) => `{{${inner}}}`) },
  pipeline.map((inner) => `{{if ${inner}}}yes{{else}}no{{end}}`),
  pipeline.map((inner) => `{{range ${inner}}}[{{.}}]{{else}}none{{end}}`),
  pipeline.map((inner) => `{{range $i, $x := ${inner}}}{{$i}}={{$x}} {{end}}`),
  pipeline.map((inner) => `{{with $x := ${inner}}}{{$x}}{{end}}`),
  fc.constantFrom(
    "text",
    "{{- 1 -}}",
    " {{/* nothing */}} ",
    "{{end}}",
    "{{",
    "}}",
    '{{define "t"}}<{{.}}>{{end}}{{template "t" .Name}}',
  ),
);

describe("generated templates print what they print by the real command", () => {
  // A retry would draw other templates, so that it proves nothing about these.
  it.concurrent.each(pairs)(
    "on %s, the one of %s",
    { timeout: 3_600_000, retry: 0 },
    async (release, cli) => {
      const side = await simulatedSide(release);
      const engine = engineForCli(side.url, cli);
      try {
        const own = dockerCommand(engine, { release: cli });
        await own([
          "network",
          "create",
          "--label",
          "a=1",
          "--label",
          "b-c=2",
          "--subnet",
          "10.70.0.0/24",
          "t",
        ]);
        const property = fc.asyncProperty(
          fc.array(action, { minLength: 1, maxLength: 3 }),
          async (actions) => {
            const words = ["network", "inspect", "t", "--format", actions.join("")];
            expect(comparable(await own(words))).toEqual(comparable(await realDocker(cli, side.url, words)));
          },
        );
        await fc.assert(property, { numRuns: seed === undefined ? 100 : 40 });
      } finally {
        await engine.close();
        await side.close();
      }
    },
  );
});

/**
 * What is compared. Of a mistake only that it is one: which of several the message names, and how it shows values that
 * cannot be compared, still differs in rare templates. `cli/scenarios/templates.txt` compares messages.
 */
const comparable = ({ stderr, ...others }: { exitCode: number; stdout: string; stderr: string }) => ({
  ...others,
  isMistake: stderr !== "",
});

async function realDocker(cli: ReleaseName, host: string, words: readonly string[]) {
  const run = promisify(execFile);
  const env = { ...process.env, DOCKER_HOST: host, TZ: "UTC" };
  try {
    const { stdout, stderr } = await run(lab, ["client", cli, "docker", ...words], { env });
    return { exitCode: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}
