// What differs between the docker commands of the releases, as data. `docker` of 20.10 is 20.10.24, of 26.1 it is
// 26.1.5, of 28.5 it is 28.5.2, as Debian builds them, and of 29 it is 29.7.2: the engines that the simulator plays.

/** A release of the docker command. */
export type ReleaseName = "20.10" | "26.1" | "28.5" | "29";

/** The releases, oldest first. */
const releaseNames: readonly ReleaseName[] = ["20.10", "26.1", "28.5", "29"];

/** The release whose command is used where nobody says which. */
export const newestRelease: ReleaseName = "29";

/** What is particular to the command of one release. */
export interface Release {
  readonly name: ReleaseName;
  readonly version: string;
  /** The commit that it was built from, as `docker --version` shows it. */
  readonly commit: string;
  readonly goVersion: string;
  /** When it was built, as `docker version` shows it. */
  readonly built: string;
  /** The newest API version that it speaks. */
  readonly apiVersion: string;
  /**
   * How mistakes are worded: `see` as "See 'docker ps --help'.", `run` as "Run 'docker ps --help' for more
   * information".
   */
  readonly mistakes: "see" | "run";
  /** Whether the list of commands begins with those that people use most. */
  readonly commonCommands: boolean;
  /** What `docker --help` ends with. */
  readonly guides: string;
  /** Whether lists know the format `json`; else it is a template without placeholders. */
  readonly jsonFormat: boolean;
  /** Whether templates `range` over numbers, as of Go 1.22. */
  readonly rangesOverNumbers: boolean;
  /** Whether templates `join` lists of anything, and maps; else only lists of texts. */
  readonly joinsAny: boolean;
  /** Whether a comparison that cannot be names the types, as newer releases of Go do. */
  readonly comparisonTypes: boolean;
  /** The text of a status without a message, where several objects failed one by one. */
  readonly silentStatus: "" | "exit status";
}

export const releases: Readonly<Record<ReleaseName, Release>> = {
  "20.10": {
    name: "20.10",
    version: "20.10.24",
    commit: "297e128",
    goVersion: "go1.19.8",
    built: "Thu May  7 21:09:36 2026",
    apiVersion: "1.41",
    mistakes: "see",
    commonCommands: false,
    guides: "To get more help with docker, check out our guides at https://docs.docker.com/go/guides/",
    rangesOverNumbers: false,
    joinsAny: false,
    comparisonTypes: false,
    jsonFormat: false,
    silentStatus: "",
  },
  "26.1": {
    name: "26.1",
    version: "26.1.5",
    commit: "a72d7cd",
    goVersion: "go1.24.4",
    built: "Thu Aug 13 05:35:48 2026",
    apiVersion: "1.45",
    mistakes: "see",
    commonCommands: true,
    guides: "For more help on how to use Docker, head to https://docs.docker.com/go/guides/",
    rangesOverNumbers: true,
    joinsAny: false,
    comparisonTypes: false,
    jsonFormat: true,
    silentStatus: "",
  },
  "28.5": {
    name: "28.5",
    version: "28.5.2",
    commit: "9cc6dea35e9a963f281434761c656fba4ac43aed",
    goVersion: "go1.27.1",
    built: "Tue Sep 15 11:02:57 2026",
    apiVersion: "1.51",
    mistakes: "run",
    commonCommands: true,
    guides: "For more help on how to use Docker, head to https://docs.docker.com/go/guides/",
    rangesOverNumbers: true,
    joinsAny: false,
    comparisonTypes: true,
    jsonFormat: true,
    silentStatus: "exit status",
  },
  "29": {
    name: "29",
    version: "29.7.2",
    commit: "a7dcaa6",
    goVersion: "go1.26.5",
    built: "Tue Sep  1 00:00:00 2026",
    apiVersion: "1.55",
    mistakes: "run",
    commonCommands: true,
    guides: "For more help on how to use Docker, head to https://docs.docker.com/go/guides/",
    rangesOverNumbers: true,
    joinsAny: true,
    comparisonTypes: true,
    jsonFormat: true,
    silentStatus: "exit status",
  },
};

/** The releases that have something: from `since` on, and before `until`. */
export interface Lifetime {
  readonly since?: ReleaseName | undefined;
  readonly until?: ReleaseName | undefined;
}

/** Whether something is there in a release. */
export function isIn({ name }: Release, { since, until }: Lifetime): boolean {
  const at = releaseNames.indexOf(name);
  return (
    (since === undefined || at >= releaseNames.indexOf(since)) &&
    (until === undefined || at < releaseNames.indexOf(until))
  );
}

/**
 * A value that may differ between releases: one for all, or one for each. A release that is not named has what the one
 * before it has.
 */
export type PerRelease<T> = T | Readonly<{ "20.10": T } & Partial<Record<ReleaseName, T>>>;

/** The text of a release, of one that may differ between releases. */
export function textIn({ name }: Release, text: PerRelease<string>): string {
  if (typeof text === "string") return text;
  const named = releaseNames.slice(0, releaseNames.indexOf(name) + 1).findLast((each) => each in text);
  return text[named ?? "20.10"] as string;
}

/** The release whose docker command goes with an engine of this version. Unknown ones get the newest. */
export function releaseOf(version: string): ReleaseName {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return (
    releaseNames.findLast((name) => {
      const [a = 0, b = 0] = name.split(".").map(Number);
      return a < major || (a === major && b <= minor);
    }) ?? "20.10"
  );
}
