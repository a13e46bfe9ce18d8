import type { ReleaseName } from "@dryharbor/simulator";

/** Lines that are run and not compared, each with its reason. */
const uncompared: readonly {
  readonly line: RegExp;
  readonly reason: string;
  /** The docker commands that the reason is true of. Default: all. */
  readonly cli?: readonly ReleaseName[];
}[] = [
  { line: /^docker plugin install /, reason: "the port has no call that installs a plugin" },
  {
    line: /^script .*docker run -it/,
    reason:
      "the small docker of this comparison leaves its terminal as it is; dryharbor's shell has a test of its own",
  },
  {
    line: /else with|\{\{\.Name\)\}\}|\{\{call /,
    reason:
      "Go 1.19, of which 20.10 is built, words three mistakes in templates otherwise; the parser speaks newer Go",
    cli: ["20.10"],
  },
  {
    line: /^docker (run --rm --name keyed|attach) --detach-keys ctrl-nope/,
    reason: "the engine of 20.10 tells this in the stream, which our port's attach does not begin",
    cli: ["20.10"],
  },
  {
    line: /^docker nope -/,
    reason: "before 28.5 docker shows its help here, and ours has texts of its own",
    cli: ["20.10", "26.1"],
  },
];

/** Whether what a line prints is compared, by the docker command of a release. */
export function isCompared(line: string, cli: ReleaseName): boolean {
  return !uncompared.some((each) => (each.cli?.includes(cli) ?? true) && each.line.test(line));
}
