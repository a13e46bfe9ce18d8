import {
  type Connection,
  FileError,
  type Listener,
  type OpenFile,
  type ProcessContext,
} from "@dryharbor/kernel";
import { type AppletCall, applet, Died } from "./applet.js";
import { findProgram } from "./find-program.js";
import { connectTo, hostAddress, numericAddress } from "./host-address.js";
import { readNumber } from "./number.js";
import { parseOptions } from "./options.js";
import { readPort } from "./service-port.js";

const help = `nc [-iN] [-wN] [-l] [-p PORT] [-f FILE|IPADDR PORT] [-e PROG]

Open a pipe to IP:PORT or FILE

	-l	Listen mode, for inbound connects
		(use -ll with -e for persistent server)
	-p PORT	Local port
	-w SEC	Connect timeout
	-i SEC	Delay interval for lines sent
	-f FILE	Use file (ala /dev/ttyS0) instead of network
	-e PROG	Run PROG after connect`;

/** `nc`: sends standard input over a TCP connection and prints what comes back. With `-l` it waits for one. */
export const nc = applet({ help }, async (process, { usage, operands: args }) => {
  const { before, program } = splitAtProgram(args);
  const parsed = parseOptions(before, { flags: "l", values: "pwife" });
  if (typeof parsed === "string") {
    process.stderr(`${process.argv[0]}: ${parsed}\n`);
    return usage(process);
  }
  const { given, counts, operands } = parsed;
  const listens = counts.get("l") ?? 0;
  const port = readPort(process, given.get("p")?.at(-1) ?? "0");
  const within = secondsOf(given, "w") * 1000;
  const delay = secondsOf(given, "i") * 1000;
  const path = given.get("f")?.at(-1);
  const most = path !== undefined ? 0 : listens > 0 ? 1 : 2;
  const least = path !== undefined || listens > 0 ? 0 : 1;
  const file = path === undefined ? undefined : openedFile(process, path);
  if (operands.length < least || operands.length > most || (file && listens > 0)) return usage(process);
  if (file) return copy(process, filePeer(process, file), delay);

  const timer = within > 0 ? { within } : {};
  if (listens === 0) {
    const [host = "", remote = "0"] = operands;
    const connection = await inTime(process, within, async () =>
      connectTo(process, await hostAddress(process, host, readPort(process, remote))),
    );
    return program
      ? runOn(process, connection, program)
      : copy(process, socketPeer(process, connection), delay);
  }
  const repeats = listens > 1 && program !== undefined;
  const listener = await listenAt(process, operands[0], port, listens);
  for (let options = timer; ; options = {}) {
    const connection = await accepted(listener, options);
    if (repeats) startOn(process, connection, program);
    else {
      listener.close();
      if (program) return runOn(process, connection, program);
      return copy(process, socketPeer(process, connection), delay);
    }
  }
});

type CommandLine = readonly [string, ...string[]];

/** Divides the arguments at `-e PROG`: all that follows belongs to the program. */
function splitAtProgram(args: readonly string[]): {
  readonly before: readonly string[];
  readonly program?: CommandLine;
} {
  for (let at = 0; at < args.length; at++) {
    const argument = args[at] as string;
    if (argument === "--") break;
    if (!/^-./.test(argument)) continue;
    const letter = /^-l*([a-z])(.*)$/s.exec(argument);
    if (letter?.[1] === "e") {
      const flags = argument.slice(0, argument.indexOf("e"));
      const rest = letter[2] ? [letter[2], ...args.slice(at + 1)] : args.slice(at + 1);
      const [command, ...others] = rest;
      if (command === undefined) break;
      return {
        before: [...args.slice(0, at), ...(flags === "-" ? [] : [flags])],
        program: [command, ...others],
      };
    }
    if (letter && "pwif".includes(letter[1] as string) && letter[2] === "") at++;
  }
  return { before: args };
}

function secondsOf(given: AppletCall["given"], letter: string): number {
  const last = given.get(letter)?.at(-1);
  return last === undefined ? 0 : readNumber(last);
}

