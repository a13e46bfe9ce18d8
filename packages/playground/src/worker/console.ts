// One terminal: a shell of the host at its prompt, and what goes to and fro. When the machine is replaced, as by `undo`,
// a new shell takes the place of the old one in the same terminal.
import type { HostProcess, ProcessContext, Program } from "@dryharbor/simulator";
import type { TerminalSize } from "../protocol.js";
import type { SimulatedMachine } from "./machine.js";

/** What a terminal needs of the room that it is in. */
export interface ConsoleRoom {
  readonly machine: SimulatedMachine;
  /** The lines that were typed in all terminals. */
  readonly history: string[];
  /** Carries out what was typed at the prompt: a word of the lesson, or a command by `run`. */
  perform(typed: TypedCommand): Promise<void>;
}

/** A line that was typed at a prompt. */
export interface TypedCommand {
  readonly console: Console;
  readonly text: string;
  /** Carries the line out by the shell. Resolves to the exit code. */
  run(): Promise<number>;
  readonly process: ProcessContext;
  /** Returns the directory that the shell is in. */
  cwd(): string;
}

/** Ctrl-C. */
const interrupt = "\u0003";

/** How much may be on the way to the page, in bytes, before a program must wait. */
const mostOnTheWay = 256 * 1024;

/** The question of a shell where the cursor is, which nobody needs to answer. */
const whereIsTheCursor = "\u001b[6n";

/** Where a shell of the host begins. */
export const home = "/root";

export class Console {
  readonly #room: ConsoleRoom;
  readonly #send: (data: Uint8Array) => void;
  readonly #ended: () => void;
  readonly #waits: (isWaiting: boolean) => void;
  #size: TerminalSize;
  #process: HostProcess | undefined;
  #machine: SimulatedMachine | undefined;
  /** What is typed before the shell is there. */
  #early = "";
  #onTheWay = 0;
  #wake: (() => void) | undefined;
  /** What the command that runs has printed, and the lines that were typed to it. */
  #recorded: { text: string; readonly typed: string[]; line: string } | undefined;
  readonly #decoder = new TextDecoder();
  /** Whether what was shown last has ended its line. */
  #hasEndedLine = true;
  /** The directory that its shell is in. */
  cwd: string;
  #isIdle = false;

  constructor(
    room: ConsoleRoom,
    cwd: string,
    size: TerminalSize,
    send: (data: Uint8Array) => void,
    ended: () => void,
    waits: (isWaiting: boolean) => void,
  ) {
    this.#waits = waits;
    this.#room = room;
    this.cwd = cwd;
    this.#size = size;
    this.#send = send;
    this.#ended = ended;
  }

  /** Whether its shell waits for a line. */
  get isIdle(): boolean {
    return this.#isIdle;
  }

  set isIdle(isIdle: boolean) {
    this.#isIdle = isIdle;
    this.#waits(isIdle);
  }

  /** Starts a shell on the machine that there is now. */
  async start(): Promise<void> {
    const { machine } = this.#room;
    this.#machine = machine;
    const { shellWith } = await import("@dryharbor/programs");
    const ash: Program = shellWith({
      greets: false,
      history: this.#room.history,
      perform: async (text, run, process, cwd) => {
        this.isIdle = false;
        try {
          if (text === "") await run();
          else await this.#room.perform({ console: this, text, run, process, cwd });
        } finally {
          // After a step back another shell is in the place of this one.
          if (this.#machine === machine) this.cwd = cwd();
          this.isIdle = this.#machine === this.#room.machine;
        }
      },
    });
    const process = await machine.simulator.host.run(["ash"], {
      terminal: this.#size,
      programs: { ...machine.programs, ash },
      cwd: machine.simulator.host.files.isDirectory(this.cwd) ? this.cwd : home,
      env: { PS1: "\\e[1;36m\\h\\e[0m:\\w\\$ " },
    });
    this.#process = process;
    this.isIdle = true;
    void this.#pass(process, machine);
    if (this.#early !== "") await process.write(this.#early);
    this.#early = "";
  }

  async #pass(process: HostProcess, machine: SimulatedMachine): Promise<void> {
    try {
      for await (const { data } of process) {
        const text = this.#decoder.decode(data, { stream: true });
        if (this.#recorded) this.#recorded.text += text;
        if (text !== "") this.#hasEndedLine = text.endsWith("\n");
        this.print(text.replaceAll(whereIsTheCursor, ""));
        if (this.#onTheWay > mostOnTheWay) await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } catch {
      // The machine was closed meanwhile.
    }
    if (this.#machine === machine && this.#room.machine === machine) this.#ended();
  }

  /** Prints in the terminal beside what programs print. */
  print(text: string): void {
    if (text === "") return;
    const data = new TextEncoder().encode(text);
    this.#onTheWay += data.length;
    this.#send(data);
  }

  /** The page has shown so many bytes. */
  shown(bytes: number): void {
    this.#onTheWay -= bytes;
    if (this.#onTheWay > mostOnTheWay) return;
    this.#wake?.();
    this.#wake = undefined;
  }

  type(data: string): void {
    this.#record(data);
    if (this.#process) this.#process.write(data).catch(() => {});
    else this.#early += data;
  }

  #record(data: string): void {
    const recorded = this.#recorded;
    if (!recorded) return;
    recorded.line += data;
    const lines = recorded.line.split(/\r\n?|\n/);
    recorded.line = lines.pop()!;
    recorded.typed.push(...lines);
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    this.#process?.resize(size);
  }

  /** Begins to record what is printed, and the lines that are typed. Returns what ends it. */
  record(): { readonly typed: string[]; end(): string } {
    const recorded = { text: "", typed: [] as string[], line: "" };
    this.#recorded = recorded;
    // The end of the line that was typed may come only now. No command has printed it.
    const isEchoDue = !this.#hasEndedLine;
    return {
      typed: recorded.typed,
      end: () => {
        this.#recorded = undefined;
        // A command that was interrupted is interrupted again where it is carried out again.
        if (recorded.line.includes(interrupt)) recorded.typed.push(interrupt);
        const text = recorded.text.replaceAll("\r\n", "\n");
        return isEchoDue && text.startsWith("\n") ? text.slice(1) : text;
      },
    };
  }

  /** Types a line, after what was begun there is gone. */
  enter(line: string): void {
    this.type(`\u0015${line}\r`);
  }

  close(): void {
    this.#machine = undefined;
    this.#process?.close();
  }
}
