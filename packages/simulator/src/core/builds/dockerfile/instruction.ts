import { engineError, type Healthcheck } from "@dryharbor/sdk/port";
import { parseDuration } from "../../images/changes/duration.js";
import { quotedText } from "../../quote.js";
import { buildsOf } from "../../releases/builds.js";
import type { Release } from "../../releases/release.js";
import { InvalidNumber, parseInteger } from "../../strconv.js";
import { type FlagKinds, type Flags, readFlags } from "./flags.js";
import { heredocIn } from "./heredoc.js";
import { keyword, type Line } from "./line.js";
import { suggestion } from "./suggestion.js";

/** A name with its value. */
type Pair = readonly [name: string, value: string];

/** What COPY and ADD say. */
export interface CopyWords {
  readonly sources: readonly string[];
  readonly destination: string;
  readonly from: string;
  readonly chown: string;
  readonly chmod: string;
}

/** A command: words for a program, or one line for the shell. */
interface CommandWords {
  readonly words: readonly string[];
  readonly forShell: boolean;
}

/** What an instruction says, before variables become their values. */
export type Instruction = { readonly code: string } & (
  | {
      readonly kind: "FROM";
      readonly base: string;
      readonly stage: string;
      readonly platform: string;
    }
  | { readonly kind: "ENV"; readonly pairs: readonly Pair[] }
  | { readonly kind: "LABEL"; readonly pairs: readonly Pair[]; readonly expands: boolean }
  | { readonly kind: "ARG"; readonly pairs: readonly (readonly [string, string | undefined])[] }
  | ({ readonly kind: "COPY" | "ADD" } & CopyWords)
  | ({ readonly kind: "RUN"; readonly flags: readonly string[] } & CommandWords)
  | ({ readonly kind: "CMD" | "ENTRYPOINT" } & CommandWords)
  | { readonly kind: "HEALTHCHECK"; readonly check: Healthcheck }
  | { readonly kind: "EXPOSE"; readonly ports: readonly string[] }
  | { readonly kind: "VOLUME"; readonly paths: readonly string[] }
  | { readonly kind: "SHELL"; readonly words: readonly string[] }
  | { readonly kind: "ONBUILD"; readonly trigger: string }
  | { readonly kind: "MAINTAINER" | "USER" | "WORKDIR" | "STOPSIGNAL"; readonly value: string }
);

type Kind = Instruction["kind"];

const kinds: readonly Kind[] = [
  "ADD",
  "ARG",
  "CMD",
  "COPY",
  "ENTRYPOINT",
  "ENV",
  "EXPOSE",
  "FROM",
  "HEALTHCHECK",
  "LABEL",
  "MAINTAINER",
  "ONBUILD",
  "RUN",
  "SHELL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
];

/** Reads what a line says. @throws 400 */
export function readInstruction(release: Release, line: Line): Instruction {
  const name = keyword(line);
  const kind = kinds.find((one) => one === name);
  if (!kind) {
    const { suggests, namesUnknown } = buildsOf(release);
    const hint = suggests ? suggestion(line.name, kinds, { caseMatters: false }) : "";
    throw engineError(400, `unknown instruction: ${namesUnknown(line.name)}${hint}`);
  }
  return { code: line.original.trim(), ...contentOf(release, kind, line) } as Instruction;
}

function contentOf(release: Release, kind: Kind, line: Line): object {
  const { args } = line;
  const flags = (known: FlagKinds = {}): Flags => readFlags(release, line.flags, known);
  const one = (): string => {
    if (args.length !== 1) throw engineError(400, `${kind} requires exactly one argument`);
    return args[0] as string;
  };
  const some = (): readonly string[] => {
    if (args.length === 0) throw engineError(400, `${kind} requires at least one argument`);
    return args;
  };
  switch (kind) {
    case "FROM": {
      const stage = stageName(args);
      return { kind, base: args[0], stage, platform: flags({ platform: "text" }).get("platform") ?? "" };
    }
    case "ENV":
    case "LABEL": {
      flags();
      return { kind, pairs: pairsOf(kind, some()), expands: true };
    }
    case "ARG":
      return {
        kind,
        pairs: some().map((word) => {
          const equals = word.indexOf("=");
          if (equals === 0) throw engineError(400, "ARG names can not be blank");
          return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
        }),
      };
    case "COPY":
    case "ADD":
      return { kind, ...copyWords(release, kind, line) };
    case "RUN":
      return { kind, flags: [...runFlags(release, line).keys()], ...commandOf(line) };
    case "CMD":
    case "ENTRYPOINT":
      flags();
      return { kind, ...commandOf(line) };
    case "HEALTHCHECK":
      some();
      return { kind, check: healthcheck(release, line) };
    case "EXPOSE":
      some();
      flags();
      return { kind, ports: [...args].sort() };
    case "VOLUME": {
      some();
      flags();
      const paths = args.map((path) => path.trim());
      if (paths.includes("")) throw engineError(400, "VOLUME specified can not be an empty string");
      return { kind, paths };
    }
    case "SHELL":
      flags();
      some();
      if (!line.isList) {
        throw engineError(400, `SHELL requires the arguments to be in JSON form`);
      }
      return { kind, words: args };
    case "ONBUILD":
      some();
      flags();
      return { kind, trigger: trigger(line) };
    case "STOPSIGNAL":
      return { kind, value: one() };
    default: {
      const value = one();
      flags();
      return { kind, value };
    }
  }
}

