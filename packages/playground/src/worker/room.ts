// One lesson on one machine: the session, its terminals, and what the page is told of them.
import {
  type Level,
  levelReleases,
  type Progress,
  type Ran,
  type SavedSession,
  Session,
  toText,
  type Verdict,
  withSolved,
} from "@dryharbor/lessons";
import { chapters, findLevel, levels } from "@dryharbor/lessons/content";
import type { Topology } from "@dryharbor/sdk/topology";
import type { ReleaseName } from "@dryharbor/simulator";
import type { Events, LessonView, Side } from "../protocol.js";
import type { Tell } from "../remote.js";
import { Console, home, type TypedCommand } from "./console.js";
import { exported } from "./exports.js";
import { Feed } from "./feed.js";
import type { Carried } from "./imports.js";
import { lessonView } from "./lesson-view.js";
import { machinesOf, type SimulatedMachine } from "./machine.js";
import { type PromptWord, promptWord, promptWords } from "./prompt-words.js";

const nothing: Topology = { networks: [], containers: [] };

/** A level without a goal, to try things out. */
export const sandbox: Level = {
  format: 1,
  id: "sandbox",
  title: "Sandbox",
  objective: "Try whatever you like. Nothing here can break.",
  releases: levelReleases,
  images: ["alpine", "busybox"],
  start: { commands: [], ready: [] },
  steps: [],
  goal: [],
  hints: [],
  solution: [],
  afterword: [],
};

/** What a room needs of the worker. */
export interface RoomParts {
  readonly tell: Tell<Events>;
  readonly side: Side;
  readonly release: ReleaseName;
  /** Called when a command has been carried out, taken back or brought back. */
  readonly done: (what: Done) => void;
  readonly progress: () => Progress;
  readonly solved: (progress: Progress) => void;
  /** Opens another level in this room's place. */
  readonly open: (level: string) => void;
}

/** Where a command was carried out, and where its shell went on. */
type Places = Pick<Ran, "cwd" | "movedTo">;

export type Done =
  | {
      readonly what: "command";
      readonly command: string;
      readonly typed: readonly string[];
      readonly places: Places;
      readonly outcome: string;
    }
  | { readonly what: "undo" | "redo" | "reset" };

export class Room {
  readonly session: Session;
  readonly history: string[] = [];
  readonly consoles = new Map<number, Console>();
  readonly #parts: RoomParts;
  #feed: Feed;
  #topology: Topology = nothing;
  #before: Topology = nothing;
  #jumped = true;
  #goal: readonly Verdict[] = [];
  #verdicts: readonly Verdict[] = [];
  #hints: string[] = [];
  #isSolved = false;

  private constructor(session: Session, parts: RoomParts) {
    this.session = session;
    this.#parts = parts;
    this.#feed = this.#newFeed();
    for (const { command } of session.history) this.history.push(command);
  }

  /** Opens a level on a release, or goes on with a saved session. */
  static async open(level: Level, saved: SavedSession | undefined, parts: RoomParts): Promise<Room> {
    const options = { level, open: machinesOf(parts.release), release: parts.release, find: findLevel };
    const session = saved ? await Session.resume(saved, options) : await Session.open(options);
    const room = new Room(session, parts);
    await room.look();
    return room;
  }

  get machine(): SimulatedMachine {
    return this.session.machine as SimulatedMachine;
  }

  get release(): ReleaseName {
    return this.#parts.release;
  }

  /** Looks at everything anew, and tells the page. */
  async look(): Promise<void> {
    this.#goal = await this.session.goal();
    await this.#feed.tell();
    this.#tellLesson();
  }

