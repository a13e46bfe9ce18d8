import { type Column, column, type ReleaseName, row, since26, since28 } from "./row.js";

const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

interface HealthcheckNote {
  /** Its values are as Go's `%q` writes them, as `%v` does, or as `%+v` does, with names. */
  readonly style: "quoted" | "plain" | "named";
  readonly startInterval: boolean;
}

/**
 * Differences between releases in the classic builder. The comment of a boolean row describes `true`. "Seen" names what
 * showed the difference.
 */
const buildsRows = {
  /** `${a#b}`, `${a%b}`, `${a/b/c}`, and `${a-b}` without a colon. Seen: ENV. */
  knowsAllModifiers: since26(false, true),

  /** `${a:#b}` is refused. Read in moby's source. */
  refusesColonBeforePattern: since28(false, true),

  /** A message about a misspelt instruction or flag names a similar one. Seen: `RUNN`. */
  suggests: since26(false, true),

  /** What is wrong with a flag of an instruction. Seen: `COPY --nope=1`, `COPY --from`. */
  flagProblem: row(
    (problem: string, name: string) => `${capitalised(problem)}: ${name}`,
    (problem: string, name: string) => `${problem}: ${name}`,
    (problem: string, name: string) => `${problem}: --${name}`,
  ),

  /** The value of a flag is no boolean. Read in moby's source. */
  notBoolean: row(
    (name: string, value: string) => `Expecting boolean value for flag ${name}, not: ${value}`,
    (name: string, value: string) => `expecting boolean value for flag ${name}, not: ${value}`,
    (name: string, value: string) => `expecting boolean value for flag --${name}, not: ${value}`,
  ),

  /** Texts within a Dockerfile (`<<EOF`) are read as such. Seen: RUN and COPY with one. */
  readsHeredocs: since26(false, true),

  /** White space may be between `<<` and the word. Read in moby's source. */
  heredocAfterSpace: since28(false, true),

  /** The directive `# check=`. Read in moby's source. */
  knowsCheck: since28(false, true),

  /** A flag's characters are escaped by the escape of the Dockerfile. Read in moby's source. */
  flagsUseEscape: since28(false, true),

  /** A JSON list may be followed by other text. Seen: `RUN [ "echo", "a" ] b`. */
  readsJsonPrefix: since28(true, false),

  /** How an instruction's error is told. Seen: `RUNN`. */
  parseProblem: since26(
    (line: number, why: string) => `dockerfile parse error line ${line}: ${why}`,
    (line: number, why: string) => `dockerfile parse error on line ${line}: ${why}`,
  ),

  /** How an unknown instruction is named. Seen: `runn`. */
  namesUnknown: since26(
    (name: string) => name.toUpperCase(),
    (name: string) => name,
  ),

  /** Warnings about empty lines within an instruction. Seen: one. */
  emptyContinuation: since26(
    (line: string) => `[WARNING]: Empty continuation line found in:\n    ${line}\n`,
    (line: string) => `[WARNING]: Empty continuation line found in: ${line}\n`,
  ),

  /** All warnings come in one piece. Seen: the stream. */
  warnsAtOnce: since26(true, false),

  /** The flags of COPY and ADD that BuildKit has, and that this builder takes without doing anything. Seen: `--link`. */
  knowsLink: since26(false, true),

  /** `--exclude` and ADD's `--unpack`. Read in moby's source. */
  knowsExclude: since28(false, true),

  /** Health checks have `--start-interval`. */
  knowsStartInterval: since26(false, true),

  /** The target of a build is not there. Seen. */
  noTarget: since26(
    (target: string) => `failed to reach build target ${target} in Dockerfile`,
    (target: string) => `target stage "${target}" could not be found`,
  ),

  /** How a container is told of that a step has removed. Seen: RUN. */
  removedContainer: since26(
    (id: string) => `Removing intermediate container ${id}`,
    (id: string) => ` ---> Removed intermediate container ${id}`,
  ),

  /** What COPY notes of `--chown`. Seen: history. */
  chownNote: since26(
    (owner: string) => `--chown=${owner}`,
    (owner: string) => `--chown=${owner} `,
  ),

  /** An absolute WORKDIR becomes its shortest form. Seen: `WORKDIR /a/`. */
  cleansWorkdir: since26(false, true),

  /** BuildKit's flags of RUN are known, although this builder refuses them. Seen: `RUN --mount=…`. */
  runFlags: since26<Readonly<Record<string, "text" | "bool" | "list">>>(
    { mount: "list" },
    { mount: "list", network: "text", security: "text" },
  ),

  /** How HEALTHCHECK is noted in an image's history. Seen: history. */
  healthcheckNote: row<HealthcheckNote>(
    { style: "quoted", startInterval: false },
    { style: "quoted", startInterval: true },
    { style: "plain", startInterval: true },
    { style: "named", startInterval: true },
  ),

  /** The fewest retries of a health check, and what is said of less. Seen: `--retries=-1`. */
  fewestRetries: since26(
    { least: 1, problem: (retries: number) => `--retries must be at least 1 (not ${retries})` },
    { least: 0, problem: (retries: number) => `--retries cannot be negative (${retries})` },
  ),

  /** Why git cannot be run, which the host lacks. Seen: a remote repository. */
  noGit: since26(
    "git resolves to executable in current directory (./git)",
    'exec: "git": executable file not found in $PATH',
  ),

  /** The parameter `cachefrom` is no list. Seen. */
  badCacheFrom: since26(
    (why: string) => ({ status: 500, message: why }),
    (why: string) => ({ status: 400, message: `error reading cache-from: ${why}` }),
  ),

  /** The parameter `isolation` is not known. Seen. */
  badIsolation: since26(
    (value: string) => `Unsupported isolation: ${value}`,
    (value: string) => `unsupported isolation: ${value}`,
  ),

  /** Status of a `version` that there is not. Seen. */
  badVersionStatus: since26(500, 400),

  /** An image that is here for another platform than asked for is built on. Seen: `FROM --platform=…`, `platform`. */
  takesOtherPlatform: row(true, false, true, false),

  /** STOPSIGNAL names no signal. Seen. */
  badSignal: since26(
    (signal: string) => `Invalid signal: ${signal}`,
    (signal: string) => `invalid signal: ${signal}`,
  ),

  /** Security options are asked for. Seen: `securityopt`. */
  noSecurityOptions: since26(
    "The daemon on this platform does not support setting security options on build",
    "security options are not supported on linux",
  ),

  /** The mode of the network of a step's container, where none is asked for. Seen: inspect. */
  defaultNetwork: since28("default", "bridge"),

  /** The configuration of an image names the image below it. Seen: inspect. */
  keepsParentInConfig: since28(true, false),

  /** The cache looks only at what was built here, and for the platform. Seen. */
  cacheComparesAll: since26(false, true),
};

/** What a release's builder does in its own way. */
export type BuildRules = Column<typeof buildsRows>;

const columns = new Map<ReleaseName, BuildRules>();

/**
 * Returns a release's column of the table. It is no part of `Release`, because few programs build anything, and all would load
 * it.
 */
export function buildsOf({ name }: { readonly name: ReleaseName }): BuildRules {
  let found = columns.get(name);
  if (!found) {
    found = column(buildsRows, name);
    columns.set(name, found);
  }
  return found;
}
