// What a teacher at a terminal says: it plays the levels of a list, one after the other, and answers each line that is
// typed with text. It writes nothing itself, so it works in a page as well as in a program.

import { UsageError } from "@dryharbor/sdk/port";
import { draw, type Topology, topology } from "@dryharbor/sdk/topology";
import type { Verdict } from "../checks/judge.js";
import { fillIn } from "../level/fill-in.js";
import type { Level, Step } from "../level/level.js";
import type { OpenMachine } from "../session/machine.js";
import { type Progress, withSolved } from "../session/progress.js";
import { fromText, toText } from "../session/saved.js";
import { Session, type Turn } from "../session/session.js";
import { type LessonWord, lessonWord, lessonWords } from "../session/words.js";
import { heading, type Paper, prose, styled } from "./paper.js";

/** Levels that belong together. */
export interface TaughtChapter {
  readonly title: string;
  readonly levels: readonly Level[];
}

/** What a teacher is given by its surroundings. */
export interface Classroom {
  readonly chapters: readonly TaughtChapter[];
  readonly open: OpenMachine;
  /** The terminal, as it is at this moment. */
  readonly paper: () => Paper;
  readonly progress: Progress;
  /** Keeps the progress. */
  readonly keep: (progress: Progress) => void | Promise<void>;
  /** Files of the learner's own machine, for `save` and `load`. Without them these words are refused. */
  readonly files?: {
    read(name: string): Promise<string>;
    write(name: string, text: string): Promise<void>;
  };
}

/** What is to be done with a line that was typed. */
export type Reply =
  /** It was a word of the lesson. `text` is the answer. */
  | { readonly kind: "said"; readonly text: string }
  /** It is for the shell. Call `finish` with what came of it, and show the text that it returns. */
  | { readonly kind: "shell"; readonly finish: (outcome: Turn["outcome"]) => Promise<string> };

/**
 * Teaches at a terminal.
 *
 * @example
 * const teacher = await Teacher.begin(classroom, level);
 * console.log(await teacher.opening());
 * const reply = await teacher.hear("docker ps");
 * if (reply.kind === "said") console.log(reply.text);
 * else console.log(await reply.finish(await teacher.session.machine.run("docker ps")));
 */
export class Teacher {
  readonly #classroom: Classroom;
  #session: Session;
  #progress: Progress;

  private constructor(classroom: Classroom, session: Session) {
    this.#classroom = classroom;
    this.#session = session;
    this.#progress = classroom.progress;
  }

  /** Opens a level. */
  static async begin(classroom: Classroom, level: Level): Promise<Teacher> {
    return new Teacher(classroom, await openLevel(classroom, level));
  }

  /** The session that is played. */
  get session(): Session {
    return this.#session;
  }

  /** What is said when a level is opened: its title, objective, state and first step. */
  async opening(): Promise<string> {
    const { level } = this.#session;
    const { paper } = this;
    const now = await this.#topology();
    const number = this.#levels.indexOf(level) + 1;
    return [
      `\n${heading(number > 0 ? `${number}. ${level.title}` : level.title, paper)}`,
      prose(level.objective, paper, { first: "Objective: ", indent: "" }),
      drawing(now, undefined, paper),
      this.#stepsSaid(0, now),
    ].join("");
  }

