// ss of iproute2 6.1: the sockets of the network namespace.
import type { ProcessContext, Program, SocketInfo, TcpState } from "@dryharbor/kernel";
import { parseOptions } from "../../busybox/options.js";
import { type SsLine, tableText } from "./ss-columns.js";
import { connectedStates, readSsFilter, SsFilterError, statesNamed } from "./ss-filter.js";
import { ssHelp } from "./ss-help.js";

const long = {
  help: "h",
  version: "V",
  numeric: "n",
  resolve: "r",
  all: "a",
  listening: "l",
  options: "o",
  extended: "e",
  memory: "m",
  processes: "p",
  threads: "T",
  info: "i",
  summary: "s",
  events: "E",
  ipv4: "4",
  ipv6: "6",
  packet: "0",
  tcp: "t",
  udp: "u",
  raw: "w",
  unix: "x",
  family: "f",
  kill: "K",
  "no-header": "H",
  oneline: "O",
  query: "A",
  socket: "A",
  context: "Z",
  contexts: "z",
} as const;

/** Options that show what the sockets here do not have, or change them. */
const unsimulated = ["e", "m", "i", "b", "E", "K", "D", "F", "N", "0", "T", "Z", "z"] as const;

type Protocol = SocketInfo["protocol"];

/** `ss`: prints sockets. */
export const ss: Program = async (process) => {
  const parsed = parseOptions(process.argv.slice(1), {
    flags: "hVnralopimeTstuwxHOKEbZz460SMdBI",
    values: "fADFN",
    long,
  });
  if (typeof parsed === "string") {
    process.stderr(`ss: ${parsed}\n${ssHelp}`);
    return 255;
  }
  const { given, operands } = parsed;
  if (given.has("h")) {
    process.stdout(ssHelp);
    return 0;
  }
  if (given.has("V")) {
    process.stdout("ss utility, iproute2-6.1.0\n");
    return 0;
  }
  const unknown = unsimulated.find((letter) => given.has(letter));
  if (unknown) {
    process.stderr(`ss: -${unknown}: this is not simulated\n`);
    return 1;
  }
  try {
    await new SsRun(process, given, operands).run();
    return 0;
  } catch (error) {
    if (!(error instanceof SsFilterError)) throw error;
    process.stderr(error.message);
    return error.code;
  }
};

class SsRun {
  readonly #process: ProcessContext;
  readonly #given: ReadonlyMap<string, readonly string[]>;
  readonly #words: readonly string[];
  readonly #services: ReadonlyMap<string, string>;
  readonly #ports: ReadonlyMap<string, number>;

  constructor(
    process: ProcessContext,
    given: ReadonlyMap<string, readonly string[]>,
    words: readonly string[],
  ) {
    this.#process = process;
    this.#given = given;
    this.#words = words;
    const { files } = process;
    const text = files.exists("/etc/services") ? new TextDecoder().decode(files.read("/etc/services")) : "";
    const services = new Map<string, string>();
    const ports = new Map<string, number>();
    for (const [, name = "", port, protocol] of text.matchAll(/^([^\s#]+)\s+(\d+)\/(tcp|udp)\b/gm)) {
      if (!services.has(`${protocol} ${port}`)) services.set(`${protocol} ${port}`, name);
      if (!ports.has(name)) ports.set(name, Number(port));
    }
    this.#services = services;
    this.#ports = ports;
  }

  async run(): Promise<void> {
    const given = this.#given;
    const { states, filter, areNamed } = this.#filters();
    const sockets = this.#process.network.sockets();
    if (given.has("s")) {
      this.#process.stdout(summaryText(sockets));
      if (!["t", "u", "w", "x", "a", "l", "4", "6"].some((letter) => given.has(letter))) return;
    }
    const protocols = this.#protocols();
    const lines: SsLine[] = [];
    for (const protocol of protocols) {
      const of = sockets.filter(
        (socket) =>
          socket.protocol === protocol &&
          this.#isOfFamily(socket) &&
          states(socket).includes(socket.state) &&
          filter(socket),
      );
      for (const socket of inOrder(of)) lines.push(await this.#lineOf(socket));
    }
    const isUnix = given.has("x");
    const shownStates = new Set(
      protocols.length === 1 ? statesOf(protocols[0]!, states, areNamed) : ["several", "states"],
    );
    this.#process.stdout(
      tableText({
        lines,
        hasHeader: !given.has("H"),
        showsProtocol: protocols.length !== 1 || isUnix,
        showsState: isUnix || shownStates.size !== 1,
        width: this.#process.descriptors.get(1)?.terminal ? this.#columns : undefined,
      }),
    );
  }

  /** The width of the terminal. */
  get #columns(): number {
    return this.#process.descriptors.get(1)?.terminal?.size.columns || 80;
  }

  #protocols(): readonly Protocol[] {
    const given = this.#given;
    const chosen = (["udp", "tcp", "raw"] as const).filter((protocol) =>
      given.has(protocol === "raw" ? "w" : (protocol[0] as string)),
    );
    if (chosen.length > 0) return chosen;
    return given.has("x") ? [] : ["raw", "udp", "tcp"];
  }

  #isOfFamily({ family }: SocketInfo): boolean {
    const given = this.#given;
    if (!given.has("4") && !given.has("6")) return true;
    return given.has(String(family));
  }

