import {
  FileError,
  formatAddress,
  type IcmpMessage,
  type IcmpSocket,
  type ProcessContext,
  parseAddress,
  type UdpSocket,
} from "@dryharbor/kernel";
import { type AppletCall, applet, BadUsage, Died } from "./applet.js";
import { familyOf, hostAddress } from "./host-address.js";
import { largestSigned, readNumber } from "./number.js";
import { isOwn } from "./own-addresses.js";

const rest = `
	-f N	First number of hops (default 1)
	-m N	Max number of hops
	-q N	Number of probes per hop (default 3)
	-p N	Base UDP port number used in probes
		(default 33434)
	-s IP	Source address
	-i IFACE Source interface
	-t N	Type-of-service in probe packets (default 0)
	-w SEC	Wait for a response (default 3)
	-z MSEC	Wait before each send`;

const synopsis = `[-f 1ST_TTL] [-m MAXTTL] [-q PROBES] [-p PORT]
	[-t TOS] [-w WAIT_SEC] [-s SRC_IP] [-i IFACE]
	[-z PAUSE_MSEC] HOST [BYTES]

Trace the route to HOST
`;

const help = `traceroute [-46Flnrv] ${synopsis}
	-4,-6	Force IP or IPv6 name resolution
	-F	Set don't fragment bit
	-l	Display TTL value of the returned packet
	-n	Print numeric addresses
	-r	Bypass routing tables, send directly to HOST
	-v	Verbose${rest}`;

const help6 = `traceroute6 [-nrv] ${synopsis}
	-n	Print numeric addresses
	-r	Bypass routing tables, send directly to HOST
	-v	Verbose${rest}`;

// -I is taken and does nothing, as BusyBox is built on Debian. So do -F, -l, -r and -t.
const options = { flags: "FIlnrdv46", values: "timpqswzf" } as const;

/** `traceroute HOST [BYTES]`: sends datagrams of ever more hops, and prints which hosts complain. */
export const traceroute = applet({ help, options }, (process, call) => run(process, call, undefined));

/** `traceroute6 HOST [BYTES]`: {@link traceroute} over IPv6. */
export const traceroute6 = applet({ help: help6, options }, (process, call) => run(process, call, 6));

/** What a trace does. */
interface Trace {
  /** Milliseconds. */
  readonly patience: number;
  readonly pause: number;
  readonly first: number;
  readonly last: number;
  readonly probes: number;
  readonly port: number;
  readonly to: string;
  readonly data: Uint8Array;
  readonly isNumeric: boolean;
  readonly isVerbose: boolean;
  readonly device: string | undefined;
}

/** The lengths of an IP header and a UDP header, in bytes. */
const headers = { 4: 28, 6: 48 } as const;
/** What a probe carries at least: which one it is. */
const leastData = { 4: 18, 6: 24 } as const;

async function run(
  process: ProcessContext,
  { name, given, operands }: AppletCall,
  only: 6 | undefined,
): Promise<number> {
  const [host, bytes] = operands;
  if (host === undefined) throw new BadUsage();
  const whole = (letter: string, low: number, high: number, otherwise: number) => {
    const text = given.get(letter)?.at(-1);
    return text === undefined ? otherwise : readNumber(text, low, high);
  };
  const last = whole("m", 1, 255, 30);
  const port = whole("p", 0, 65_535, 33_434);
  const probes = whole("q", 1, largestSigned, 3);
  const patience = whole("w", 1, 86_400, 5) * 1000;
  const pause = whole("z", 0, 3_600_000, 0);
  const first = whole("f", 1, last, 1);
  const asked = only ?? (given.has("6") ? 6 : given.has("4") ? 4 : undefined);
  const { address: to } = await hostAddress(process, host, port, { family: asked });
  const family = familyOf(to);
  const least = headers[family] + leastData[family];
  const size = bytes === undefined ? least : readNumber(bytes, least, 32_768);
  if (!process.capable("net_raw")) throw new Died("socket: Operation not permitted");
  whole("t", 0, 255, 0);
  const device = deviceOf(process, name, given.get("i")?.at(-1));
  const source = await sourceOf(process, given.get("s")?.at(-1), family);
  const socket = openSocket(process, { to, port, source: source?.address });
  process.stdout(
    `traceroute to ${host} (${to})${source ? ` from ${source.text}` : ""}, ${last} hops max, ${size} byte packets\n`,
  );
  const icmp = process.network.icmp(family);
  try {
    await follow(process, socket, icmp, {
      ...{ first, last, probes, port, patience, pause, to, device },
      data: new Uint8Array(size - headers[family]),
      isNumeric: given.has("n"),
      isVerbose: given.has("v"),
    });
  } finally {
    socket.close();
    icmp.close();
  }
  return 0;
}

function deviceOf(process: ProcessContext, name: string, device: string | undefined): string | undefined {
  if (device === undefined) return undefined;
  const names = ["lo", ...process.network.namespace.interfaces.map((each) => each.name)];
  if (names.includes(device)) return device;
  process.stderr(`${name}: can't bind to interface ${device}: No such device\n`);
  return undefined;
}