/** Waits for a connection for so many milliseconds. 0 means without end. @throws {Died} */
async function inTime(
  process: ProcessContext,
  within: number,
  connect: () => Promise<Connection>,
): Promise<Connection> {
  if (within === 0) return connect();
  const late = process.sleep(within).then(() => {
    throw new Died("timed out");
  });
  return Promise.race([connect(), late]);
}

async function listenAt(
  process: ProcessContext,
  host: string | undefined,
  port: number,
  backlog: number,
): Promise<Listener> {
  const local = host ? await numericAddress(process, host, port) : { address: "::", port };
  try {
    return process.network.listen(local.port, { address: local.address, backlog });
  } catch (error) {
    if (error instanceof FileError) throw new Died(`bind: ${error.message}`);
    throw error;
  }
}

async function accepted(listener: Listener, options: { readonly within?: number }): Promise<Connection> {
  try {
    return await listener.accept(options);
  } catch (error) {
    if (error instanceof FileError && error.code === "EAGAIN") throw new Died("timed out");
    throw error;
  }
}

/** Replaces this process by a program whose input and output are the connection. */
function runOn(process: ProcessContext, connection: Connection, argv: CommandLine): Promise<number> {
  const { env, cwd } = process;
  const program = findProgram(process, argv[0]);
  if (!program) throw new Died(`can't execute '${argv[0]}': No such file or directory`);
  process.redirect(0, connection.file);
  process.redirect(1, connection.file);
  connection.close();
  return process.become(program, { argv, env, cwd });
}

/** Starts a program whose input and output are the connection. */
function startOn(process: ProcessContext, connection: Connection, argv: CommandLine): void {
  const { env, cwd } = process;
  const program = findProgram(process, argv[0]);
  if (program) {
    const descriptors = new Map(process.descriptors).set(0, connection.file).set(1, connection.file);
    process.start(program, { argv, env, cwd, descriptors });
  } else process.stderr(`nc: can't execute '${argv[0]}': No such file or directory\n`);
  connection.close();
}

/** The other side of the copying. */
interface Peer {
  /** Resolves to `undefined` at the end. */
  read(): Promise<Uint8Array | undefined>;
  write(data: Uint8Array): Promise<void>;
  end(): void;
}

const chunk = 1024;

function socketPeer(process: ProcessContext, connection: Connection): Peer {
  return {
    read: () => connection.read(chunk).catch(() => undefined),
    end: () => connection.end(),
    async write(data) {
      try {
        await connection.write(data);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === "EPIPE") process.kill(process.pid, sigpipe);
        throw new Died(`write error: ${error.message}`);
      }
    },
  };
}

const sigpipe = 13;

function filePeer(process: ProcessContext, file: OpenFile): Peer {
  return {
    read: () => process.read(file, chunk),
    write: async (data) => process.write(file, data),
    end() {},
  };
}

function openedFile(process: ProcessContext, path: string): OpenFile {
  try {
    return process.open(path, { read: true, write: true });
  } catch (error) {
    if (error instanceof FileError) throw new Died(`can't open '${path}': ${error.message}`);
    throw error;
  }
}

/** Copies data in both directions until the other side ends. Resolves to the exit code. */
async function copy(process: ProcessContext, peer: Peer, delay: number): Promise<number> {
  const stdin = process.descriptors.get(0);
  const nextInput = () =>
    (stdin ? process.read(stdin, chunk) : Promise.resolve(undefined)).then((data) => ({
      from: "input" as const,
      data,
    }));
  const nextOutput = () => peer.read().then((data) => ({ from: "peer" as const, data }));
  let input: ReturnType<typeof nextInput> | undefined = nextInput();
  let output = nextOutput();
  for (;;) {
    const { from, data } = await Promise.race(input ? [input, output] : [output]);
    if (from === "peer") {
      if (!data) return 0;
      process.stdout(data);
      await process.caughtUp();
      output = nextOutput();
    } else if (data) {
      await peer.write(data);
      input = nextInput();
    } else {
      peer.end();
      input = undefined;
    }
    if (delay > 0 && data) await process.sleep(delay);
  }
}