  /** Reads the words: states, then an expression. */
  #filters(): {
    readonly states: (socket: Pick<SocketInfo, "protocol">) => readonly TcpState[];
    readonly filter: (socket: SocketInfo) => boolean;
    /** Whether the words name states. */
    readonly areNamed: boolean;
  } {
    const given = this.#given;
    const rest = [...this.#words];
    let named: readonly TcpState[] | undefined;
    const base = (): readonly TcpState[] =>
      given.has("a") ? statesNamed("all") : given.has("l") ? ["LISTEN", "CLOSE"] : connectedStates;
    while (rest[0] === "state" || rest[0] === "exclude" || rest[0] === "excl") {
      const word = rest.shift();
      const name = rest.shift();
      if (name === undefined) {
        throw new SsFilterError('Command line is not complete. Try option "help"\n', 255);
      }
      const meant = statesNamed(name);
      if (word === "state") named = [...(named ?? []), ...meant];
      else named = (named ?? statesNamed("all")).filter((state) => !meant.includes(state));
    }
    const filter = readSsFilter(rest, { port: (name) => this.#ports.get(name) });
    const wanted = named;
    return {
      filter,
      areNamed: wanted !== undefined,
      states: ({ protocol }) => {
        if (wanted) return wanted;
        // Sockets without connections have two states.
        if (protocol === "tcp") return given.has("l") && !given.has("a") ? ["LISTEN"] : base();
        return given.has("a") ? ["CLOSE", "ESTABLISHED"] : given.has("l") ? ["CLOSE"] : ["ESTABLISHED"];
      },
    };
  }

  async #lineOf(socket: SocketInfo): Promise<SsLine> {
    const { protocol, family, local, remote, unread, unsent } = socket;
    const end = async (address: string, port: number): Promise<readonly [string, string]> => [
      `${await this.#addressText(address, family)}:`,
      this.#portText(protocol, port),
    ];
    const own = await end(local.address, local.port);
    const other = remote
      ? await end(remote.address, remote.port)
      : ([family === 6 ? "*:" : "0.0.0.0:", "*"] as const);
    return [
      protocol === "raw" ? "???" : protocol,
      stateText(socket),
      String(unread).padEnd(6),
      String(unsent).padEnd(6),
      own[0],
      own[1],
      other[0],
      other[1],
      this.#processText(socket) + this.#timerText(socket),
    ];
  }

  async #addressText(address: string, family: 4 | 6): Promise<string> {
    if (address === "::") return "*";
    if (this.#given.has("r") && address !== "0.0.0.0") {
      const found = await this.#process.reverse(address).catch(() => undefined);
      if (found) return found.name;
    }
    if (family === 4) return address;
    return address.includes(":") ? `[${address}]` : `[::ffff:${address}]`;
  }

  #portText(protocol: Protocol, port: number): string {
    if (port === 0) return "*";
    const isNumeric = this.#given.has("n");
    return (isNumeric ? undefined : this.#services.get(`${protocol} ${port}`)) ?? String(port);
  }

  #processText({ pid }: SocketInfo): string {
    if (!this.#given.has("p") || pid === 0) return "";
    const found = this.#process.processes().find((each) => each.pid === pid);
    if (!found) return "";
    const [command = ""] = found.argv;
    const name = command.slice(command.lastIndexOf("/") + 1).slice(0, 15);
    return ` users:(("${name}",pid=${pid},fd=3))`;
  }

  #timerText({ state }: SocketInfo): string {
    return this.#given.has("o") && state === "TIME_WAIT" ? " timer:(timewait,59sec,0)" : "";
  }
}

