// tcpdump over what passes the interfaces of a namespace. Its texts are those of tcpdump 4.99.3.
import {
  type CapturedPacket,
  devicesOf,
  FileError,
  LookupError,
  type ProcessContext,
  type Program,
} from "@dryharbor/kernel";
import { type Filter, readFilter } from "./filter.js";
import { FilterError } from "./filter-tokens.js";
import { frameOf } from "./frame.js";
import { Names } from "./names.js";
import { readTcpdumpOptions, type TcpdumpOptions } from "./options.js";
import { PacketPrinter } from "./print.js";
import { viewOf } from "./view.js";

/** How much output waits where it is no terminal, in characters. */
const outputBuffer = 4_096;

/** The name that stands for all interfaces. */
const all = "any";

/** `tcpdump`: prints the packets that pass an interface. */
export const tcpdump: Program = async (process) => {
  const options = readTcpdumpOptions(process.argv.slice(1));
  if ("code" in options) {
    process.stdout(options.stdout);
    process.stderr(options.stderr);
    return options.code;
  }
  if (options.lists === "interfaces") {
    process.stdout(interfaceList(process));
    return 0;
  }
  const device = deviceOf(process, options.device);
  if (device === undefined) {
    process.stderr(`tcpdump: ${options.device}: No such device exists\n(No such device exists)\n`);
    return 1;
  }
  if (!process.capable("net_raw")) {
    process.stderr(
      `tcpdump: ${device}: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n`,
    );
    return 1;
  }
  if (options.lists === "link-types") {
    process.stderr(linkTypes(device));
    return 0;
  }
  const names = new Names(process, options.isNumeric);
  let filter: Filter;
  try {
    filter = await readFilter(options.expression, {
      host: (name) => addressesOf(process, name),
      port: (name) => names.port(name),
    });
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    process.stderr(`tcpdump: ${error.message}\n`);
    return 1;
  }
  return capture(process, options, device, names, filter);
};

async function capture(
  process: ProcessContext,
  options: TcpdumpOptions,
  device: string,
  names: Names,
  filter: Filter,
): Promise<number> {
  greet(process, options, device);
  const output = new Output(process, options.isLineBuffered);
  const indices = new Map(devicesOf(process.network.namespace).map(({ name, index }) => [name, index]));
  const printer = new PacketPrinter(options, names, device === all, (name) => indices.get(name) ?? 0);
  const packets = process.network.capture();
  let isOver = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.onSignal(signal, () => {
      isOver = true;
      packets.close();
    });
  }
  let shown = 0;
  let isEnough = false;
  while (!isEnough) {
    const packet = await nextOf(packets);
    if (!packet || isOver) break;
    if (device !== all && packet.device !== device) continue;
    if (options.direction !== "inout" && packet.direction !== options.direction) continue;
    const frame = viewOf(frameOf(packet), packet.direction);
    if (!filter(frame)) continue;
    output.write(await printer.text(packet, frame));
    isEnough = ++shown >= options.count;
  }
  packets.close();
  if (!isEnough) output.write("\n");
  output.flush();
  process.stderr(
    `${shown} packet${shown === 1 ? "" : "s"} captured\n${shown} packet${shown === 1 ? "" : "s"} received by filter\n0 packets dropped by kernel\n`,
  );
  return 0;
}

/** Resolves to the next packet, and to `undefined` when the capture has been closed. */
async function nextOf(packets: { next(): Promise<CapturedPacket> }): Promise<CapturedPacket | undefined> {
  try {
    return await packets.next();
  } catch (error) {
    if (error instanceof FileError && error.code === "EBADF") return undefined;
    throw error;
  }
}

function greet(process: ProcessContext, { verbosity }: TcpdumpOptions, device: string): void {
  const isAll = device === all;
  const link = isAll ? "LINUX_SLL2 (Linux cooked v2)" : "EN10MB (Ethernet)";
  if (isAll) process.stderr("tcpdump: data link type LINUX_SLL2\n");
  process.stderr(
    verbosity > 0
      ? "tcpdump: "
      : "tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n",
  );
  process.stderr(`listening on ${device}, link-type ${link}, snapshot length 262144 bytes\n`);
}

/** The names of interfaces in the order of `-D`: what is connected first, then all together, then the loopback. */
function interfaceNames({ network }: ProcessContext): readonly string[] {
  const devices = devicesOf(network.namespace);
  const names = devices.filter(({ isLoopback }) => !isLoopback).map(({ name }) => name);
  return [...names, all, "lo"];
}

function interfaceList(process: ProcessContext): string {
  const lines = interfaceNames(process).map((name) => {
    if (name === all) return "any (Pseudo-device that captures on all interfaces) [Up, Running]";
    return `${name} [Up, Running, ${name === "lo" ? "Loopback" : "Connected"}]`;
  });
  const others = [
    "bluetooth-monitor (Bluetooth Linux Monitor) [Wireless]",
    "nflog (Linux netfilter log (NFLOG) interface) [none]",
    "nfqueue (Linux netfilter queue (NFQUEUE) interface) [none]",
    "dbus-system (D-Bus system bus) [none]",
    "dbus-session (D-Bus session bus) [none]",
  ];
  return [...lines, ...others].map((line, index) => `${index + 1}.${line}\n`).join("");
}

/** Finds the interface that is asked for by its name or its place in `-D`. */
function deviceOf(process: ProcessContext, asked: string | undefined): string | undefined {
  const names = interfaceNames(process);
  if (asked === undefined) return names[0] === all ? "lo" : names[0];
  return names.includes(asked) ? asked : /^\d+$/.test(asked) ? names[Number(asked) - 1] : undefined;
}

function linkTypes(device: string): string {
  const types =
    device === all
      ? ["LINUX_SLL (Linux cooked v1)", "LINUX_SLL2 (Linux cooked v2)"]
      : ["EN10MB (Ethernet)", "DOCSIS (DOCSIS) (printing not supported)"];
  return `Data link types for ${device} (use option -y to set):\n${types.map((type) => `  ${type}\n`).join("")}`;
}

async function addressesOf(process: ProcessContext, name: string): Promise<readonly string[]> {
  try {
    return (await process.lookup(name)).addresses;
  } catch (error) {
    if (error instanceof LookupError) return [];
    throw error;
  }
}

/** Standard output as C has it: lines go out at once on a terminal, and elsewhere when the buffer is full. */
class Output {
  readonly #process: ProcessContext;
  readonly #isLineBuffered: boolean;
  #waiting = "";

  constructor(process: ProcessContext, isLineBuffered: boolean) {
    this.#process = process;
    this.#isLineBuffered = isLineBuffered || process.descriptors.get(1)?.terminal !== undefined;
  }

  write(text: string): void {
    this.#waiting += text;
    if (this.#isLineBuffered || this.#waiting.length >= outputBuffer) this.flush();
  }

  flush(): void {
    if (this.#waiting !== "") this.#process.stdout(this.#waiting);
    this.#waiting = "";
  }
}
