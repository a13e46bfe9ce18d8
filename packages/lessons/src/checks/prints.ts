import { fillIn } from "../level/fill-in.js";
import type { PrintsCheck } from "./check.js";
import { type Finding, held, missing, pattern, type Ran, type State } from "./state.js";

/** Judges what was printed by the last command, or by any that was typed and matches. */
export function judgePrints(check: PrintsCheck, state: State): Finding {
  const { command } = check;
  const candidates =
    command === undefined
      ? state.ran.slice(-1)
      : state.ran.filter((each) => pattern(command).test(each.command.trim()));
  const last = candidates.at(-1);
  if (!last) {
    return missing(
      command === undefined
        ? "no command has been typed yet"
        : `no command like ${plain(command)} has been typed yet`,
    );
  }
  const wanted = candidates.find((each) => fits(check, each, state));
  const what = describe(check, state);
  if (wanted) return held(`\`${wanted.command.trim()}\` ${what}`);
  return missing(`no command ${command === undefined ? "" : `like ${plain(command)} `}${what} yet`);
}

function fits({ contains, matches, lacks, exitCode }: PrintsCheck, { outcome }: Ran, state: State): boolean {
  const printed = `${outcome.stdout}${outcome.stderr}`.replaceAll("\r\n", "\n");
  return (
    (contains === undefined || printed.includes(fillIn(contains, state.topology))) &&
    (matches === undefined || pattern(matches, "m").test(printed)) &&
    (lacks === undefined || !printed.includes(fillIn(lacks, state.topology))) &&
    (exitCode === undefined || outcome.exitCode === exitCode)
  );
}

function describe({ contains, matches, lacks, exitCode }: PrintsCheck, { topology }: State): string {
  const parts = [
    ...(contains === undefined ? [] : [`has printed \`${fillIn(contains, topology)}\``]),
    ...(matches === undefined ? [] : [`has printed something like \`${matches}\``]),
    ...(lacks === undefined ? [] : [`has left out \`${fillIn(lacks, topology)}\``]),
    ...(exitCode === undefined ? [] : [exitCode === 0 ? "has gone well" : `has ended with ${exitCode}`]),
  ];
  return parts.join(" and ") || "has been typed";
}

/** A pattern as one reads it: without what is only there for the machine. */
function plain(source: string): string {
  return `\`${source
    .replace(/^\^|\$$/g, "")
    .replaceAll("\\b", "")
    .replaceAll(/\.\*|\\s\+/g, " … ")
    .replaceAll("\\", "")}\``;
}