  /** Hears a line, and says what is to be done with it. */
  async hear(line: string): Promise<Reply> {
    const word = lessonWord(line);
    if (word) return { kind: "said", text: await this.#answer(word) };
    const finish = await this.#session.begin(line);
    return { kind: "shell", finish: async (outcome) => this.#turn(await finish(outcome)) };
  }

  close(): Promise<void> {
    return this.#session.close();
  }

  private get paper(): Paper {
    return this.#classroom.paper();
  }

  get #levels(): readonly Level[] {
    return this.#classroom.chapters.flatMap(({ levels }) => levels);
  }

  #topology(): Promise<Topology> {
    return topology(this.#session.machine.engine);
  }

  /** What is said after a command. */
  async #turn(turn: Turn): Promise<string> {
    const { paper } = this;
    const { level } = this.#session;
    const parts = [drawing(turn.after, turn.before, paper)];
    const [done] = turn.done;
    if (done) {
      const answered = this.#session.answerTo(level.steps.indexOf(done));
      if (answered) {
        parts.push(
          answered.right
            ? prose("You said so.", paper, { first: mark(true, paper), indent: "  " })
            : prose(`You said: ${answered.text} ${answered.because ?? ""}`, paper, {
                first: mark(false, paper),
                indent: "  ",
              }),
        );
      }
      parts.push(...done.look.map((text) => prose(fillIn(text, turn.after), paper)));
    } else if (turn.verdicts.length > 0) {
      parts.push(missingSaid(turn.verdicts, paper));
    }
    if (turn.solved) parts.push(await this.#solved());
    else if (done) parts.push(this.#stepsSaid(level.steps.indexOf(done) + 1, turn.after));
    return parts
      .filter(Boolean)
      .map((part) => `\n${part}`)
      .join("")
      .replace(/^\n\n/, "\n");
  }

  async #solved(): Promise<string> {
    const { level, history } = this.#session;
    const { paper } = this;
    const known = this.#progress.solved[level.id];
    this.#progress = withSolved(this.#progress, level.id, history.length);
    await this.#classroom.keep(this.#progress);
    const count = `${history.length} ${history.length === 1 ? "command" : "commands"}`;
    const best = level.solution.length;
    const rest = known ? "" : history.length > best ? `, and ${best} would do` : "";
    const next = this.#levels.find(({ id }) => id === level.next);
    return [
      `${styled("good", `✓ Solved with ${count}${rest}.`, paper)}\n\n`,
      ...level.afterword.map((text) => prose(text, paper)),
      next ? `\n${prose(`Type \`next\` for “${next.title}”, or stay and try what you like.`, paper)}` : "",
    ].join("");
  }

  /** The texts of the steps from a place on, to the one that is open. */
  #stepsSaid(from: number, now: Topology): string {
    const { level, position, step } = this.#session;
    const read = level.steps
      .slice(from, position)
      .filter(({ command, check }) => command === undefined && check.length === 0);
    const parts = [...read, ...(step ? [step] : [])].map((each) => stepSaid(each, now, this.paper));
    return parts.map((part) => `\n${part}`).join("");
  }

  async #answer(word: LessonWord): Promise<string> {
    const { paper } = this;
    const session = this.#session;
    try {
      switch (word.word) {
        case "help":
          return lessonWords
            .map(([usage, does]) => prose(does, paper, { first: usage.padEnd(20), indent: " ".repeat(20) }))
            .join("");
        case "objective":
          return prose(session.level.objective, paper);
        case "step":
          return session.step
            ? stepSaid(session.step, await this.#topology(), paper)
            : prose("All steps are done. `show goal` tells whether the level is solved.", paper);
        case "hint":
          return prose(session.hint() ?? "There are no more hints. `show solution` tells all.", paper);
        case "show goal":
          return missingSaid(await session.goal(), paper);
        case "show solution":
          return session.level.solution
            .map(
              ({ command, typed = [] }) =>
                `  ${[command, ...typed.map((line) => `  ${line}`)].map((line) => styled("code", line, paper)).join("\n  ")}\n`,
            )
            .join("");
        case "answer": {
          const choice = session.answer(word.choice);
          const { command } = session.step!;
          return prose(`You say: ${choice.text} Now run \`${command}\` and see.`, paper);
        }
        case "undo":
        case "redo":
          return await this.#goTo(word.word);
        case "reset":
          await session.reset();
          return await this.opening();
        case "levels":
          return this.#levelsSaid();
        case "level":
          return await this.#open(word.level);
        case "next":
          return session.level.next === undefined
            ? prose("This is the last level. `levels` shows all.", paper)
            : await this.#open(session.level.next);
        case "share":
          return `${await toText(session.save({ state: false }))}\n`;
        case "save":
          await this.#files.write(word.file, `${await toText(session.save())}\n`);
          return prose(`Saved in ${word.file}. \`load ${word.file}\` goes on with it.`, paper);
        case "load":
          return await this.#load(await this.#files.read(word.file));
      }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return prose(error.message, paper);
    }
  }

  get #files(): NonNullable<Classroom["files"]> {
    if (!this.#classroom.files) throw new UsageError("there are no files here: use share");
    return this.#classroom.files;
  }

  async #goTo(which: "undo" | "redo"): Promise<string> {
    const { paper } = this;
    const session = this.#session;
    const before = await this.#topology();
    const moved = await session[which]();
    if (!moved)
      return prose(
        which === "undo" ? "There is nothing to take back." : "There is nothing to bring back.",
        paper,
      );
    const now = await this.#topology();
    const said = prose(`${which === "undo" ? "Taken back" : "Brought back"}: \`${moved.command}\``, paper);
    const view = drawing(now, before, paper);
    const step = session.step ? `\n${stepSaid(session.step, now, paper)}` : "";
    return `${said}${view && `\n${view}`}${step}`;
  }

  async #open(name: string): Promise<string> {
    const levels = this.#levels;
    const level =
      levels.find(({ id }) => id === name) ?? (/^\d+$/.test(name) ? levels[Number(name) - 1] : undefined);
    if (!level) throw new UsageError(`there is no level ${name}; type levels to see which there are`);
    const session = await openLevel(this.#classroom, level);
    await this.#session.close();
    this.#session = session;
    return this.opening();
  }

  async #load(text: string): Promise<string> {
    const saved = await fromText(text);
    const level =
      typeof saved.level === "string" ? this.#levels.find(({ id }) => id === saved.level) : saved.level;
    if (!level) throw new UsageError(`the level ${saved.level} is not there: it is of another version`);
    const find = (id: string) => this.#levels.find((each) => each.id === id);
    const session = await Session.resume(saved, {
      level,
      open: this.#classroom.open,
      find,
      ...(saved.release && { release: saved.release }),
    });
    await this.#session.close();
    this.#session = session;
    return this.opening();
  }

  #levelsSaid(): string {
    const { paper } = this;
    let number = 0;
    return this.#classroom.chapters
      .map(({ title, levels }) => {
        const rows = levels.map((level) => {
          number++;
          const sign = this.#progress.solved[level.id] ? styled("good", "✓", paper) : " ";
          const here = level === this.#session.level ? styled("strong", level.title, paper) : level.title;
          return `${sign} ${`${number}`.padStart(2)}  ${here}\n`;
        });
        return `${styled("title", title, paper)}\n${rows.join("")}`;
      })
      .join("\n");
  }
}

