// A session: one level that is being played. It owns the machine, keeps the state before each command, and says after
// each command how far the learner is.

import { UsageError } from "@dryharbor/sdk/port";
import { type Topology, topology } from "@dryharbor/sdk/topology";
import { judge, type Verdict } from "../checks/judge.js";
import type { Outcome, Ran } from "../checks/state.js";
import type { Choice, Level, LevelRelease, Step } from "../level/level.js";
import { type FindLevel, type Machine, type OpenMachine, openAtStart } from "./machine.js";
import { type SavedSession, savedFormat, savedVersion } from "./saved.js";

/** What a session is made of. */
export interface SessionOptions {
  readonly level: Level;
  readonly open: OpenMachine;
  /** The engine release to play on. Default: the machine's own. */
  readonly release?: LevelRelease;
  /** Finds the level after which this one begins. Default: none is known. */
  readonly find?: FindLevel;
  /** How long to wait for servers that are about to listen, in milliseconds. Default: 1000. */
  readonly patience?: number;
}

/** What came of a command. */
export interface Turn extends Ran {
  readonly before: Topology;
  readonly after: Topology;
  /** The steps that are done now and were not before: that of the command, and those after it that are only read. */
  readonly done: readonly Step[];
  /** What the step that was open asks, as it is now. Empty for a step without checks. */
  readonly verdicts: readonly Verdict[];
  readonly goal: readonly Verdict[];
  readonly solved: boolean;
}

/** A command of the history, and what it takes to go back before it. */
interface Entry extends Ran {
  readonly typed?: readonly string[];
  /** The state before it. Absent in a session that was loaded, and where a machine cannot give it. */
  readonly before?: object;
  /** How many steps were done before it. */
  readonly position: number;
}

/** A command that was taken back, with the state after it. */
interface Undone extends Entry {
  readonly after: object;
  readonly positionAfter: number;
}

/**
 * A level that is being played.
 *
 * @example
 * const session = await Session.open({ level, open });
 * const turn = await session.perform("docker network create backend");
 * turn.solved; // false
 * turn.goal.filter(({ held }) => !held).map(({ says }) => says); // ["web is not on backend"]
 * await session.undo();
 */
export class Session implements AsyncDisposable {
  readonly level: Level;
  readonly #options: SessionOptions;
  #machine: Machine;
  #history: Entry[] = [];
  #undone: Undone[] = [];
  #position = 0;
  #answers = new Map<number, number>();
  #hints = 0;

  private constructor(options: SessionOptions, machine: Machine) {
    this.level = options.level;
    this.#options = options;
    this.#machine = machine;
    this.#passReading();
  }

  /**
   * Opens a machine and brings it to the start of the level.
   * @throws {UsageError} the level is not for this release, or cannot begin
   */
  static async open(options: SessionOptions): Promise<Session> {
    const { level, open, release } = options;
    if (release !== undefined && !level.releases.includes(release)) {
      throw new UsageError(`the level ${level.id} is for ${level.releases.join(", ")}, not for ${release}`);
    }
    return new Session(options, await openAtStart(level, open, options));
  }

