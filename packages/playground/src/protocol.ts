// What the page and its worker say to each other. The engine, the shell and the lesson are in the worker; the page
// shows what it is told, and passes on what is typed. All of it is plain data.
import type { Topology } from "@dryharbor/sdk/topology";
import type { ObservedPacket, ReleaseName } from "@dryharbor/simulator";

export const releases = ["20.10", "26.1", "28.5", "29"] as const satisfies readonly ReleaseName[];

/** Which of the two engines that can be side by side. */
export type Side = "main" | "other";

/** What the page asks of the worker, and what it is answered. */
export interface Calls {
  /** Opens a level, or what was shared or saved, in place of what there is. */
  open(what: Opening): void;
  /** Plays the same level and the same commands on another release beside this one; `undefined` ends that. */
  beside(release: ReleaseName | undefined): void;
  /** Opens a terminal with a shell of the host. `command` is typed there at once. */
  openConsole(console: number, size: TerminalSize, command?: string): void;
  closeConsole(console: number): void;
  /** Carries out a word of the lesson, such as `undo`, as if it had been typed in a terminal. */
  word(word: string, console: number): void;
  /** What a container, or the host, sees of the others: the names that it resolves, and whom it reaches. */
  seenFrom(container: string): Seen;
  /** What two containers are to each other. */
  between(one: string, other: string): Between;
  /** The session as text for a link. */
  share(): string;
  /** The session with its state, as the text of a file. */
  save(): string;
  /** The state as a file of another kind. */
  exported(format: ExportFormat): string;
  /** Makes the networks and containers that a file tells of, in a terminal. Returns what is done, in words. */
  imported(text: string, console: number): string;
  /** Makes a level of what there is now. Returns its file. */
  buildLevel(about: { readonly title: string; readonly objective: string }): string;
  /** A level's file as text for a link, which opens the level. */
  shareLevel(file: string): string;
  /** All levels, in order. */
  levels(): readonly LevelRow[];
}

/** What the page tells the worker, without an answer. */
export interface Notices {
  typed(console: number, data: string): void;
  resized(console: number, size: TerminalSize): void;
  /** So many bytes of output have been shown. */
  shown(console: number, bytes: number): void;
  /** What the learner has solved so far, which the page keeps. */
  progress(progress: unknown): void;
}

/** What the worker tells the page. */
export interface Events {
  /** What there is, after each change. */
  state(state: State): void;
  /** Packets that were sent. `more` others were too many to tell of. */
  traffic(side: Side, packets: readonly ObservedPacket[], more: number): void;
  output(console: number, data: Uint8Array): void;
  /** Whether a shell waits for a line: then what is typed is shown at once, and not when the worker has time. */
  waits(console: number, isWaiting: boolean): void;
  /** What a command on the other release has printed. */
  printed(side: Side, text: string): void;
  consoleEnded(console: number): void;
  lesson(lesson: LessonView): void;
  /** The page is asked to do what only it can: to show a link, to keep or choose a file. */
  wanted(wish: Wish): void;
  progress(progress: unknown): void;
}

export type Opening =
  | { readonly level: string; readonly release?: ReleaseName }
  | { readonly text: string; readonly release?: ReleaseName };

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface State {
  readonly side: Side;
  readonly release: ReleaseName;
  readonly topology: Topology;
  /** What there was before the last command. */
  readonly before: Topology;
  /** Whether all before is another world: another level, or a step back. */
  readonly jumped: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

/** What one container, or the host, sees. */
export interface Seen {
  readonly from: string;
  /** Names of containers, aliases and links, with the address that each one stands for, or why it stands for none. */
  readonly names: readonly SeenName[];
  /** Which containers are reached at one of their addresses. */
  readonly reaches: readonly string[];
}

export interface SeenName {
  readonly container: string;
  readonly name: string;
  readonly addresses: readonly string[];
  readonly status: string;
}

/** Who resolves and reaches whom, in both directions, as sentences. */
export interface Between {
  readonly ways: readonly Way[];
}

export interface Way {
  readonly from: string;
  readonly to: string;
  readonly rows: readonly WayRow[];
}

export interface WayRow {
  readonly question: string;
  readonly good: boolean;
  readonly answer: string;
}

export type ExportFormat = "compose" | "mermaid" | "svg" | "docker";

export interface LevelRow {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly solved: boolean;
}

/** A lesson as the page shows it. Texts have code between backticks. */
export interface LessonView {
  readonly id: string;
  readonly title: string;
  readonly objective: string;
  readonly releases: readonly ReleaseName[];
  readonly release: ReleaseName;
  readonly steps: readonly StepView[];
  /** The number of steps that are done. */
  readonly position: number;
  readonly hints: readonly string[];
  readonly moreHints: boolean;
  readonly goal: readonly { readonly text: string; readonly held: boolean }[];
  readonly solved: boolean;
  readonly afterword: readonly string[];
  readonly next: { readonly id: string; readonly title: string } | undefined;
  readonly previous: { readonly id: string; readonly title: string } | undefined;
  /** The commands that have led here. */
  readonly commands: readonly string[];
}

export interface StepView {
  readonly text: readonly string[];
  readonly command: string | undefined;
  readonly typed: readonly string[];
  readonly question:
    | {
        readonly text: string;
        readonly choices: readonly string[];
        /** The place of the choice that was made. */
        readonly chosen: number | undefined;
        readonly right: boolean;
        readonly because: string | undefined;
      }
    | undefined;
  readonly look: readonly string[];
  readonly verdicts: readonly { readonly text: string; readonly held: boolean }[];
}

export type Wish =
  | { readonly wish: "share" | "save" | "load" | "levels" | "export" | "import" | "build level" }
  | { readonly wish: "open"; readonly level: string };
