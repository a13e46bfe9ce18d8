// The worker: the engine, the shell and the lesson, away from the page, so that typing never waits.
import {
  fromText,
  type Level,
  noProgress,
  type Progress,
  readLevel,
  readProgress,
  readSaved,
  type SavedSession,
  savedFormat,
  toText,
  untouched,
} from "@dryharbor/lessons";
import { chapters, findLevel } from "@dryharbor/lessons/content";
import type { ReleaseName } from "@dryharbor/simulator";
import {
  type Calls,
  type Events,
  type Notices,
  type Opening,
  releases,
  type TerminalSize,
} from "../protocol.js";
import { connect, type Served } from "../remote.js";
import { loadDocker } from "./docker-on-demand.js";
import { exported } from "./exports.js";
import { carriedBy } from "./imports.js";
import { levelOf } from "./level-maker.js";
import { type Done, Room, sandbox, sentence } from "./room.js";
import { between, seenFrom } from "./sight.js";

// The shell is wanted as soon as a level is open, and is loaded meanwhile. A load that fails is tried again then.
import("@dryharbor/programs").catch(() => {});

const newest: ReleaseName = releases.at(-1)!;

let main: Room | undefined;
let other: Room | undefined;
let progress: Progress = noProgress;
/** The terminals that the page has open: a new room opens them again. */
const sizes = new Map<number, TerminalSize>();
/** One thing after the other on the other side. */
let following: Promise<void> = Promise.resolve();

function room(): Room {
  if (!main) throw new Error("no level is open yet");
  return main;
}

/** Reads what is to be opened. */
async function read(
  opening: Opening,
): Promise<{ level: Level; saved?: SavedSession; release?: ReleaseName }> {
  if ("level" in opening) {
    const level = opening.level === sandbox.id ? sandbox : findLevel(opening.level);
    if (!level) throw new Error(`There is no level "${opening.level}". \`levels\` lists them.`);
    return { level };
  }
  const text = opening.text.trim();
  if (!text.startsWith("{")) {
    if (!/^dh\d+\./.test(text))
      throw new Error(`This file is neither a saved session nor a level. ${whatLoads}`);
    const saved = await fromText(text);
    return { level: levelIn(saved), saved, ...(saved.release && { release: saved.release }) };
  }
  const value = jsonOf(text);
  if (typeof value.format === "number") return { level: readLevel(value) };
  if (value.format !== savedFormat)
    throw new Error(`This file is neither a saved session nor a level. ${whatLoads}`);
  const saved = readSaved(value);
  return { level: levelIn(saved), saved, ...(saved.release && { release: saved.release }) };
}

const whatLoads =
  "`save` and `build level` write files to load; a compose file, or what docker inspect prints, goes to `import`.";

function jsonOf(
  text: string,
  refusal = "This file is damaged: a part of it is missing or has changed. Save it once more.",
): { format?: unknown } {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(refusal);
  }
}

const noLevel =
  "This is no level: a comma, a quote or a bracket of its JSON is missing, or is too many. Make the level anew, or mend it.";

function levelIn({ level }: SavedSession): Level {
  if (typeof level !== "string") return readLevel(level);
  const known = level === sandbox.id ? sandbox : findLevel(level);
  if (!known) throw new Error(`there is no level "${level}" here: it may be of a later version`);
  return known;
}

async function open(opening: Opening): Promise<void> {
  const found = await read(opening);
  const { level, saved } = found;
  const wanted = opening.release ?? found.release ?? main?.release ?? newest;
  const release = level.releases.includes(wanted) ? wanted : level.releases.at(-1)!;
  const old = main;
  main = await Room.open(level, saved, {
    tell,
    side: "main",
    release,
    done: (what) => {
      following = following.then(() => follow(what));
    },
    progress: () => progress,
    solved: (next) => {
      progress = next;
      tell("progress", progress);
    },
    open: (id) => void open({ level: id }).catch((error) => printEverywhere(`${sentence(error)}\n`)),
  });
  const beside = other?.release;
  await old?.close();
  for (const [id, size] of sizes) {
    tell(
      "output",
      id,
      new TextEncoder().encode(
        `\u001b[2J\u001b[3J\u001b[H\u001b[2m${level.title}. ${level.objective}\u001b[0m\r\n`,
      ),
    );
    await main.openConsole(id, size);
  }
  if (beside) await openBeside(beside);
}

function printEverywhere(text: string): void {
  for (const each of main?.consoles.values() ?? []) each.print(text.replaceAll("\n", "\r\n"));
}

async function openBeside(release: ReleaseName | undefined): Promise<void> {
  await other?.close();
  other = undefined;
  if (release === undefined) return;
  const { session } = room();
  const saved = session.save({ state: false });
  other = await Room.open(
    session.level,
    { ...saved, release },
    {
      tell,
      side: "other",
      release,
      done: () => {},
      progress: () => progress,
      solved: () => {},
      open: () => {},
    },
  );
  const printed = other.session.history.map(
    ({ command, outcome }) => `$ ${command}\n${outcome.stdout}${outcome.stderr}`,
  );
  tell("printed", "other", printed.join(""));
}

async function follow(done: Done): Promise<void> {
  if (!other) return;
  try {
    if (done.what === "command") {
      tell("printed", "main", `$ ${done.command}\n${done.outcome}`);
      tell(
        "printed",
        "other",
        `$ ${done.command}\n${await other.follow(done.command, done.typed, done.places)}`,
      );
    } else {
      await other.step(done.what);
    }
  } catch (error) {
    tell("printed", "other", `${sentence(error)}\n`);
  }
}

const served: Served<Calls> = {
  open,
  beside: openBeside,
  openConsole: async (console, size, command) => {
    sizes.set(console, size);
    await room().openConsole(console, size, command);
    // It is there when somebody types. A load that fails is tried again by the command.
    loadDocker().catch(() => {});
  },
  closeConsole: (console) => {
    sizes.delete(console);
    main?.consoles.get(console)?.close();
    main?.consoles.delete(console);
  },
  word: (word, console) => room().word(word, console),
  seenFrom: (container) => seenFrom(room().machine.simulator, container),
  between: (one, other) => between(room().machine.simulator, one, other),
  share: () => room().share(),
  save: () => room().save(),
  exported: (format) => exported(room().machine.engine, format),
  imported: async (text, console) => {
    const carried = await carriedBy(text);
    await room().carry(carried, console);
    return `This is now ${carried.file} on the host, and the terminal carries it out: ${carried.command}`;
  },
  buildLevel: async (about) => JSON.stringify(await levelOf(room().session, about), undefined, 2),
  shareLevel: (file) => toText(untouched(readLevel(jsonOf(file, noLevel)))),
  levels: () =>
    chapters.flatMap(({ title: group, levels }) =>
      levels.map(({ id, title }) => ({ id, title, group, solved: progress.solved[id] !== undefined })),
    ),
};

const told: { readonly [N in keyof Notices]: Notices[N] } = {
  typed: (console, data) => main?.consoles.get(console)?.type(data),
  resized: (console, size) => {
    if (sizes.has(console)) sizes.set(console, size);
    main?.consoles.get(console)?.resize(size);
  },
  shown: (console, bytes) => main?.consoles.get(console)?.shown(bytes),
  progress: (value) => {
    progress = readProgress(value);
  },
};

// What a worker has besides the globals of `web-globals.d.ts`.
declare const self: unknown;

const { tell } = connect<object, Events>(self, served, told);
