import { engineError } from "@dryharbor/sdk/port";
import { type BuildRules, buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { suggestion } from "./suggestion.js";

/** The flags that an instruction has. `list`: it may be there several times. */
export type FlagKinds = Readonly<Record<string, "text" | "bool" | "list">>;

/** The flags that are there: their values, and for a bool `true` or `false`. */
export type Flags = ReadonlyMap<string, string>;

/** Reads the flags of an instruction. @throws 400 for one that it does not have, or has twice */
export function readFlags(release: Release, given: readonly string[], kinds: FlagKinds): Flags {
  const builds = buildsOf(release);
  const flags = new Map<string, string>();
  for (const word of given) {
    if (word === "--") break;
    const equals = word.indexOf("=");
    const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
    const value = equals < 0 ? undefined : word.slice(equals + 1);
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) {
      const hint = builds.suggests ? suggestion(name, Object.keys(kinds), { caseMatters: true }) : "";
      throw engineError(400, `${builds.flagProblem("unknown flag", name)}${hint}`);
    }
    if (flags.has(name) && kind !== "list") {
      throw engineError(400, builds.flagProblem("duplicate flag specified", name));
    }
    flags.set(name, kind === "bool" ? readBool(builds, name, value) : readText(builds, name, value));
  }
  return flags;
}

function readText(builds: BuildRules, name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw engineError(400, builds.flagProblem("missing a value on flag", name));
}

function readBool(builds: BuildRules, name: string, value: string | undefined): string {
  if (value === "") throw engineError(400, builds.flagProblem("missing a value on flag", name));
  const lower = value?.toLowerCase() ?? "true";
  if (lower === "true" || lower === "false") return lower;
  throw engineError(400, builds.notBoolean(name, value ?? ""));
}