  #newFeed(): Feed {
    const { tell, side, release } = this.#parts;
    return new Feed(this.machine.simulator, {
      topology: (topology) => {
        this.#topology = topology;
        tell("state", {
          side,
          release,
          topology,
          before: this.#before,
          jumped: this.#jumped,
          canUndo: this.session.canUndo,
          canRedo: this.session.canRedo,
        });
        this.#jumped = false;
      },
      traffic: (packets, more) => tell("traffic", side, packets, more),
    });
  }

  #tellLesson(): void {
    const { side, tell, release } = this.#parts;
    if (side !== "main") return;
    const [topology, goal, verdicts, hints] = [this.#topology, this.#goal, this.#verdicts, this.#hints];
    const parts = {
      topology,
      release,
      goal,
      verdicts,
      hints,
      isSolved: this.#isSolved,
      neighbours: neighboursOf(this.session.level),
    };
    tell("lesson", lessonView(this.session, parts));
  }

  // Terminals.

  async openConsole(id: number, size: { columns: number; rows: number }, command?: string): Promise<void> {
    const { tell } = this.#parts;
    const made = new Console(
      this,
      this.session.cwd ?? home,
      size,
      (data) => tell("output", id, data),
      () => {
        this.consoles.delete(id);
        tell("consoleEnded", id);
      },
      (isWaiting) => tell("waits", id, isWaiting),
    );
    this.consoles.set(id, made);
    await made.start();
    if (command !== undefined) made.enter(command);
  }

  /** Carries out a line that was typed at a prompt. */
  async perform({ console, text, run, process, cwd: place }: TypedCommand): Promise<void> {
    const word = promptWord(text);
    if (word) {
      process.stdout(await this.#answered(word, console));
      return;
    }
    this.#before = this.#topology;
    const recording = console.record();
    const cwd = place() === home ? undefined : place();
    const finish = await this.session.begin(text, recording.typed, cwd);
    const exitCode = await run();
    const outcome = { exitCode, stdout: recording.end(), stderr: "" };
    const movedTo = place() === (cwd ?? home) ? undefined : place();
    const turn = await finish(outcome, movedTo);
    this.#took(turn.verdicts, turn.goal, turn.solved);
    await this.#feed.tell();
    this.#tellLesson();
    const places = { ...(cwd && { cwd }), ...(movedTo && { movedTo }) };
    const { typed } = recording;
    this.#parts.done({ what: "command", command: text, typed, places, outcome: outcome.stdout });
  }

  /** Carries out a command without a terminal, as the other side does. Returns what it has printed. */
  async follow(command: string, typed: readonly string[], places: Places): Promise<string> {
    this.#before = this.#topology;
    const { outcome } = await this.session.perform(command, typed.length > 0 ? typed : undefined, places);
    await this.#feed.tell();
    return `${outcome.stdout}${outcome.stderr}`;
  }

  /** Writes a file on the host, and types the command that carries it out. Both can be taken back and shared. */
  async carry({ file, text, command }: Carried, console: number): Promise<void> {
    const at = this.consoles.get(console);
    if (!at?.isIdle)
      throw new Error("Something still runs in the terminal: end it first, with Ctrl-C or `exit`.");
    let mark = "END";
    while (text.includes(mark)) mark += "D";
    const writes = `cat > /root/${file} <<'${mark}'\n${text.trimEnd()}\n${mark}`;
    const { outcome } = await this.session.perform(writes);
    this.history.push(`cat ${file}`);
    this.#parts.done({ what: "command", command: writes, typed: [], places: {}, outcome: outcome.stdout });
    at.enter(at.cwd === "/root" ? command : `cd && ${command}`);
  }

  #took(verdicts: readonly Verdict[], goal: readonly Verdict[], isSolved: boolean): void {
    this.#verdicts = verdicts;
    this.#goal = goal;
    const { level } = this.session;
    const isDone = isSolved && level.goal.length > 0;
    if (isDone && !this.#isSolved) {
      this.#parts.solved(withSolved(this.#parts.progress(), level.id, this.session.history.length));
    }
    this.#isSolved = isDone;
  }

  // Words of the lesson.

  /** Carries out a word, at a terminal where its shell waits for one. */
  async word(text: string, console: number): Promise<void> {
    const at = this.consoles.get(console);
    if (at?.isIdle) {
      at.enter(text);
      return;
    }
    const word = promptWord(text);
    if (word) at?.print((await this.#answered(word, at)).replaceAll("\n", "\r\n"));
  }

  /** Carries out a word, in a terminal if there is one, and returns what is printed. */
  async #answered(word: PromptWord, at: Console | undefined): Promise<string> {
    const { tell, open } = this.#parts;
    const { session } = this;
    switch (word.word) {
      case "undo": {
        const command = session.history.at(-1)?.command;
        if (command === undefined) return "There is nothing to take back.\n";
        await this.#replace("undo", `Taken back: ${firstLine(command)}\n`, async () => {
          const taken = await session.undo();
          if (at) at.cwd = taken?.cwd ?? home;
        });
        return "";
      }
      case "redo":
        if (!session.canRedo) return "There is nothing to bring back.\n";
        await this.#replace("redo", undefined, async () => {
          const brought = await session.redo();
          if (at) at.cwd = session.cwd ?? home;
          return brought;
        });
        return "";
      case "reset":
        await this.#replace("reset", "The level begins anew.\n", async () => {
          await session.reset();
          for (const each of this.consoles.values()) each.cwd = home;
        });
        this.#hints = [];
        this.#isSolved = false;
        this.#tellLesson();
        return "";
      case "hint": {
        const hint = session.hint();
        if (hint === undefined) return "There is no further hint. `show solution` shows the commands.\n";
        this.#hints.push(hint);
        this.#tellLesson();
        return `${hint}\n`;
      }
      case "answer": {
        if (!session.step?.predict) return "There is no question now.\n";
        try {
          const { right, because } = session.answer(word.choice);
          this.#tellLesson();
          return `${[right ? "That is right." : "Not quite.", because].filter(Boolean).join(" ")}\n`;
        } catch (error) {
          return `${sentence(error)}\n`;
        }
      }
      case "objective":
        return `${session.level.objective}\n`;
      case "step": {
        const { step } = session;
        if (!step) return "All steps are done.\n";
        return [...step.text, step.command && `    ${step.command}`]
          .filter(Boolean)
          .map((line) => `${line}\n`)
          .join("");
      }
      case "show goal":
        this.#goal = await session.goal();
        this.#tellLesson();
        if (this.#goal.length === 0) return "This level has no goal: try whatever you like.\n";
        return this.#goal.map(({ held, says }) => `${held ? "✓" : "·"} ${says}\n`).join("");
      case "show solution": {
        const { solution } = session.level;
        if (solution.length === 0) return "There is nothing to solve here.\n";
        return solution
          .map(({ command, typed = [] }) =>
            [command, ...typed.map((line) => `  ${line}`)].map((line) => `${line}\n`).join(""),
          )
          .join("");
      }
      case "levels":
        tell("wanted", { wish: "levels" });
        return listOfLevels(this.#parts.progress());
      case "level":
        if (word.level !== sandbox.id && !findLevel(word.level))
          return `There is no level "${word.level}". \`levels\` lists them.\n`;
        open(word.level);
        return "";
      case "next":
      case "previous": {
        const other = neighboursOf(session.level)[word.word];
        if (!other) return `There is no level ${word.word === "next" ? "after" : "before"} this one.\n`;
        open(other.id);
        return "";
      }
      case "help":
        return helpText();
      case "export": {
        if (word.format === "svg") {
          tell("wanted", { wish: "export" });
          return "The picture is a file to keep.\n";
        }
        return exported(this.machine.engine, word.format!);
      }
      case "share":
        tell("wanted", { wish: "share" });
        return "";
      case "save session":
      case "save":
        tell("wanted", { wish: "save" });
        return "";
      case "load session":
      case "load":
        tell("wanted", { wish: "load" });
        return "";
      case "import":
      case "build level":
        tell("wanted", { wish: word.word });
        return "";
    }
  }

  /** Puts another machine in the place of this one, and new shells into the terminals. */
  async #replace(
    what: Exclude<Done["what"], "command">,
    text: string | undefined,
    replace: () => Promise<unknown>,
  ): Promise<void> {
    this.#feed.close();
    for (const each of this.consoles.values()) each.isIdle = false;
    const got = (await replace()) as { command?: string } | undefined;
    this.#jumped = false;
    this.#before = this.#topology;
    this.#feed = this.#newFeed();
    this.#verdicts = [];
    this.#goal = await this.session.goal();
    this.#isSolved = this.#goal.length > 0 && this.#goal.every(({ held }) => held);
    const said = text ?? `Brought back: ${firstLine(got?.command ?? "")}\n`;
    for (const each of this.consoles.values()) {
      each.print(said.replaceAll("\n", "\r\n"));
      await each.start();
    }
    await this.#feed.tell();
    this.#tellLesson();
    this.#parts.done({ what });
  }

  /** Follows the other side. */
  async step(what: "undo" | "redo" | "reset"): Promise<void> {
    await this.#replace(what, "", () => this.session[what]());
  }

  /** What was made without a command is no step of the history, but there it is. */
  share(): Promise<string> {
    return toText(this.#saved(false));
  }

  save(): string {
    return JSON.stringify(this.#saved(true));
  }

  #saved(state: boolean): SavedSession {
    const { level } = this.session;
    // A level of somebody's own may have the id of one that is listed.
    const isListed = level === sandbox || level === findLevel(level.id);
    return { ...this.session.save({ state }), ...(!isListed && { level }) };
  }

  async close(): Promise<void> {
    this.#feed.close();
    for (const each of this.consoles.values()) each.close();
    await this.session.close();
  }
}

