// The terminals: tabs with xterm.js in them. What is typed goes to the worker, and what comes from there is shown.
import { FitAddon } from "@xterm/addon-fit";
import { type ITheme, Terminal } from "@xterm/xterm";
import { button, element } from "../picture/nodes.js";
import type { TerminalSize } from "../protocol.js";
import { Echo } from "./echo.js";
import { onTheme, theme } from "./looks.js";

export interface TerminalsListener {
  opened(console: number, size: TerminalSize, command: string | undefined): void;
  closed(console: number): void;
  typed(console: number, data: string): void;
  resized(console: number, size: TerminalSize): void;
  shown(console: number, bytes: number): void;
}

interface Tab {
  readonly id: number;
  readonly terminal: Terminal;
  readonly fit: FitAddon;
  readonly panel: HTMLElement;
  readonly tab: HTMLButtonElement;
  readonly echo: Echo;
}

const themes: Readonly<Record<"light" | "dark", ITheme>> = {
  light: {
    background: "#ffffff",
    foreground: "#17252c",
    cursor: "#0b6b7a",
    selectionBackground: "#bfe0e6",
    black: "#17252c",
    red: "#b3261e",
    green: "#176b3a",
    yellow: "#7a5600",
    blue: "#1556b0",
    magenta: "#86328f",
    cyan: "#0b6b7a",
    white: "#5a6b73",
    brightBlack: "#5a6b73",
    brightRed: "#b3261e",
    brightGreen: "#176b3a",
    brightYellow: "#7a5600",
    brightBlue: "#1556b0",
    brightMagenta: "#86328f",
    brightCyan: "#0b6b7a",
    brightWhite: "#17252c",
  },
  dark: {
    background: "#0e191e",
    foreground: "#dbe7ea",
    cursor: "#5cc9d6",
    selectionBackground: "#24505a",
    black: "#0e191e",
    red: "#ff8a80",
    green: "#7bd88f",
    yellow: "#e8c268",
    blue: "#82b8ff",
    magenta: "#d8a6e6",
    cyan: "#5cc9d6",
    white: "#dbe7ea",
    brightBlack: "#8fa3ab",
    brightRed: "#ff8a80",
    brightGreen: "#7bd88f",
    brightYellow: "#e8c268",
    brightBlue: "#82b8ff",
    brightMagenta: "#d8a6e6",
    brightCyan: "#5cc9d6",
    brightWhite: "#ffffff",
  },
};

const fontFamily = 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Keys that a phone's keyboard lacks. */
const softKeys: readonly (readonly [label: string, name: string, data: string])[] = [
  ["Tab", "Tab", "\t"],
  ["↑", "Arrow up", "\u001b[A"],
  ["↓", "Arrow down", "\u001b[B"],
  ["←", "Arrow left", "\u001b[D"],
  ["→", "Arrow right", "\u001b[C"],
  ["^C", "Control C", "\u0003"],
  ["^D", "Control D", "\u0004"],
  ["-", "Hyphen", "-"],
  ["|", "Pipe", "|"],
  ["/", "Slash", "/"],
];

export class Terminals {
  readonly #listener: TerminalsListener;
  readonly #list: HTMLElement;
  readonly #panels: HTMLElement;
  readonly #tabs = new Map<number, Tab>();
  #current = -1;
  #ids = 0;
  #isReader = false;

