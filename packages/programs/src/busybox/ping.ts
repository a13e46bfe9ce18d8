import { formatAddress, type ProcessContext, parseAddress, readNumericHost } from "@dryharbor/kernel";
import { type AppletCall, applet, BadUsage, Died } from "./applet.js";
import { readDuration } from "./duration.js";
import { EchoSession } from "./echo-session.js";
import { familyOf, hostAddress } from "./host-address.js";
import { readCountOption, readNumber } from "./number.js";
import { isOwn } from "./own-addresses.js";

const common = {
  count: `	-c CNT		Send only CNT pings
	-s SIZE		Send SIZE data bytes in packets (default 56)
	-i SECS		Interval
	-A		Ping as soon as reply is received`,
  rest: `	-I IFACE/IP	Source interface or IP address
	-W SEC		Seconds to wait for the first response (default 10)
			(after all -c CNT packets are sent)
	-w SEC		Seconds until ping exits (default:infinite)
			(can exit earlier with -c CNT)
	-q		Quiet, only display output at start/finish
	-p HEXBYTE	Payload pattern`,
} as const;

const help = `ping [OPTIONS] HOST

Send ICMP ECHO_REQUESTs to HOST

	-4,-6		Force IP or IPv6 name resolution
${common.count}
	-t TTL		Set TTL
${common.rest}`;

const help6 = `ping6 [OPTIONS] HOST

Send ICMP ECHO_REQUESTs to HOST

${common.count}
${common.rest}`;

const options = { flags: "qvAn46", values: "cstwWIpi" } as const;

/** `ping HOST`: sends echo requests, and prints the replies and how long they took. */
export const ping = applet({ help, options }, (process, call) => run(process, call, undefined));

/** `ping6 HOST`: {@link ping} over IPv6. */
export const ping6 = applet({ help: help6, options }, (process, call) => run(process, call, 6));

async function run(
  process: ProcessContext,
  { name, given, operands }: AppletCall,
  only: 6 | undefined,
): Promise<number> {
  const last = (letter: string) => given.get(letter)?.at(-1);
  const [count = 0, ttl = 0, deadline = 0, timeout = 10] = ["c", "t", "w", "W"].map((letter) => {
    const text = last(letter);
    return text === undefined ? undefined : readCountOption(text);
  });
  const [host] = operands;
  if (host === undefined || operands.length > 1 || (given.has("q") && given.has("v"))) {
    throw new BadUsage();
  }
  const size = readNumber(last("s") ?? "56", 0, 65_535);
  const from = sourceOf(process, last("I"));
  const pattern = readPattern(last("p") ?? "0");
  const interval = readInterval(last("i") ?? "1");
  const began = process.now();
  const family = only ?? familyAsked(given);
  const { address: to, port } = await hostAddress(process, host, 0, { family });
  const source =
    from?.address !== undefined && familyOf(from.address) === familyOf(to) ? from.address : undefined;
  process.stdout(
    `PING ${host} (${to})${source === undefined ? "" : ` from ${source}`}: ${size} data bytes\n`,
  );
  // Alpine's BusyBox also takes a socket that everybody may open.
  if (!process.capable("net_raw") && !process.files.exists("/etc/alpine-release")) {
    throw new Died("permission denied (are you root?)");
  }
  if (source !== undefined) checkSource(process, source);
  // A raw socket of IPv6 takes no port.
  if (port !== 0 && familyOf(to) === 6) throw new Died("sendto: Invalid argument");
  const session = new EchoSession(process, {
    name,
    to,
    data: new Uint8Array(size).fill(pattern),
    packet: {
      ...(ttl > 0 && { ttl: ttl & 0xff }),
      ...(source !== undefined && { from: source }),
      ...(from?.device !== undefined && { device: from.device }),
    },
    count,
    interval,
    timeout: timeout * 1000,
    deadline: deadline > 0 ? began + BigInt(deadline) * 1_000_000_000n : undefined,
    isQuiet: given.has("q"),
    isAdaptive: given.has("A"),
  });
  if (!(await session.run())) return 1;
  return session.report(host);
}

function familyAsked(given: AppletCall["given"]): 4 | 6 | undefined {
  if (given.has("6")) return 6;
  return given.has("4") ? 4 : undefined;
}

/** What `-I` names: an interface, or an address to send from. @throws {Died} it is neither */
function sourceOf(
  { network }: ProcessContext,
  text: string | undefined,
): { readonly device?: string; readonly address?: string } | undefined {
  if (text === undefined) return undefined;
  const names = ["lo", ...network.namespace.interfaces.map(({ name }) => name)];
  if (names.includes(text)) return { device: text };
  const address = readNumericHost(text);
  if (!address) throw new Died(`bad address '${text}'`);
  return { address: formatAddress(address) };
}

/** @throws {Died} the address is not one of the namespace's own */
function checkSource({ network }: ProcessContext, source: string): void {
  const address = parseAddress(source);
  if (address && isOwn(network.namespace, address)) return;
  throw new Died(
    familyOf(source) === 4 ? "can't set multicast source interface" : "bind: Cannot assign requested address",
  );
}

function readPattern(text: string): number {
  if (!/^[\da-f]+$/i.test(text)) throw new Died(`invalid number '${text}'`);
  const value = Number.parseInt(text, 16);
  if (value > 255) throw new Died(`number ${text} is not in 0..255 range`);
  return value;
}

/** Reads a number of seconds. Returns milliseconds. */
function readInterval(text: string): number {
  const seconds = readDuration(text);
  if (seconds === undefined) throw new BadUsage();
  if (typeof seconds === "string") throw new Died(seconds);
  return Math.min(seconds, 2147) * 1000;
}
