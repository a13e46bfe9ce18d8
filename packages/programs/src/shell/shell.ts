// The shell's interpreter: it runs parsed commands in a process. sh.ts creates it for a script, input or a
// terminal; builtins.ts holds the commands that it runs itself; expansion.ts makes its words.
import {
  ContentFile,
  FileError,
  firstPrivateDescriptor,
  type OpenFile,
  type OpenOptions,
  type ProcessContext,
  type Program,
  type StartedProcess,
  type TerminalControl,
} from "@dryharbor/kernel";
import { Accounts } from "../busybox/accounts.js";
import { findProgram } from "../busybox/find-program.js";
import { type Builtin, builtins, jobLine, specialBuiltins } from "./builtins.js";
import { type ExpansionSource, expandDocument, expandPattern, expandText, expandWords } from "./expansion.js";
import { ExitFlow, LoopFlow, ReturnFlow, ShellError } from "./flow.js";
import { glob } from "./glob.js";
import { endText, type Job, Jobs } from "./jobs.js";
import type { ShellOptions } from "./options.js";
import { Parser, SyntaxProblem } from "./parser.js";
import { matches } from "./pattern.js";
import { quoteForTrace } from "./quoting.js";
import type { Command, OpenOperator, Redirection, Redirections, SimpleCommand } from "./syntax.js";
import { Traps } from "./traps.js";
import type { Variable, Variables } from "./variables.js";

/** The state of a shell that its subshells inherit as a copy. */
export interface ShellState {
  /** The name of the shell in messages: `$0`. */
  name: string;
  /** The positional parameters: `$1` and the following. */
  positional: readonly string[];
  readonly variables: Variables;
  readonly functions: Map<string, Command>;
  readonly aliases: Map<string, string>;
  readonly options: ShellOptions;
  /** The lines that were typed at its prompt, oldest first. */
  readonly history: string[];
  cwd: string;
  umask: number;
  /** The PID in `$$`. A subshell keeps the PID of its parent shell. */
  readonly pid: number;
  /** The PID in `$!`: the last process of the last background command. */
  lastBackground: number | undefined;
  /** The exit code in `$?`. */
  status: number;
  /** The line of the command that runs. */
  line: number;
}

/** The circumstances in which a command runs. */
export interface RunMode {
  /** Whether the exit code is tested, as in a condition. Then a failure does not end a shell with `-e`. */
  readonly tested: boolean;
  /** Whether no command follows. Then a program may replace the shell's process. */
  readonly last: boolean;
}

const tested: RunMode = { tested: true, last: false };
const encoder = new TextEncoder();
const sigint = 2;
/** The deepest nesting of function calls. */
const deepestCall = 1000;

type Descriptors = Map<number, OpenFile>;

/** A shell or subshell: it runs commands in a process. */
export class Shell implements ExpansionSource {
  readonly jobs = new Jobs();
  readonly traps: Traps;
  /** The name of the running builtin, for messages. */
  command: string | undefined;
  /** The number of running loops around the current command. */
  loops = 0;
  /** The number of running functions and sourced files, from which `return` can return. */
  returns = 0;
  /** The number of running functions. */
  depth = 0;
  /** The exit code of the last command substitution in the current command. */
  #substitution: number | undefined;
  #nextPrivate = firstPrivateDescriptor;
  readonly #reported = new WeakSet<object>();

  constructor(
    readonly process: ProcessContext,
    readonly state: ShellState,
    /**
     * Whether a user types the commands. Messages then name no line numbers, and jobs get their own process
     * groups.
     */
    readonly interactive: boolean,
    traps?: Traps,
  ) {
    this.traps = traps ?? new Traps(process, () => this.jobs.wake());
  }

  // The source for expansions.

  get positional(): readonly string[] {
    return this.state.positional;
  }
  get unsetIsError(): boolean {
    return this.state.options.has("nounset");
  }
  get globs(): boolean {
    return !this.state.options.has("noglob");
  }