function openLevel({ chapters, open }: Classroom, level: Level): Promise<Session> {
  const levels = chapters.flatMap((chapter) => chapter.levels);
  return Session.open({ level, open, find: (id) => levels.find((each) => each.id === id) });
}

/** A step: what it explains, its question, and its command. */
function stepSaid({ text, predict, command, typed, check }: Step, now: Topology, paper: Paper): string {
  const parts = text.map((each) => prose(fillIn(each, now), paper));
  if (predict) {
    const choices = predict.choices.map((choice, index) =>
      prose(fillIn(choice.text, now), paper, { first: `  ${index + 1}  `, indent: "     " }),
    );
    parts.push(`${prose(fillIn(predict.question, now), paper)}${choices.join("")}`);
  }
  if (command !== undefined) {
    const lines = [command, ...(typed ?? [])].map((line, index) =>
      index === 0 ? `  ${line}` : `    ${line}`,
    );
    parts.push(lines.map((line) => `${styled("code", line, paper)}\n`).join(""));
  } else if (check.length > 0) {
    parts.push(`${styled("faint", "(hint, show goal, show solution)", paper)}\n`);
  }
  return parts.join("\n");
}

/** The topology, where it is another one than before. A container that has come and gone again is no news. */
function drawing(now: Topology, before: Topology | undefined, paper: Paper): string {
  const shown = (of: Topology): Topology => ({
    networks: of.networks,
    containers: of.containers.filter(({ state }) => state !== "created" && state !== "exited"),
  });
  if (before ? draw(shown(before)) === draw(shown(now)) : now.containers.length === 0) return "";
  return `\n${draw(now, { ...paper, ...(before && { since: before }) })}`;
}

function missingSaid(verdicts: readonly Verdict[], paper: Paper): string {
  return verdicts
    .map(({ held, says }) => prose(says, paper, { first: mark(held, paper), indent: "  " }))
    .join("");
}

function mark(good: boolean, paper: Paper): string {
  return styled(good ? "good" : "bad", good ? "✓ " : "✗ ", paper);
}