async function sourceOf(
  process: ProcessContext,
  text: string | undefined,
  family: 4 | 6,
): Promise<{ readonly text: string; readonly address: string } | undefined> {
  if (text === undefined) return undefined;
  const { address } = await hostAddress(process, text, 0, { family });
  const parsed = parseAddress(address);
  if (parsed && isOwn(process.network.namespace, parsed)) return { text, address };
  throw new Died(
    family === 4 ? "can't set multicast source interface" : "bind: Cannot assign requested address",
  );
}

function openSocket(
  { network }: ProcessContext,
  { to, port, source }: { readonly to: string; readonly port: number; readonly source: string | undefined },
): UdpSocket {
  const any = familyOf(to) === 4 ? "0.0.0.0" : "::";
  const socket = network.udp({ address: source ?? any });
  if (source !== undefined) return socket;
  try {
    socket.connect(to, port);
  } catch (error) {
    socket.close();
    if (!(error instanceof FileError)) throw error;
    const shown = familyOf(to) === 4 ? ` (${to})` : "";
    throw new Died(`can't connect to remote host${shown}: ${error.message}`);
  }
  return socket;
}

/** Sends the probes until the host has answered, or too many routers have said that they do not get through. */
async function follow(
  process: ProcessContext,
  socket: UdpSocket,
  icmp: IcmpSocket,
  trace: Trace,
): Promise<void> {
  const { first, last, probes, pause, port, to, data } = trace;
  let sequence = 0;
  let lastFrom = "";
  for (let ttl = first; ttl <= last; ttl++) {
    let unreachable = 0;
    let isThere = false;
    process.stdout(String(ttl).padStart(2));
    for (let probe = 0; probe < probes; probe++) {
      if (probe > 0 && pause > 0) await process.sleep(pause);
      sequence++;
      const sent = process.now();
      send(socket, data, { address: to, port: port + sequence }, ttl, trace.device);
      const message = await answerTo(process, icmp, port + sequence, trace.patience);
      if (!message) {
        process.stdout("  *");
        continue;
      }
      if (probe === 0 || message.from !== lastFrom) {
        process.stdout(await shownHost(process, socket, message, trace));
        lastFrom = message.from;
      }
      process.stdout(`  ${(Number((process.now() - sent) / 1000n) / 1000).toFixed(3)} ms`);
      if (message.kind === "time-exceeded") continue;
      const mark = marks[message.code];
      if (message.code === portUnreachable) {
        isThere = true;
        if (message.ttl <= 1) process.stdout(" !");
      } else if (message.code === protocolUnreachable) {
        isThere = true;
        process.stdout(" !P");
      } else {
        unreachable++;
        process.stdout(` ${mark ?? `!<${message.code}>`}`);
      }
    }
    process.stdout("\n");
    if (isThere || (unreachable > 0 && unreachable >= probes - 1)) return;
  }
}

const [protocolUnreachable, portUnreachable] = [2, 3];

/** How the codes of "destination unreachable" are shown. */
const marks: Readonly<Record<number, string>> = {
  ...{ 0: "!N", 1: "!H", 5: "!S", 6: "!U", 7: "!U", 8: "!I", 9: "!A", 10: "!C", 11: "!T", 12: "!T" },
  ...{ 13: "!A", 14: "!V", 15: "!C" },
};

function send(
  socket: UdpSocket,
  data: Uint8Array,
  to: { readonly address: string; readonly port: number },
  ttl: number,
  device: string | undefined,
): void {
  try {
    socket.send(data, to, { ttl, ...(device !== undefined && { device }) });
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Died(`sendto: ${error.message}`);
  }
}

/** Waits for the ICMP message about a probe. Resolves to `undefined` when none comes in time. */
async function answerTo(
  process: ProcessContext,
  icmp: IcmpSocket,
  port: number,
  patience: number,
): Promise<IcmpMessage | undefined> {
  const until = process.now() + BigInt(patience * 1e6);
  for (;;) {
    const within = Number(until - process.now()) / 1e6;
    if (within <= 0) return undefined;
    try {
      const message = await icmp.receive({ within });
      if (message.about.protocol === "udp" && message.about.port === port) return message;
    } catch (error) {
      if (!(error instanceof FileError && error.code === "EAGAIN")) throw error;
    }
  }
}

async function shownHost(
  process: ProcessContext,
  socket: UdpSocket,
  { from }: IcmpMessage,
  { isNumeric, isVerbose, data, to }: Trace,
): Promise<string> {
  const name = isNumeric ? undefined : ((await process.reverse(from))?.name ?? from);
  const shown = name === undefined ? `  ${from}` : `  ${name} (${from})`;
  // The message has a header of eight bytes, and the packet that it is about.
  const length = 8 + headers[familyOf(to)] + data.length;
  const local = parseAddress(socket.local.address);
  return isVerbose ? `${shown} ${length} bytes to ${local ? formatAddress(local) : ""}` : shown;
}
