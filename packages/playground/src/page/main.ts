// The page: it puts the panes together, and connects them with the worker.
import { element } from "../picture/nodes.js";
import {
  type Calls,
  type Events,
  type LessonView,
  type Notices,
  type Opening,
  releases,
  type State,
  type Wish,
} from "../protocol.js";
import { connect } from "../remote.js";
import {
  buildDialog,
  chosenFile,
  dialog,
  download,
  exportDialog,
  importDialog,
  type LevelBuilder,
  levelsDialog,
  moreDialog,
  shareDialog,
} from "./dialogs.js";
import { worker } from "./engine.js";
import { LessonPane } from "./lesson.js";
import { isMotionReduced, setMotion, switchTheme } from "./looks.js";
import { NetworksPane } from "./networks.js";
import { inline } from "./prose.js";
import { keep, kept } from "./storage.js";
import { Terminals } from "./terminals.js";

type Release = (typeof releases)[number];

const events: Events = {
  state: (state) => showState(state),
  traffic: (side, packets, more) => networks.traffic(side, packets, more),
  output: (console, data) => {
    terminals.write(console, data);
    if (!isReady) ready();
  },
  waits: (console, isWaiting) => terminals.waits(console, isWaiting),
  printed: (side, text) => networks.printed(side, text),
  consoleEnded: (console) => terminals.ended(console),
  lesson: (view) => showLesson(view),
  wanted: (wish) => void fulfil(wish),
  progress: (progress) => keep("progress", JSON.stringify(progress)),
};
const { call, tell } = connect<Calls, Notices>(worker, {}, events);

let lessonShown: LessonView | undefined;
let release: Release = releases.at(-1)!;
let beside: Release | undefined;
let isReady = false;
let keeping: ReturnType<typeof setTimeout> | undefined;

const networks = new NetworksPane({
  seenFrom: (container) => call.seenFrom(container),
  between: (one, other) => call.between(one, other),
  endComparison: () => void compare(undefined),
});
const lesson = new LessonPane({
  type: (command) => {
    tell("typed", terminals.current, `${command}\r`);
    terminals.focus();
  },
  word: (word) => void call.word(word, terminals.current),
});
const terminals = new Terminals({
  opened: (console, size, command) => void opened.then(() => call.openConsole(console, size, command)),
  closed: (console) => void call.closeConsole(console),
  typed: (console, data) => tell("typed", console, data),
  resized: (console, size) => tell("resized", console, size),
  shown: (console, bytes) => tell("shown", console, bytes),
});

// What the engine tells.

/** The first prompt is there. */
function ready(): void {
  isReady = true;
  performance.mark("prompt");
  document.documentElement.dataset.ready = "";
  keepPage();
}

/** Keeps the whole page for the next time, when what the first prompt needs is there. */
function keepPage(): void {
  if (!("serviceWorker" in navigator && import.meta.env.PROD)) return;
  void navigator.serviceWorker.register("./service-worker.js").catch(() => {
    // Without it the page needs the network; a browser may forbid it.
  });
}

function showState(state: State): void {
  networks.show(state);
  if (state.side !== "main") return;
  document.querySelector<HTMLButtonElement>("#undo")!.disabled = !state.canUndo;
  document.querySelector<HTMLButtonElement>("#redo")!.disabled = !state.canRedo;
}

function showLesson(view: LessonView): void {
  if (view.solved && lessonShown?.id === view.id && !lessonShown.solved)
    say(`The level ${view.title} is solved.`);
  lessonShown = view;
  release = view.release;
  lesson.show(view);
  document.querySelector("#level-title")!.textContent = view.title.replaceAll("`", "");
  document.title = `${view.title.replaceAll("`", "")} · Dryharbor classroom`;
  for (const set of document.querySelectorAll<HTMLFieldSetElement>("fieldset.releases")) fillReleases(set);
  // What was done comes back when the page is opened again.
  clearTimeout(keeping);
  keeping = setTimeout(async () => keep("session", await call.share().catch(() => undefined)), 400);
}

function say(text: string): void {
  document.querySelector("#status")!.textContent = text;
}

async function fulfil(wish: Wish): Promise<void> {
  switch (wish.wish) {
    case "levels":
      return levelsDialog(await call.levels(), lessonShown?.id ?? "", openLevel);
    case "share":
      return share();
    case "save":
      return download(
        `${lessonShown?.id ?? "session"}.dryharbor.json`,
        await call.save(),
        "application/json",
      );
    case "load": {
      const text = await chosenFile();
      if (text !== undefined) await open({ text });
      return;
    }
    case "export":
      return exportDialog((format) => call.exported(format));
    case "import":
      return importDialog((text) => call.imported(text, terminals.current));
    case "build level":
      return buildDialog(builder);
    case "open":
      return openLevel(wish.level);
  }
}

// What the learner wants.

async function open(opening: Opening): Promise<void> {
  try {
    await call.open(opening);
  } catch (error) {
    cannotOpen(error as Error);
  }
  terminals.focus();
}

function openLevel(level: string): void {
  void open({ level });
}

async function share(): Promise<void> {
  shareDialog(linkTo(await call.share()));
}

function linkTo(text: string): string {
  const url = new URL(location.href);
  url.hash = text;
  return url.href;
}