  /**
   * Goes on with a session that was saved. Where its state cannot be read, as after an update, its commands are carried
   * out again.
   */
  static async resume(saved: SavedSession, options: SessionOptions): Promise<Session> {
    const { open } = options;
    const { snapshot } = saved;
    const restored = snapshot && (await (async () => open({ snapshot }))().catch(() => undefined));
    const session = restored ? new Session(options, restored) : await Session.open(options);
    session.#answers = new Map(saved.answers);
    session.#hints = saved.hints;
    if (restored) {
      session.#history = saved.commands.map(({ command, typed, cwd, movedTo, outcome, position = 0 }) => ({
        command,
        ...(typed && { typed }),
        ...(cwd && { cwd }),
        ...(movedTo && { movedTo }),
        outcome: outcome ?? { exitCode: 0, stdout: "", stderr: "" },
        position,
      }));
      session.#position = saved.position;
    } else {
      for (const each of saved.commands) await session.perform(each.command, each.typed, each);
    }
    return session;
  }

  /** The machine as it is now. `undo`, `redo` and `reset` put another one in its place. */
  get machine(): Machine {
    return this.#machine;
  }

  /** The commands that count, in order. */
  get history(): readonly Ran[] {
    return this.#history;
  }

  /** The directory in which a shell goes on after the last command; `undefined` for the one in which a machine begins. */
  get cwd(): string | undefined {
    const last = this.#history.at(-1);
    return last?.movedTo ?? last?.cwd;
  }

  /** The number of steps that are done. */
  get position(): number {
    return this.#position;
  }

  /** The step that is open; `undefined` after the last one. */
  get step(): Step | undefined {
    return this.level.steps[this.#position];
  }

  /** Whether there is a command to take back, and a machine that can. */
  get canUndo(): boolean {
    return this.#history.length > 0 && this.#machine.snapshot !== undefined;
  }

  /** Whether there is a command to bring back. */
  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /**
   * Carries out a line and says what came of it.
   * @param typed lines for a command that waits for them at a terminal
   * @param places the directory in which it is carried out, and that in which its shell went on when it was typed
   */
  async perform(
    command: string,
    typed?: readonly string[],
    { cwd, movedTo }: Pick<Ran, "cwd" | "movedTo"> = {},
  ): Promise<Turn> {
    const finish = await this.begin(command, typed, cwd);
    return finish(await this.#machine.run(command, typed, cwd), movedTo);
  }

  /**
   * As {@link perform}, where somebody else carries the line out, such as a shell at a terminal: call it before the
   * command, and what it returns after it, with the directory in which the shell goes on where that is another one.
   *
   * @example
   * const finish = await session.begin(line);
   * const turn = await finish({ exitCode: 0, stdout: shown, stderr: "" });
   */
  async begin(
    command: string,
    typed?: readonly string[],
    cwd?: string,
  ): Promise<(outcome: Outcome, movedTo?: string) => Promise<Turn>> {
    const machine = this.#machine;
    const snapshot = machine.snapshot?.();
    const before = await topology(machine.engine);
    const position = this.#position;
    return async (outcome, movedTo) => {
      const entry = {
        command,
        outcome,
        position,
        ...(typed && { typed }),
        ...(cwd && { cwd }),
        ...(movedTo && { movedTo }),
        ...(snapshot && { before: snapshot }),
      };
      this.#history.push(entry);
      // A command that only looks leaves what was taken back where it is.
      if (this.#undone.length > 0 && !isSameState(snapshot, machine.snapshot?.())) this.#undone = [];
      const verdicts = await this.#judgeStep(entry);
      const goal = await judge(machine.engine, this.level.goal, {
        ran: this.#history,
        patience: this.step === undefined ? this.#patience : 0,
      });
      return {
        command,
        outcome,
        before,
        after: await topology(machine.engine),
        done: this.level.steps.slice(position, this.#position),
        verdicts,
        goal,
        solved: goal.every(({ held }) => held),
      };
    };
  }

  /** Judges the goal as it is now. */
  goal(): Promise<Verdict[]> {
    return judge(this.#machine.engine, this.level.goal, { ran: this.#history });
  }

  /**
   * Takes the last command back, and returns it; `undefined` where there is none. The state before it comes back whole,
   * but programs of running containers begin anew.
   *
   * @throws {UsageError} the machine cannot be taken back
   */
  async undo(): Promise<Ran | undefined> {
    const entry = this.#history.at(-1);
    if (!entry) return undefined;
    const after = this.#machine.snapshot?.();
    if (!after) throw new UsageError("nothing can be taken back on this machine: it is not a simulator");
    const undone = { ...entry, after, positionAfter: this.#position };
    const machine = entry.before
      ? await this.#options.open({ snapshot: entry.before })
      : await this.#replay(this.#history.slice(0, -1));
    await this.#replace(machine);
    this.#history.pop();
    this.#undone.push(undone);
    this.#position = entry.position;
    return entry;
  }

  /** Brings the command back that was taken back last, with the state after it; `undefined` where there is none. */
  async redo(): Promise<Ran | undefined> {
    const undone = this.#undone.at(-1);
    if (!undone) return undefined;
    await this.#replace(await this.#options.open({ snapshot: undone.after }));
    this.#undone.pop();
    const { after, positionAfter, ...entry } = undone;
    this.#history.push(entry);
    this.#position = Math.max(this.#position, positionAfter);
    return entry;
  }

  /** Begins the level anew. Answers and hints are forgotten, too. */
  async reset(): Promise<void> {
    await this.#replace(await openAtStart(this.level, this.#options.open, this.#options));
    this.#history = [];
    this.#undone = [];
    this.#position = 0;
    this.#answers.clear();
    this.#hints = 0;
    this.#passReading();
  }

  /** Answers the question of the open step, by the place of the choice, from 0. The first answer counts. */
  answer(choice: number): Choice {
    const choices = this.step?.predict?.choices ?? [];
    const chosen = choices[choice];
    if (!chosen) {
      throw new UsageError(
        choices.length === 0
          ? "there is no question now"
          : `answer with a number from 1 to ${choices.length}`,
      );
    }
    if (!this.#answers.has(this.#position)) this.#answers.set(this.#position, choice);
    return chosen;
  }

  /** The answer to the question of a step, by the step's place; `undefined` where none was given. */
  answerTo(position: number): Choice | undefined {
    const choice = this.#answers.get(position);
    return choice === undefined ? undefined : this.level.steps[position]?.predict?.choices[choice];
  }

  /** The next hint; `undefined` after the last one. */
  hint(): string | undefined {
    const hint = this.level.hints[this.#hints];
    if (hint !== undefined) this.#hints++;
    return hint;
  }

  /**
   * Returns the session as plain JSON, for {@link Session.resume} and `toText`.
   * @param options `state`: whether to keep the state as well, not only the commands that lead to it. Default: true
   */
  save({ state = true }: { readonly state?: boolean } = {}): SavedSession {
    const snapshot = state ? this.#machine.snapshot?.() : undefined;
    const { release } = this.#options;
    return {
      format: savedFormat,
      version: savedVersion,
      level: this.level.id,
      ...(release !== undefined && { release }),
      commands: this.#history.map(({ command, typed, cwd, movedTo, outcome, position }) => ({
        command,
        ...(typed && { typed }),
        ...(cwd && { cwd }),
        ...(movedTo && { movedTo }),
        ...(snapshot && { outcome, position }),
      })),
      position: this.#position,
      answers: [...this.#answers],
      hints: this.#hints,
      ...(snapshot && { snapshot }),
    };
  }

  /** Ends the session and its machine. */
  close(): Promise<void> {
    return this.#machine.close();
  }

  /** As {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Judges the open step, and goes on where it is done. */
  async #judgeStep(entry: Entry): Promise<Verdict[]> {
    const { step } = this;
    if (!step) return [];
    if (step.check.length === 0) {
      if (isSame(step.command, entry.command)) await this.#goOn();
      return [];
    }
    const verdicts = await judge(this.#machine.engine, step.check, {
      ran: this.#history.slice(this.#history.findIndex(({ position }) => position === this.#position)),
      // Only a command that should do is worth waiting for.
      patience: isSame(step.command ?? step.solution.at(-1), entry.command) ? this.#patience : 0,
    });
    if (verdicts.every(({ held }) => held)) await this.#goOn();
    return verdicts;
  }

  /** Goes to the next step, and past those that the learner has done already and that ask nothing. */
  async #goOn(): Promise<void> {
    for (;;) {
      this.#position++;
      this.#passReading();
      const { step } = this;
      const isOfState =
        step && !step.predict && step.check.length > 0 && step.check.every(({ check }) => check !== "prints");
      if (!isOfState) return;
      const verdicts = await judge(this.#machine.engine, step.check);
      if (!verdicts.every(({ held }) => held)) return;
    }
  }

  get #patience(): number {
    return this.#options.patience ?? 1000;
  }

  /** Goes past the steps that are only read. */
  #passReading(): void {
    while (this.step && this.step.command === undefined && this.step.check.length === 0) this.#position++;
  }

  async #replay(entries: readonly Entry[]): Promise<Machine> {
    const machine = await openAtStart(this.level, this.#options.open, this.#options);
    for (const { command, typed, cwd } of entries) await machine.run(command, typed, cwd);
    return machine;
  }

  async #replace(machine: Machine): Promise<void> {
    const old = this.#machine;
    this.#machine = machine;
    await old.close();
  }
}

/** Whether two lines are the same command: blanks do not count. */
function isSame(one: string | undefined, other: string): boolean {
  const plain = (line: string) => line.trim().replace(/\s+/g, " ");
  return one !== undefined && plain(one) === plain(other);
}

/** Whether nothing has changed between two snapshots but the time. */
function isSameState(one: object | undefined, other: object | undefined): boolean {
  return one !== undefined && timeless(one) === timeless(other);
}

/** A snapshot as text, without the clock of its engine, and so without the checksum of the whole. */
function timeless(snapshot: object | undefined): string | undefined {
  return JSON.stringify(snapshot, (key, value) =>
    key === "clock" || key === "checksum" ? undefined : value,
  );
}