function stageName(args: readonly string[]): string {
  const [, as = "", name = ""] = args;
  if (args.length === 3 && as.toLowerCase() === "as") {
    const stage = name.toLowerCase();
    if (/^[a-z][a-z0-9-_.]*$/.test(stage)) return stage;
    const rule = "name can't start with a number or contain symbols";
    throw engineError(400, `invalid name for build stage: ${quotedText(name)}, ${rule}`);
  }
  if (args.length !== 1) throw engineError(400, "FROM requires either one or three arguments");
  return "";
}

function pairsOf(kind: "ENV" | "LABEL", args: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  for (let at = 0; at < args.length; at += 2) {
    if (args[at] === "") throw engineError(400, `${kind} names can not be blank`);
    pairs.push([args[at] as string, args[at + 1] as string]);
  }
  return pairs;
}

function copyWords(release: Release, kind: "COPY" | "ADD", line: Line): CopyWords {
  const { args } = line;
  if (args.length < 2) {
    throw engineError(
      400,
      `${kind} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  }
  const { knowsLink, knowsExclude } = buildsOf(release);
  const flags = readFlags(release, line.flags, {
    chown: "text",
    chmod: "text",
    ...(kind === "COPY" && { from: "text" }),
    ...(knowsLink && { link: "bool" }),
    ...(knowsExclude && { exclude: "list" }),
    ...(kind === "ADD" && knowsLink && { "keep-git-dir": "bool", checksum: "text" }),
    ...(kind === "ADD" && knowsExclude && { unpack: "bool" }),
  });
  const destination = args.at(-1) as string;
  const isText = (word: string) => buildsOf(release).readsHeredocs && readsAsHeredoc(release, word);
  if (isText(destination)) {
    throw engineError(400, `${kind} cannot accept a heredoc as a destination`);
  }
  return {
    sources: args.slice(0, -1).filter((source) => !isText(source)),
    destination,
    from: flags.get("from") ?? "",
    chown: flags.get("chown") ?? "",
    chmod: flags.get("chmod") ?? "",
  };
}

function readsAsHeredoc(release: Release, word: string): boolean {
  try {
    return heredocIn(release, word) !== undefined;
  } catch {
    return false;
  }
}

/** BuildKit's flags of RUN are known, and refused when it is carried out. */
function runFlags(release: Release, line: Line): Flags {
  return readFlags(release, line.flags, buildsOf(release).runFlags);
}

function commandOf({ args, isList }: Line): CommandWords {
  if (isList) return { words: args, forShell: false };
  return { words: args.length === 0 ? [] : [args.join(" ")], forShell: true };
}

function trigger({ args, original, heredocs }: Line): string {
  const name = (args[0] as string).trim().toUpperCase();
  if (name === "ONBUILD") {
    throw engineError(400, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  }
  if (name === "MAINTAINER" || name === "FROM") {
    throw engineError(400, `${name} isn't allowed as an ONBUILD trigger`);
  }
  const texts = heredocs.map(({ content, name: end }) => `\n${content}${end}`).join("");
  return original.replace(/^\s*ONBUILD\s*/i, "") + texts;
}

function healthcheck(release: Release, line: Line): Healthcheck {
  const [spelt = "", ...args] = line.args;
  const type = spelt.toUpperCase();
  if (type === "NONE") {
    if (args.length > 0) throw engineError(400, "HEALTHCHECK NONE takes no arguments");
    return { Test: ["NONE"] };
  }
  const flags = readFlags(release, line.flags, {
    interval: "text",
    timeout: "text",
    "start-period": "text",
    ...(buildsOf(release).knowsStartInterval && { "start-interval": "text" }),
    retries: "text",
  });
  if (type !== "CMD") throw engineError(400, `Unknown type ${quotedText(type)} in HEALTHCHECK (try CMD)`);
  const words = line.isList ? args : args.length === 0 ? [] : [args.join(" ")];
  if (words.length === 0) throw engineError(400, "Missing command after HEALTHCHECK CMD");
  const times = Object.fromEntries(
    durations.flatMap(([flag, field]) => {
      const time = interval(flag, flags.get(flag) ?? "");
      return time === 0 ? [] : [[field, time]];
    }),
  );
  const retries = retriesOf(release, flags.get("retries") ?? "");
  return {
    Test: [line.isList ? "CMD" : "CMD-SHELL", ...words],
    ...times,
    ...(retries > 0 && { Retries: retries }),
  };
}

const durations = [
  ["interval", "Interval"],
  ["timeout", "Timeout"],
  ["start-period", "StartPeriod"],
  ["start-interval", "StartInterval"],
] as const;

function interval(flag: string, text: string): number {
  if (text === "") return 0;
  const time = parseDuration(text);
  if (time === undefined) throw engineError(400, `time: invalid duration ${quotedText(text)}`);
  if (time !== 0 && time < 1e6) {
    throw engineError(400, `Interval ${quotedText(flag)} cannot be less than 1ms`);
  }
  return time;
}

function retriesOf(release: Release, text: string): number {
  if (text === "") return 0;
  let retries: number;
  try {
    retries = parseInteger(text);
  } catch (error) {
    if (!(error instanceof InvalidNumber)) throw error;
    throw engineError(400, error.message.replace("Atoi", "ParseInt"));
  }
  const { least, problem } = buildsOf(release).fewestRetries;
  if (retries < least) throw engineError(400, problem(retries));
  return retries;
}