function statesOf(
  protocol: Protocol,
  states: (socket: Pick<SocketInfo, "protocol">) => readonly TcpState[],
  areNamed: boolean,
): readonly string[] {
  const all = states({ protocol });
  if (areNamed) return all;
  // `-l` means two states, of which a protocol has one.
  return all.length === 1 && (all[0] === "LISTEN" || all[0] === "CLOSE") ? ["LISTEN", "CLOSE"] : all;
}

/** IPv4 before IPv6, and those that listen first. */
function inOrder(sockets: readonly SocketInfo[]): SocketInfo[] {
  const place = ({ family, state }: SocketInfo) => family * 2 + (state === "LISTEN" ? 0 : 1);
  return [...sockets].sort((one, other) => place(one) - place(other));
}

const stateTexts: Readonly<Record<TcpState, string>> = {
  LISTEN: "LISTEN",
  SYN_SENT: "SYN-SENT",
  SYN_RECV: "SYN-RECV",
  ESTABLISHED: "ESTAB",
  FIN_WAIT1: "FIN-WAIT-1",
  FIN_WAIT2: "FIN-WAIT-2",
  CLOSE_WAIT: "CLOSE-WAIT",
  LAST_ACK: "LAST-ACK",
  CLOSING: "CLOSING",
  TIME_WAIT: "TIME-WAIT",
  CLOSE: "UNCONN",
};

function stateText({ state }: SocketInfo): string {
  return stateTexts[state];
}

/** How many sockets there are. */
function summaryText(sockets: readonly SocketInfo[]): string {
  const of = (protocol: Protocol, family?: 4 | 6) =>
    sockets.filter(
      (each) =>
        each.protocol === protocol &&
        (family === undefined || each.family === family) &&
        each.state !== "TIME_WAIT",
    ).length;
  const tcp = sockets.filter(({ protocol }) => protocol === "tcp");
  const inState = (...states: readonly TcpState[]) =>
    tcp.filter(({ state }) => states.includes(state)).length;
  const waiting = inState("TIME_WAIT");
  const orphaned = tcp.filter(
    ({ pid, state }) => pid === 0 && ["FIN_WAIT1", "FIN_WAIT2", "LAST_ACK", "CLOSING"].includes(state),
  ).length;
  const row = (name: string, total: number, four: number, six: number) =>
    `${name}\t  ${String(total).padEnd(9)} ${String(four).padEnd(9)} ${String(six).padEnd(9)}\n`;
  const rows = (["raw", "udp", "tcp"] as const).map((protocol) =>
    row(protocol.toUpperCase(), of(protocol), of(protocol, 4), of(protocol, 6)),
  );
  const total = (family?: 4 | 6) =>
    (["raw", "udp", "tcp"] as const).reduce((sum, protocol) => sum + of(protocol, family), 0);
  return [
    `Total: ${total()}\n`,
    `TCP:   ${tcp.length} (estab ${inState("ESTABLISHED", "CLOSE_WAIT")}, closed ${waiting}, orphaned ${orphaned}, timewait ${waiting})\n\n`,
    "Transport Total     IP        IPv6\n",
    ...rows,
    row("INET", total(), total(4), total(6)),
    row("FRAG", 0, 0, 0),
    "\n",
  ].join("");
}