  constructor(listener: TerminalsListener) {
    this.#listener = listener;
    this.#list = document.querySelector("#terminal-tabs")!;
    this.#panels = document.querySelector("#terminals")!;
    document.querySelector("#new-terminal")!.addEventListener("click", () => this.open("host"));
    document.querySelector(".keys")!.append(
      ...softKeys.map(([label, name, data]) =>
        button(
          label,
          () => {
            listener.typed(this.#current, data);
            this.focus();
          },
          { "aria-label": name },
        ),
      ),
    );
    this.#list.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#fit()).observe(this.#panels);
    onTheme(() => {
      for (const { terminal } of this.#tabs.values()) terminal.options.theme = themes[theme()];
    });
  }

  /** The terminal that is shown. */
  get current(): number {
    return this.#current;
  }

  /** Opens a terminal of the host. `command` is typed there. */
  open(title: string, command?: string): number {
    const id = this.#ids++;
    const terminal = new Terminal({
      fontFamily,
      fontSize: innerWidth < 600 ? 12.5 : 13.5,
      lineHeight: 1.25,
      cursorBlink: false,
      scrollback: 5_000,
      theme: themes[theme()],
      minimumContrastRatio: 4.5,
      screenReaderMode: this.#isReader,
      allowProposedApi: false,
    });
    const fit = new FitAddon();
    const echo = new Echo();
    terminal.loadAddon(fit);
    const panel = element("div", {
      role: "tabpanel",
      id: `terminal-${id}`,
      "aria-labelledby": `terminal-tab-${id}`,
      class: "terminal",
    });
    const tab = button(title, () => this.show(id), {
      role: "tab",
      id: `terminal-tab-${id}`,
      "aria-controls": `terminal-${id}`,
    });
    if (id > 0) tab.append(this.#closer(id, title));
    this.#list.append(tab);
    this.#panels.append(panel);
    this.#tabs.set(id, { id, terminal, fit, panel, tab, echo });
    terminal.open(panel);
    // F6 leaves the terminal, in which Tab completes.
    terminal.attachCustomKeyEventHandler(
      ({ key, ctrlKey, shiftKey }) => key !== "F6" && !(ctrlKey && shiftKey && (key === "C" || key === "V")),
    );
    terminal.textarea?.setAttribute("aria-label", `${title}, terminal. F6 leaves it.`);
    terminal.onData((data) => {
      const shown = echo.typed(data, terminal.cols - terminal.buffer.active.cursorX);
      if (shown !== "") terminal.write(shown);
      this.#listener.typed(id, data);
    });
    terminal.onResize(({ cols, rows }) => this.#listener.resized(id, { columns: cols, rows }));
    this.show(id);
    this.#listener.opened(id, { columns: terminal.cols, rows: terminal.rows }, command);
    return id;
  }

  #closer(id: number, title: string): HTMLElement {
    const cross = element("span", { class: "close", title: `Close ${title}`, "aria-hidden": "true" }, "×");
    cross.addEventListener("click", (event) => {
      event.stopPropagation();
      this.close(id);
    });
    return cross;
  }

  /** Shows a terminal, and takes the keyboard there. */
  show(id: number): void {
    const shown = this.#tabs.get(id);
    if (!shown) return;
    this.#current = id;
    for (const { id: each, tab, panel } of this.#tabs.values()) {
      const isShown = each === id;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      panel.hidden = !isShown;
    }
    this.#fit();
    shown.terminal.focus();
  }

  close(id: number): void {
    const closed = this.#tabs.get(id);
    if (!closed) return;
    this.#tabs.delete(id);
    closed.terminal.dispose();
    closed.panel.remove();
    closed.tab.remove();
    this.#listener.closed(id);
    if (this.#current === id) this.show([...this.#tabs.keys()].at(-1) ?? this.open("host"));
  }

  /** Shows what has come for a terminal. */
  write(id: number, data: Uint8Array): void {
    const to = this.#tabs.get(id);
    if (to) to.terminal.write(to.echo.came(data), () => this.#listener.shown(id, data.length));
    else this.#listener.shown(id, data.length);
  }

  /** A shell waits for a line, or does not any more. */
  waits(id: number, isWaiting: boolean): void {
    const tab = this.#tabs.get(id);
    if (tab) tab.echo.isOn = isWaiting;
  }

  /** A shell has ended: the first terminal gets another one, and the others close. */
  ended(id: number): void {
    const tab = this.#tabs.get(id);
    if (!tab) return;
    if (this.#tabs.size > 1) {
      this.close(id);
      return;
    }
    const { terminal } = tab;
    terminal.write("\r\n");
    this.#listener.opened(id, { columns: terminal.cols, rows: terminal.rows }, undefined);
  }

  focus(): void {
    this.#tabs.get(this.#current)?.terminal.focus();
  }

  /** Lets screen readers read what is printed. */
  setReader(isOn: boolean): void {
    this.#isReader = isOn;
    for (const { terminal } of this.#tabs.values()) terminal.options.screenReaderMode = isOn;
  }

  get isReader(): boolean {
    return this.#isReader;
  }

  /** The text of the terminal that is shown. */
  text(): string {
    const buffer = this.#tabs.get(this.#current)?.terminal.buffer.active;
    if (!buffer) return "";
    const lines = Array.from({ length: buffer.length }, (_, index) => buffer.getLine(index));
    return lines
      .map((line) => `${line?.isWrapped ? "" : "\n"}${line?.translateToString(true) ?? ""}`)
      .join("")
      .trim();
  }

  #fit(): void {
    const shown = this.#tabs.get(this.#current);
    if (shown && shown.panel.clientHeight > 0) shown.fit.fit();
  }

  #key(event: KeyboardEvent): void {
    const all = [...this.#tabs.keys()];
    const at = all.indexOf(this.#current);
    if (event.key === "Delete" && this.#current > 0) this.close(this.#current);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = all[(at + step + all.length) % all.length]!;
    this.show(next);
    this.#tabs.get(next)!.tab.focus();
  }
}