const builder: LevelBuilder = {
  build: (title, objective) => call.buildLevel({ title, objective }),
  link: async (file) => linkTo(await call.shareLevel(file)),
};

async function compare(other: Release | undefined): Promise<void> {
  beside = other;
  networks.beside(other);
  for (const set of document.querySelectorAll<HTMLFieldSetElement>("fieldset.releases")) fillReleases(set);
  await call.beside(other);
}

async function switchRelease(to: Release): Promise<void> {
  release = to;
  keep("release", to);
  if (beside === to) await compare(undefined);
  // The same commands are carried out on the other release.
  const text = await call.share();
  await open({ text, release: to });
}

/** Fills the switch of releases: the one that is played, and the one beside it. */
function fillReleases(set: HTMLFieldSetElement): void {
  set.className = "releases";
  const held = set.contains(document.activeElement)
    ? (document.activeElement as HTMLInputElement).dataset.key
    : undefined;
  const possible = lessonShown?.releases ?? releases;
  const others = element(
    "select",
    { "aria-label": "Compare with another release", "data-key": "beside" },
    element("option", { value: "" }, "compare…"),
    ...possible
      .filter((each) => each !== release)
      .map((each) => element("option", { value: each }, `beside ${each}`)),
  );
  others.value = beside ?? "";
  others.addEventListener("change", () => void compare((others.value || undefined) as Release | undefined));
  set.replaceChildren(
    element("legend", { class: "hidden" }, "Release of Docker Engine"),
    element(
      "span",
      { class: "segments" },
      ...releases.map((each) => {
        const radio = element("input", {
          type: "radio",
          name: `release-${set.id}`,
          value: each,
          disabled: !possible.includes(each),
          "data-key": each,
        });
        radio.checked = each === release;
        radio.addEventListener("change", () => void switchRelease(each));
        return element("label", {}, radio, element("span", {}, each));
      }),
    ),
    others,
  );
  if (held) set.querySelector<HTMLElement>(`[data-key="${held}"]`)?.focus();
}

function more(): void {
  const set = element("fieldset", { id: "more-releases" });
  moreDialog({
    releases: set,
    save: () => void fulfil({ wish: "save" }),
    load: () => void fulfil({ wish: "load" }),
    share: () => void share(),
    reset: () => void call.word("reset", terminals.current),
    exported: (format) => call.exported(format),
    imported: (text) => call.imported(text, terminals.current),
    builder,
    switches: [
      { label: "Nothing moves", isOn: isMotionReduced(), set: setMotion },
      {
        label: "Screen readers read the terminal",
        isOn: terminals.isReader,
        set: (isOn) => terminals.setReader(isOn),
      },
    ],
  });
  fillReleases(set);
}

const onClick = (id: string, act: () => void): void =>
  document.querySelector(`#${id}`)!.addEventListener("click", act);
onClick("levels", () => void fulfil({ wish: "levels" }));
onClick("undo", () => void call.word("undo", terminals.current));
onClick("redo", () => void call.word("redo", terminals.current));
onClick("reset", () => void call.word("reset", terminals.current));
onClick("share", () => void share());
onClick("more", more);
onClick("theme", switchTheme);

const panes = ["#lesson-pane", "#terminal-pane", "#picture-pane", "header"];
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6") return;
  event.preventDefault();
  const all = panes.map((each) => document.querySelector<HTMLElement>(each)!);
  const at = all.findIndex((each) => each.contains(document.activeElement));
  const next = all[(at + (event.shiftKey ? all.length - 1 : 1)) % all.length]!;
  if (next.id === "terminal-pane") terminals.focus();
  else next.querySelector<HTMLElement>("button:not(:disabled), [tabindex='0']")?.focus();
});

// The beginning.

/** What the link asks for; `undefined` where it asks for nothing. */
function linked(): Opening | undefined {
  const asked = location.hash.slice(1);
  if (asked === "") return undefined;
  // What is done from here on is kept, and must not be lost to the link when the page is opened again.
  history.replaceState(undefined, "", location.pathname + location.search);
  if (/^dh\d+\./.test(asked)) return { text: asked };
  return { level: asked.replace(/^level=/, "") };
}

/** What to try in turn: the link, where the learner was, and the beginning. */
function openings(): Opening[] {
  const session = kept("session");
  return [linked(), session === undefined ? undefined : { text: session }, { level: "first-steps" }].filter(
    (each) => each !== undefined,
  );
}

async function begin(): Promise<void> {
  const progress = kept("progress");
  if (progress !== undefined) {
    try {
      tell("progress", JSON.parse(progress));
    } catch {
      keep("progress", undefined);
    }
  }
  let wrong: Error | undefined;
  for (const each of openings()) {
    try {
      await call.open(each);
      break;
    } catch (error) {
      wrong ??= error as Error;
    }
  }
  if (wrong) cannotOpen(wrong);
}

function cannotOpen({ message }: Error): void {
  dialog("This cannot be opened", element("p", {}, ...inline(message)));
}

fillReleases(document.querySelector("#releases")!);
const opened = begin();
terminals.open("host");
addEventListener("hashchange", () => {
  const asked = linked();
  if (asked) void open(asked);
});
