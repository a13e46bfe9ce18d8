// Progress on a terminal: a head line and a line for each step, redrawn ten times a second.

import type { CommandIo } from "../../io.js";
import type { Progress, Step, StepState } from "./progress.js";

interface Shown extends Step {
  begun: number;
  ended?: number | undefined;
}

const spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const bars = " ⡀⣀⣄⣤⣦⣶⣷⣿";
const colours: Readonly<Record<StepState, string>> = {
  working: "",
  done: "32",
  warning: "33;1",
  error: "31;1",
};
const marks: Readonly<Record<StepState, string>> = { working: "", done: "✔", warning: "!", error: "✘" };
const between = 100;

/** Shows steps on a terminal. `coloured`: whether it may use colours. */
export function terminalProgress(io: CommandIo, coloured: boolean): Progress {
  const paint = (code: string, text: string) => (coloured && code ? `\x1b[${code}m${text}\x1b[0m` : text);
  const now = () => Number(io.now() / 1_000_000n);
  let steps = new Map<string, Shown>();
  let lines: string[] = [];
  let drawn = 0;
  let turn = 0;

  const draw = (title: string) => {
    if (steps.size === 0) return;
    const { columns, rows } = io.terminal?.size() ?? { columns: 80, rows: 24 };
    const all = [...steps.values()];
    const done = all.filter(({ state }) => state !== "working").length;
    const head = `[+] ${title} ${done}/${all.length}`;
    const width = Math.max(...all.map((step) => nameOf(step).length));
    const shown = all.filter(({ parent }) => parent === undefined || all.length <= rows - 2);
    const text = [
      paint(done === all.length ? "34" : "", head),
      ...shown
        .filter(({ parent }) => parent === undefined)
        .flatMap((step) => [
          lineOf(step, "", width, columns),
          ...shown
            .filter(({ parent }) => parent === step.id)
            .map((part) => lineOf(part, "  ", width - 2, columns)),
        ]),
    ];
    const up = drawn > 0 ? `\x1b[${drawn}A` : "";
    io.stderr(`${up}\x1b[?25l${text.map((line) => `\r\x1b[K${line}\n`).join("")}\x1b[?25h`);
    drawn = text.length;
    turn++;
  };

  const nameOf = ({ id, text }: Step) => (text ? `${id} ${text}` : id);

  const lineOf = (step: Shown, pad: string, width: number, columns: number): string => {
    const mark =
      step.state === "working"
        ? paint("33", spinner[turn % spinner.length] ?? "")
        : paint(colours[step.state], marks[step.state]);
    const parts =
      step.state === "working" ? [...steps.values()].filter(({ parent }) => parent === step.id) : [];
    const bar = parts
      .map(({ percent = 0 }) => bars[Math.floor(((bars.length - 1) * percent) / 100)])
      .join("");
    const name = bar ? `${step.id} [${paint("32", bar)}] ${step.text ?? ""}` : nameOf(step);
    const seconds = `${(((step.ended ?? now()) - step.begun) / 1000).toFixed(1)}s `;
    const status = step.status ?? "";
    const plainLength = pad.length + 4 + Math.max(width, visible(name)) + 1;
    const room = Math.max(0, columns - plainLength - seconds.length - 1);
    const shortened = status.length > room ? `${status.slice(0, Math.max(0, room - 3))}...` : status;
    const left = `${pad} ${mark} ${name}${" ".repeat(Math.max(0, width - visible(name)))} ${paint(colours[step.state], shortened)}`;
    return `${left}${" ".repeat(Math.max(1, columns - visible(left) - seconds.length))}${paint("34", seconds)}`;
  };

  return {
    async run(title, act) {
      steps = new Map();
      lines = [];
      drawn = 0;
      let over = false;
      const redraw = (async () => {
        while (!over) {
          draw(title);
          await io.sleep(between);
        }
      })();
      try {
        return await act();
      } finally {
        over = true;
        draw(title);
        for (const line of lines) io.stderr(`${line}\n`);
        // The last sleep ends by itself; nothing is drawn after it.
        void redraw;
      }
    },
    step(step) {
      const before = steps.get(step.id);
      const ended = step.state === "working" ? undefined : (before?.ended ?? now());
      const most = (a: number | undefined, b: number | undefined) => Math.max(a ?? 0, b ?? 0);
      steps.set(step.id, {
        ...step,
        current: most(before?.current, step.current),
        total: most(before?.total, step.total),
        percent: most(before?.percent, step.percent),
        begun: before?.begun ?? now(),
        ended,
      });
    },
    tail: (line) => lines.push(line),
  };
}

/** How many columns a text takes, without the codes of colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for.
const visible = (text: string) => [...text.replace(/\x1b\[[0-9;]*m/g, "")].length;
