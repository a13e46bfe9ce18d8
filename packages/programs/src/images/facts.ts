import type { Layout, Programs } from "./layout.js";

/** What is known of an image of a registry: its configuration, and its files beyond those of its base. */
export interface ImageFacts {
  /** The system that it is built on. `scratch` has no files. */
  readonly base: "alpine" | "busybox" | "debian" | "scratch" | "ubuntu";
  /**
   * Versions, the newest one first. A tag that begins with a version is the first one that it is the beginning of. The
   * version stands for `$v` in texts, and its first number for `$m`.
   */
  readonly versions?: readonly string[];
  /** What differs in tags with `alpine`. `undefined` if there are none. */
  readonly alpine?: Partial<Omit<ImageFacts, "alpine">>;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** The environment. `PATH` is the usual one where it is left out. */
  readonly env?: readonly string[];
  readonly workdir?: string;
  /** Ports over TCP, and others as `8301/udp`. */
  readonly ports?: readonly (number | string)[];
  readonly volumes?: readonly string[];
  readonly stopSignal?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly users?: string;
  readonly groups?: string;
  readonly directories?: string;
  readonly links?: string;
  readonly texts?: Layout["texts"];
  readonly modes?: string;
  /** The names of its own programs by directory. */
  readonly programs?: Programs;
  /** The packages beyond its base, see `packages.ts`. */
  readonly packages?: readonly string[];
  /** The version of its own curl, where that is not its system's. */
  readonly curl?: string;
  /** Its entry point, if that is a script. */
  readonly script?: EntryScript;
}

/** A script that becomes what its arguments name. */
export interface EntryScript {
  readonly path: string;
  /** The program that it puts before arguments that are its own options. */
  readonly program?: string;
  /** Which arguments are the program's own, as patterns of the shell. Default: `-*`. */
  readonly own?: string;
  /** Whether a command that there is not is the program's, too. */
  readonly ownIfUnknown?: boolean;
  /** The user that its own program runs as, where root has started it. */
  readonly user?: string;
  /** Its text, where it does more than become a program. */
  readonly text?: string;
  /** The program that does the same without a shell, so that signals are handled from the start. */
  readonly starter?: string;
}