  parameter(name: string): string | undefined {
    const { state } = this;
    switch (name) {
      case "?":
        return String(state.status);
      case "$":
        return String(state.pid);
      case "!":
        return state.lastBackground === undefined ? undefined : String(state.lastBackground);
      case "#":
        return String(state.positional.length);
      case "-":
        return state.options.letters();
      case "0":
        return state.name;
      case "LINENO":
        return state.variables.get("LINENO") === "" ? String(state.line) : state.variables.get("LINENO");
      case "RANDOM":
        return state.variables.variable("RANDOM") ? this.#random() : undefined;
      case "EPOCHSECONDS":
        return String(this.process.now() / 1_000_000_000n);
      default:
        return /^\d+$/.test(name) ? state.positional[Number(name) - 1] : state.variables.get(name);
    }
  }

  #random(): string {
    // Any sequence is good enough. This one is the same in each run.
    const next = (Number(this.state.variables.get("RANDOM") || 1) * 1_103_515_245 + 12_345) % 2_147_483_648;
    this.state.variables.set("RANDOM", String(next));
    return String(next & 0x7fff);
  }

  assign(name: string, value: string): void {
    const { variables, options } = this.state;
    if (variables.isReadonly(name)) throw new ShellError(`${name}: is read only`);
    variables.set(name, value);
    if (name === "OPTIND") this.optionsRead = { index: Number(value) || 1, at: 0 };
    if (options.has("allexport")) variables.mark(name, { exported: true });
  }

  /** The position of `getopts`: the number of the argument, and the index of the letter in it. */
  optionsRead = { index: 1, at: 0 };

  home(user: string): string | undefined {
    if (user === "") return this.state.variables.get("HOME");
    return new Accounts(this.process.files).userNamed(user)?.home;
  }

  glob(pattern: string): string[] {
    return glob(this.process, this.state.cwd, pattern);
  }

  async substitute(body: Command | undefined): Promise<string> {
    if (!body) {
      this.#substitution = 0;
      return "";
    }
    const { reader, writer } = this.process.pipe();
    const files = new Map(this.#inherited());
    files.set(1, writer);
    reader.hold();
    const started = this.#fork(files, (shell) => shell.run(body, { tested: false, last: true }));
    const decoder = new TextDecoder();
    let output = "";
    for (;;) {
      const data = await this.process.read(reader, Number.POSITIVE_INFINITY);
      if (!data) break;
      output += decoder.decode(data, { stream: true });
    }
    output += decoder.decode();
    reader.drop();
    const code = await this.waitFor(this.jobs.add([started]), { foreground: false });
    this.#substitution = code;
    this.state.status = code;
    return output.replaceAll("\0", "");
  }

  // Output.

  print(text: string): void {
    const file = this.process.descriptors.get(1);
    if (!file) throw new FileError("EBADF");
    this.process.write(file, encoder.encode(text));
  }

  printError(text: string): void {
    const file = this.process.descriptors.get(2);
    if (file) this.process.write(file, encoder.encode(text));
  }

  /** Prints a message with the names of the shell and the builtin, and with the line. */
  complain(message: string, line = this.state.line): void {
    const command = this.command === undefined || this.command === this.state.name ? "" : `${this.command}: `;
    const where = this.interactive ? "" : `line ${line}: `;
    this.printError(`${this.state.name}: ${command}${where}${message}\n`);
  }

  /** Prints the message of an error, unless it has been printed already. */
  reportOnce(mistake: ShellError | SyntaxProblem): void {
    if (this.#reported.has(mistake)) return;
    this.#reported.add(mistake);
    this.complain(mistake.message);
  }

  // Scripts.

  /**
   * Runs the whole text of a script, and resolves to the exit code of its last command.
   *
   * @param last whether the shell ends with this script
   */
  async runText(text: string, line: number, last: boolean): Promise<number> {
    const input = { text, at: 0, line };
    let code = 0;
    for (;;) {
      const command = this.parse(input, false);
      if (command === "end") return code;
      if (!command) continue;
      const isLast = last && /^\s*$/.test(input.text.slice(input.at));
      code = await this.run(command, { tested: false, last: isLast });
    }
  }

  /**
   * Parses the next command of a script and moves `input` behind it. Returns `undefined` for an empty line.
   *
   * @param isOpen whether more text may follow
   * @throws {SyntaxProblem} The text is not a command.
   * @throws {Incomplete} The command needs more text, which may follow.
   */
  parse(input: { text: string; at: number; line: number }, isOpen: boolean): Command | undefined | "end" {
    const parser = new Parser(input.text, input.at, {
      line: input.line,
      open: isOpen,
      alias: (name) => this.state.aliases.get(name),
    });
    try {
      return parser.next();
    } catch (error) {
      if (error instanceof SyntaxProblem) this.state.line = error.line;
      throw error;
    } finally {
      input.text = parser.text;
      input.at = parser.position;
      input.line = parser.line;
    }
  }

  // Commands.

  /** Runs a command and resolves to its exit code. */
  async run(command: Command, mode: RunMode): Promise<number> {
    const { state } = this;
    if (state.options.has("noexec")) return 0;
    await this.process.caughtUp();
    const code = await this.#run(command, mode);
    state.status = code;
    await this.runTraps();
    const mayFail =
      command.kind === "simple" ||
      command.kind === "subshell" ||
      (command.kind === "pipeline" && !command.negated);
    if (code !== 0 && mayFail && !mode.tested && state.options.has("errexit")) throw new ExitFlow(code);
    return state.status;
  }

  /** Runs the traps of the signals that have arrived. */
  async runTraps(): Promise<void> {
    for (let action = this.traps.next(); action !== undefined; action = this.traps.next()) {
      const { status } = this.state;
      await this.runText(action, this.state.line, false);
      this.state.status = status;
    }
  }

  async #run(command: Command, mode: RunMode): Promise<number> {
    switch (command.kind) {
      case "simple":
        return this.#runSimple(command, mode);
      case "pipeline":
        return this.#runPipeline(command, mode);
      case "and":
      case "or": {
        const left = await this.run(command.left, { tested: true, last: false });
        if ((left === 0) !== (command.kind === "and")) return left;
        return this.run(command.right, mode);
      }
      case "sequence":
        await this.run(command.left, { tested: mode.tested, last: false });
        return this.run(command.right, mode);
      case "background":
        return this.#runInBackground(command.body, command.text);
      case "subshell":
        return this.#runSubshell(command.body, command.redirections, mode);
      case "group":
        return this.#redirected(command.redirections, () => this.run(command.body, { ...mode, last: false }));
      case "if":
        if ((await this.run(command.condition, tested)) === 0) return this.run(command.body, mode);
        return command.otherwise ? this.run(command.otherwise, mode) : 0;
      case "while":
      case "until":
        return this.#runWhile(command, mode);
      case "for":
        return this.#runFor(command, mode);
      case "case":
        return this.#runCase(command, mode);
      case "function":
        this.state.functions.set(command.name, command.body);
        return 0;
    }
  }

  async #runWhile(
    { kind, condition, body }: Extract<Command, { kind: "while" | "until" }>,
    mode: RunMode,
  ): Promise<number> {
    return this.#loop(async (round) => {
      for (let code = 0; ; ) {
        const ends = await round(async () => {
          const holds = (await this.run(condition, tested)) === 0;
          if (holds !== (kind === "while")) return "end";
          code = await this.run(body, { tested: mode.tested, last: false });
          return undefined;
        });
        if (ends) return code;
      }
    });
  }

  async #runFor(
    { variable, words, body, line }: Extract<Command, { kind: "for" }>,
    mode: RunMode,
  ): Promise<number> {
    this.state.line = line;
    const values = words ? await expandWords(this, words) : this.positional;
    return this.#loop(async (round) => {
      let code = 0;
      for (const value of values) {
        const ends = await round(async () => {
          this.assign(variable, value);
          code = await this.run(body, { tested: mode.tested, last: false });
          return undefined;
        });
        if (ends) break;
      }
      return code;
    });
  }

  /** Runs a loop. Its body calls the given function for each round, which `break` and `continue` can end. */
  async #loop(
    body: (round: (once: () => Promise<"end" | undefined>) => Promise<boolean>) => Promise<number>,
  ): Promise<number> {
    this.loops++;
    try {
      return await body(async (once) => {
        try {
          return (await once()) === "end";
        } catch (flow) {
          if (!(flow instanceof LoopFlow)) throw flow;
          flow.levels--;
          if (flow.levels > 0 && this.loops > 1) throw flow;
          this.state.status = 0;
          return flow.kind === "break";
        }
      });
    } finally {
      this.loops--;
    }
  }

  async #runCase(
    { subject, items, line }: Extract<Command, { kind: "case" }>,
    mode: RunMode,
  ): Promise<number> {
    this.state.line = line;
    const text = await expandText(this, subject);
    for (const { patterns, body } of items) {
      for (const pattern of patterns) {
        if (matches(await expandPattern(this, pattern), text)) return body ? this.run(body, mode) : 0;
      }
    }
    return 0;
  }

  async #runPipeline(
    { commands, negated }: Extract<Command, { kind: "pipeline" }>,
    mode: RunMode,
  ): Promise<number> {
    const [only] = commands;
    if (commands.length === 1 && only) {
      const code = await this.run(only, { tested: mode.tested || negated, last: false });
      return negated ? Number(code === 0) : code;
    }
    const code = await this.waitFor(this.jobs.add(this.#startPipeline(commands, this.#inherited())));
    return negated ? Number(code === 0) : code;
  }

  #startPipeline(commands: readonly Command[], inherited: Descriptors): StartedProcess[] {
    const started: StartedProcess[] = [];
    let input = inherited.get(0);
    for (const [index, command] of commands.entries()) {
      const isLast = index === commands.length - 1;
      const link = isLast ? undefined : this.process.pipe();
      const files = new Map(inherited);
      if (input) files.set(0, input);
      else files.delete(0);
      if (link) files.set(1, link.writer);
      // In an interactive shell, each job is a process group, so that the signal keys reach only one job.
      const group = this.interactive ? (started[0]?.pid ?? "own") : undefined;
      started.push(
        this.#fork(files, (shell) => shell.run(command, { tested: false, last: true }), { group }),
      );
      input = link?.reader;
    }
    return started;
  }

  #runInBackground(command: Command, text: string): number {
    const files = new Map(this.#inherited());
    // Without job control, a background command has an empty standard input.
    if (!this.interactive) files.set(0, new ContentFile(new Uint8Array()));
    const processes =
      command.kind === "pipeline" && !command.negated
        ? this.#startPipeline(command.commands, files)
        : [
            this.#fork(files, (shell) => shell.run(command, { tested: false, last: true }), {
              ignoresKeys: !this.interactive,
              group: this.interactive ? "own" : undefined,
            }),
          ];
    const job = this.jobs.add(processes, this.interactive ? text : "");
    this.state.lastBackground = job.lastPid;
    return 0;
  }

  async #runSubshell(body: Command, redirections: Redirections, mode: RunMode): Promise<number> {
    const runIn = (shell: Shell) =>
      shell.#redirected(redirections, () => shell.run(body, { tested: mode.tested, last: true }), {
        stays: true,
      });
    // The last command of a process needs no process of its own, which would hold the files of its parent.
    if (mode.last && this.#hasNothingLeft) return runIn(this);
    const started = this.#fork(new Map(this.#inherited()), runIn, {
      group: this.interactive ? "own" : undefined,
    });
    return this.waitFor(this.jobs.add([started]));
  }

  /**
   * Waits for a job and resolves to its exit code. A foreground job gets the signal keys of the terminal
   * meanwhile.
   */
  async waitFor(job: Job, { foreground = true } = {}): Promise<number> {
    const terminal = foreground ? this.terminal : undefined;
    if (terminal) terminal.foreground = job.pids[0];
    while (!this.recordEnds(job)) await this.jobs.nextEnd();
    if (terminal) {
      terminal.foreground = undefined;
      if (job.ends.get(job.lastPid)?.signal === sigint) this.printError("\n");
    }
    this.jobs.remove(job);
    return job.code(this.state.options.has("pipefail"));
  }

  /**
   * Records the processes that have ended. Prints the signal that ended a process of `job`. Returns whether
   * `job` is done.
   */
  recordEnds(job: Job | undefined): boolean {
    for (const news of this.jobs.recordEnds()) {
      const text = news.job === job ? endText(news.end) : undefined;
      if (text !== undefined) this.printError(`${text}\n`);
    }
    return job?.isDone ?? false;
  }

  /** The terminal of an interactive shell, where jobs take turns in the foreground. */
  get terminal(): TerminalControl | undefined {
    return this.interactive ? this.process.descriptors.get(0)?.terminal : undefined;
  }

  /** Prints and forgets the jobs that have ended. */
  reportEndedJobs(): void {
    this.jobs.recordEnds();
    for (const job of this.jobs.list().filter((each) => each.isDone)) {
      this.printError(jobLine(this, job));
      this.jobs.remove(job);
    }
  }

  /** Whether no trap and no job is left to look after. */
  get #hasNothingLeft(): boolean {
    return !this.traps.any && this.jobs.list().every((job) => job.isDone);
  }

  /** Starts a subshell: a copy of this shell in a new process. */
  #fork(
    descriptors: Descriptors,
    body: (shell: Shell) => Promise<number>,
    { ignoresKeys = false, group }: { ignoresKeys?: boolean; group?: number | "own" | undefined } = {},
  ): StartedProcess {
    const { state, process } = this;
    const copy: ShellState = {
      ...state,
      variables: state.variables.copy(),
      functions: new Map(state.functions),
      aliases: new Map(state.aliases),
      options: state.options.copy(),
      history: [...state.history],
    };
    const { command, loops, returns, depth } = this;
    const ignored = new Set(this.traps.ignored());
    if (ignoresKeys) for (const signal of [2, 3]) ignored.add(signal);
    const program: Program = (context) => {
      const shell = new Shell(context, copy, false);
      shell.traps.inherit(ignored);
      shell.command = command;
      shell.loops = loops;
      shell.returns = returns;
      shell.depth = depth;
      shell.optionsRead = { ...this.optionsRead };
      return shell.runToEnd(() => body(shell));
    };
    return process.start(program, {
      argv: process.argv,
      env: process.env,
      cwd: state.cwd,
      descriptors,
      ignored,
      ...(group !== undefined && { group }),
    });
  }

  /** Returns the descriptors that a child inherits. */
  #inherited(): Descriptors {
    return new Map(
      [...this.process.descriptors].filter(([descriptor]) => descriptor < firstPrivateDescriptor),
    );
  }

  /** Runs `body` and then the EXIT trap. Resolves to the exit code of the shell's process. */
  async runToEnd(body: () => Promise<number>): Promise<number> {
    let code = await this.#guarded(body);
    const action = this.traps.take(0);
    if (action !== undefined) {
      this.state.status = code;
      this.command = undefined;
      const after = await this.#guarded(async () => {
        await this.runText(action, this.state.line, false);
        return code;
      });
      code = after;
    }
    return code;
  }

  async #guarded(body: () => Promise<number>): Promise<number> {
    try {
      return await body();
    } catch (flow) {
      if (flow instanceof ExitFlow || flow instanceof ReturnFlow) return flow.code;
      if (flow instanceof LoopFlow) return 0;
      if (flow instanceof ShellError || flow instanceof SyntaxProblem) {
        this.reportOnce(flow);
        return flow instanceof ShellError ? flow.code : 2;
      }
      throw flow;
    }
  }

  // Simple commands.

  async #runSimple(command: SimpleCommand, mode: RunMode): Promise<number> {
    this.state.line = command.line;
    this.#substitution = undefined;
    const words = await expandWords(this, command.words);
    const [name] = words;
    if (name === undefined) return this.#runAssignments(command);

    const body = name.includes("/") ? undefined : this.state.functions.get(name);
    const builtin = body || name.includes("/") ? undefined : builtins.get(name);
    if (body) return this.#callFunction(body, words, command, mode);
    if (builtin) return this.#callBuiltin(builtin, words, command);
    return this.#callProgram(words, command, mode);
  }

  async #runAssignments({ assignments, redirections }: SimpleCommand): Promise<number> {
    return this.#redirected(redirections, async () => {
      const traced: string[] = [];
      for (const { name, value } of assignments) {
        const text = await expandText(this, value, { assignment: true });
        this.assign(name, text);
        traced.push(`${name}=${quoteForTrace(text)}`);
      }
      if (traced.length > 0) await this.#trace(traced);
      return this.#substitution ?? 0;
    });
  }

  async #assigned({ assignments }: SimpleCommand): Promise<[string, string][]> {
    const values: [string, string][] = [];
    for (const { name, value } of assignments) {
      if (this.state.variables.isReadonly(name)) throw new ShellError(`${name}: is read only`);
      values.push([name, await expandText(this, value, { assignment: true })]);
    }
    return values;
  }

  async #traceCommand(values: readonly [string, string][], words: readonly string[]): Promise<void> {
    await this.#trace([
      ...values.map(([name, value]) => `${name}=${quoteForTrace(value)}`),
      ...words.map(quoteForTrace),
    ]);
  }

  async #trace(words: readonly string[]): Promise<void> {
    if (!this.state.options.has("xtrace")) return;
    const prompt = this.state.variables.get("PS4") ?? "";
    this.state.options.setName("xtrace", false);
    const shown = await this.expandPrompt(prompt);
    this.state.options.setName("xtrace", true);
    this.printError(`${shown}${words.join(" ")}\n`);
  }

  async expandPrompt(prompt: string): Promise<string> {
    const parser = new Parser(prompt, 0, {
      line: this.state.line,
      open: false,
      alias: () => undefined,
    });
    return expandDocument(this, parser.quotedText());
  }

  async #callFunction(
    body: Command,
    words: readonly string[],
    command: SimpleCommand,
    mode: RunMode,
  ): Promise<number> {
    const { state } = this;
    return this.#redirected(command.redirections, async () => {
      const values = await this.#assigned(command);
      await this.#traceCommand(values, words);
      if (this.depth >= deepestCall) throw new ShellError("function recursion limit exceeded");
      const { positional } = state;
      const { optionsRead } = this;
      state.variables.enterFunction();
      for (const [name, value] of values) {
        state.variables.makeLocal(name);
        state.variables.set(name, value);
        state.variables.mark(name, { exported: true });
      }
      state.positional = words.slice(1);
      this.optionsRead = { index: 1, at: 0 };
      this.returns++;
      this.depth++;
      const loops = this.loops;
      this.loops = 0;
      try {
        return await this.run(body, { tested: mode.tested, last: false });
      } catch (flow) {
        if (flow instanceof ReturnFlow) return flow.code;
        throw flow;
      } finally {
        this.loops = loops;
        this.returns--;
        this.depth--;
        state.positional = positional;
        this.optionsRead = optionsRead;
        state.variables.leaveFunction();
      }
    });
  }

  async #callBuiltin(builtin: Builtin, words: readonly string[], command: SimpleCommand): Promise<number> {
    const [name = ""] = words;
    const { variables } = this.state;
    const isSpecial = specialBuiltins.has(name);
    // The redirections of `exec` stay in effect.
    const stays = name === "exec";
    return this.#redirected(
      command.redirections,
      async () => {
        const values = await this.#assigned(command);
        await this.#traceCommand(values, words);
        const before: [string, Variable | undefined][] = [];
        for (const [variable, value] of values) {
          if (!isSpecial) before.push([variable, variables.variable(variable)]);
          this.assign(variable, value);
          if (!isSpecial) variables.mark(variable, { exported: true });
        }
        try {
          return await this.callBuiltin(builtin, words, isSpecial);
        } finally {
          for (const [variable, was] of before) variables.restore(variable, was);
        }
      },
      { stays, fails: isSpecial },
    );
  }

  async callBuiltin(builtin: Builtin, words: readonly string[], isSpecial: boolean): Promise<number> {
    const outer = this.command;
    const [name = ""] = words;
    this.command = name;
    try {
      const code = await builtin(this, words);
      this.command = outer;
      return code;
    } catch (error) {
      if (error instanceof ShellError && !isSpecial) {
        this.reportOnce(error);
        this.command = outer;
        return error.code;
      }
      if (error instanceof FileError) {
        this.command = outer;
        this.printError(`${this.state.name}: write error: ${error.message}\n`);
        return 1;
      }
      // The message of such an error names this builtin, so `command` keeps its name until it is printed.
      if (!(error instanceof ShellError || error instanceof SyntaxProblem)) this.command = outer;
      throw error;
    }
  }

  async #callProgram(words: readonly string[], command: SimpleCommand, mode: RunMode): Promise<number> {
    const replaces = mode.last && this.#hasNothingLeft;
    if (replaces) {
      return this.#redirected(
        command.redirections,
        async () => {
          const values = await this.#assigned(command);
          await this.#traceCommand(values, words);
          return this.becomeProgram(words, values);
        },
        { stays: true },
      );
    }
    const values = await this.#assigned(command);
    return this.#redirected(command.redirections, async () => {
      await this.#traceCommand(values, words);
      return this.runProgram(words, values);
    });
  }

  /** Runs a program in a child process, waits for it, and resolves to its exit code. */
  async runProgram(words: readonly string[], values: readonly [string, string][] = []): Promise<number> {
    const found = this.findProgram(words[0] as string);
    if (typeof found !== "function") {
      this.complain(`${words[0]}: ${found.problem}`);
      return found.code;
    }
    const started = this.process.start(found, {
      argv: words as [string, ...string[]],
      env: { ...this.state.variables.environment(), ...Object.fromEntries(values) },
      cwd: this.state.cwd,
      descriptors: this.#inherited(),
      ignored: this.traps.ignored(),
      ...(this.interactive && { group: "own" }),
    });
    return this.waitFor(this.jobs.add([started]));
  }

  /**
   * Replaces the shell by a program. Resolves to its exit code, or to the code for a program that was not
   * found.
   */
  async becomeProgram(words: readonly string[], values: readonly [string, string][]): Promise<number> {
    const found = this.findProgram(words[0] as string);
    if (typeof found !== "function") {
      this.complain(`${words[0]}: ${found.problem}`);
      return found.code;
    }
    this.traps.take(0);
    return this.process.become(found, {
      argv: words as [string, ...string[]],
      env: { ...this.state.variables.environment(), ...Object.fromEntries(values) },
      cwd: this.state.cwd,
    });
  }

  /** Finds the program of a command. Returns the message and the exit code when there is none. */
  findProgram(name: string): Program | { readonly problem: string; readonly code: number } {
    if (name === "") return { problem: "Permission denied", code: 127 };
    const path = this.state.variables.environment().PATH ?? "";
    const program = findProgram(this.process, name, { cwd: this.state.cwd, path });
    if (program) return program;
    if (!name.includes("/")) return { problem: "not found", code: 127 };
    const exists = this.process.files.with({ cwd: this.state.cwd }).exists(name);
    return exists ? { problem: "Permission denied", code: 126 } : { problem: "not found", code: 127 };
  }

  // Redirections.

  /**
   * Runs `body` with redirections, and restores the descriptors afterwards. The exit code is 1 when a file
   * cannot be opened.
   *
   * @param stays whether the redirections stay in effect
   * @param fails whether a failed redirection ends the shell, as with a special builtin
   */
  async #redirected(
    redirections: Redirections,
    body: () => Promise<number>,
    { stays = false, fails = false } = {},
  ): Promise<number> {
    if (redirections.length === 0) return body();
    const { process } = this;
    const saved: { readonly descriptor: number; readonly at: number | undefined }[] = [];
    const restore = (): void => {
      for (const { descriptor, at } of saved.reverse()) {
        process.redirect(descriptor, at === undefined ? undefined : process.descriptors.get(at));
        if (at !== undefined) {
          process.redirect(at, undefined);
          this.#nextPrivate = Math.min(this.#nextPrivate, at);
        }
      }
    };
    try {
      for (const redirection of redirections) {
        await this.#redirect(redirection, (descriptor) => {
          if (saved.some((each) => each.descriptor === descriptor)) return;
          const file = process.descriptors.get(descriptor);
          const at = file ? this.#nextPrivate++ : undefined;
          if (file && at !== undefined) process.redirect(at, file);
          saved.push({ descriptor, at });
        });
      }
    } catch (error) {
      restore();
      if (!(error instanceof RedirectionProblem)) throw error;
      if (fails) throw new ShellError(error.message, 1);
      this.complain(error.message);
      return 1;
    }
    if (stays) {
      for (const { at } of saved) if (at !== undefined) process.redirect(at, undefined);
      this.#nextPrivate = firstPrivateDescriptor;
      return body();
    }
    try {
      return await body();
    } catch (error) {
      // The message goes to the redirected standard error.
      if (error instanceof ShellError || error instanceof SyntaxProblem) this.reportOnce(error);
      throw error;
    } finally {
      restore();
    }
  }

  async #redirect(redirection: Redirection, save: (descriptor: number) => void): Promise<void> {
    const { process } = this;
    const { descriptor } = redirection;
    if (redirection.kind === "here") {
      const text = await expandDocument(this, redirection.document.text);
      save(descriptor);
      process.redirect(descriptor, new ContentFile(encoder.encode(text)));
      return;
    }
    // The target of a redirection is always one word.
    const target = await expandText(this, redirection.target);
    if (redirection.kind === "duplicate") {
      if (target === "-") {
        save(descriptor);
        process.redirect(descriptor, undefined);
        return;
      }
      if (/^\d+$/.test(target)) {
        const file = process.descriptors.get(Number(target));
        if (!file) throw new RedirectionProblem(`dup2(${target},${descriptor}): Bad file descriptor`);
        save(descriptor);
        process.redirect(descriptor, file);
        return;
      }
      if (!redirection.output || redirection.spelt) throw new ShellError("syntax error: bad fd number");
      this.#openFor([1, 2], target, "&>", save);
      return;
    }
    const { operator } = redirection;
    const both = operator === "&>" || operator === "&>>";
    this.#openFor(both ? [1, 2] : [descriptor], target, operator, save);
  }

  #openFor(
    descriptors: readonly number[],
    path: string,
    operator: OpenOperator,
    save: (descriptor: number) => void,
  ): void {
    const { cwd, umask, options } = this.state;
    const writes = operator !== "<";
    try {
      if (operator === ">" && options.has("noclobber")) {
        const files = this.process.files.with({ cwd });
        if (files.exists(path) && files.stat(path).type === "file") throw new FileError("EEXIST");
      }
      const file = this.process.open(path, { cwd, umask, ...openings[operator] });
      for (const descriptor of descriptors) {
        save(descriptor);
        this.process.redirect(descriptor, file);
      }
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      const reason =
        error.code === "ENOENT" ? (writes ? "nonexistent directory" : "no such file") : error.message;
      throw new RedirectionProblem(`can't ${writes ? "create" : "open"} ${path}: ${reason}`);
    }
  }
}

const overwriting = { write: true, create: true, truncate: true };
const appending = { append: true, create: true };

/** The options with which each redirection operator opens a file. */
const openings: Readonly<Record<OpenOperator, OpenOptions>> = {
  "<": {},
  ">": overwriting,
  ">|": overwriting,
  "&>": overwriting,
  ">>": appending,
  "&>>": appending,
  "<>": { read: true, write: true, create: true },
};

/** The failure of a redirection. */
class RedirectionProblem extends Error {}