function neighboursOf(level: Level): Pick<LessonView, "next" | "previous"> {
  const at = levels.findIndex(({ id }) => id === level.id);
  const titled = (id: string | undefined) => {
    const found = id === undefined ? undefined : findLevel(id);
    return found && { id: found.id, title: found.title };
  };
  return {
    next: titled(level.next ?? (level.id === sandbox.id ? levels[0]?.id : undefined)),
    previous: at > 0 ? titled(levels[at - 1]!.id) : undefined,
  };
}

function listOfLevels({ solved }: Progress): string {
  let number = 0;
  const lines = chapters.flatMap(({ title, levels }) => [
    title,
    ...levels.map(({ id, title }) => {
      const mark = solved[id] ? "✓" : " ";
      return ` ${mark} ${String(++number).padStart(2)}  ${title}`;
    }),
  ]);
  return `${lines.map((line) => `${line}\n`).join("")}\`level NUMBER\` goes to one, and \`level sandbox\` to a place without a goal.\n`;
}

function helpText(): string {
  const width = Math.max(...promptWords.map(([usage]) => usage.length));
  return [
    "Type docker commands as on any Docker host; pipes, files and BusyBox's programs are there, too.",
    "The prompt also knows these words:",
    ...promptWords.map(([usage, does]) => `  ${usage.padEnd(width)}  ${does}`),
    "F6 goes to the next part of the page.",
    "",
  ].join("\n");
}

/** A command of several lines is told of by its first one. */
function firstLine(command: string): string {
  const [first = "", ...others] = command.split("\n");
  return others.length === 0 ? first : `${first} …`;
}

/** What went wrong, as a sentence. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
