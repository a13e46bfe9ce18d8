import { formatAddress, type ProcessContext, parseAddress, readNumericHost } from "@dryharbor/kernel";
import { type AppletCall, applet, BadUsage, Died } from "./applet.js";
import { hostAddress } from "./host-address.js";
import { readCountOption, readNumber } from "./number.js";
import { isOwn } from "./own-addresses.js";

const help = `arping [-fqbDUA] [-c CNT] [-w TIMEOUT] [-I IFACE] [-s SRC_IP] DST_IP

Send ARP requests/replies

	-f		Quit on first ARP reply
	-q		Quiet
	-b		Keep broadcasting, don't go unicast
	-D		Exit with 1 if DST_IP replies
	-U		Unsolicited ARP mode, update your neighbors
	-A		ARP answer mode, update your neighbors
	-c N		Stop after sending N ARP requests
	-w TIMEOUT	Seconds to wait for ARP reply
	-I IFACE	Interface to use (default eth0)
	-s SRC_IP	Sender IP address
	DST_IP		Target IP address`;

/** The exit code of what fails once the arguments are read. */
const refused = 2;

/** `arping DST_IP`: asks on a link who has an address. */
export const arping = applet(
  { help, options: { flags: "UDAqfb", values: "cwIs" } },
  async (process, call) => {
    if (!process.capable("net_raw")) throw new Died("socket: Operation not permitted");
    const { given, operands } = call;
    const [target] = operands;
    const last = (letter: string) => given.get(letter)?.at(-1);
    const count = last("c") === undefined ? -1 : readCountOption(last("c") as string);
    if (target === undefined || operands.length > 1) throw new BadUsage();
    const timeout = last("w") === undefined ? 0 : readNumber(last("w") as string, 0, 1073);
    const device = last("I") ?? "eth0";
    if (!checkDevice(process, call.name, device)) return given.has("D") ? 0 : refused;
    const { address: to } = await hostAddress(process, target, 0, { family: 4, code: refused });
    const source = sourceOf(process, given, device, to, last("s"));
    const probes = new Probes(process, given, device, to, count, timeout);
    if (!given.has("q")) process.stdout(`ARPING ${to} from ${source} ${device}\n`);
    return probes.run();
  },
);

/** Returns whether an interface can send ARP. @throws {Died} there is no such interface */
function checkDevice(process: ProcessContext, name: string, device: string): boolean {
  if (device === "lo") {
    process.stderr(`${name}: interface lo is not ARPable\n`);
    return false;
  }
  if (process.network.namespace.interfaces.some((each) => each.name === device)) return true;
  throw new Died(`interface ${device} not found: No such device`, refused);
}

/** Returns the address that the questions come from. @throws {Died} `-s` names none of the namespace's own */
function sourceOf(
  { network }: ProcessContext,
  given: AppletCall["given"],
  device: string,
  to: string,
  text: string | undefined,
): string {
  const asked = text === undefined ? undefined : readNumericHost(text);
  if (text !== undefined && asked?.family !== 4) throw new Died(`invalid source address ${text}`, refused);
  const isUnsolicited = (given.has("U") || given.has("A")) && !given.has("D");
  const address = asked ?? (isUnsolicited ? parseAddress(to) : undefined);
  if (address) {
    if (isOwn(network.namespace, address)) return formatAddress(address);
    throw new Died("bind: Cannot assign requested address", refused);
  }
  if (given.has("D")) return "0.0.0.0";
  const own = network.namespace.interfaces
    .find((each) => each.name === device)
    ?.addresses.find((each) => each.address.family === 4);
  return own ? formatAddress(own.address) : "0.0.0.0";
}

/** The questions, one a second, and their answers. */
class Probes {
  #sent = 0;
  #broadcast = 0;
  #received = 0;
  #left: number;
  #isUnicast: boolean;

  constructor(
    readonly process: ProcessContext,
    readonly given: AppletCall["given"],
    readonly device: string,
    readonly to: string,
    count: number,
    /** In seconds. 0: no end. */
    readonly timeout: number,
  ) {
    this.#left = count;
    // In BusyBox, the bit for -c is also the one for "no broadcast any more".
    this.#isUnicast = given.has("c");
  }

  async run(): Promise<number> {
    const { process, given, timeout } = this;
    const interrupted = new Promise<"end">((resolve) => process.onSignal("SIGINT", () => resolve("end")));
    const started = process.now();
    const isUnsolicited = given.has("U") || given.has("A");
    for (;;) {
      const passed = Number(process.now() - started) / 1e9;
      if (this.#left === 0 || (timeout > 0 && passed > timeout + 0.5)) return this.#report();
      if (this.#left > 0) this.#left--;
      const next = process.now() + 1_000_000_000n;
      this.#sent++;
      if (!this.#isUnicast) this.#broadcast++;
      if (isUnsolicited && this.#left === 0) return this.#report();
      const asked = isUnsolicited ? undefined : this.#ask();
      const outcome = await Promise.race([asked ?? process.sleep(1000).then(() => "silence"), interrupted]);
      if (outcome === "end" || (outcome === "answer" && (given.has("f") || given.has("D")))) {
        return this.#report();
      }
      const rest = Number(next - process.now()) / 1e6;
      if (rest > 0 && (await Promise.race([process.sleep(rest), interrupted])) === "end")
        return this.#report();
    }
  }

  async #ask(): Promise<"answer" | "silence"> {
    const { process, given, device, to } = this;
    const sent = process.now();
    const mac = await process.network.arp(device, to, 1000);
    if (mac === undefined) return "silence";
    this.#received++;
    if (!given.has("b")) this.#isUnicast = true;
    if (!given.has("q")) {
      const milliseconds = (Number((process.now() - sent) / 1000n) / 1000).toFixed(3);
      process.stdout(`Unicast reply from ${to} [${mac}] ${milliseconds}ms\n`);
    }
    return "answer";
  }

  #report(): number {
    const { given, process } = this;
    if (!given.has("q")) {
      process.stdout(
        `Sent ${this.#sent} probe(s) (${this.#broadcast} broadcast(s))\nReceived ${this.#received} response(s) (0 request(s), 0 broadcast(s))\n`,
      );
    }
    if (given.has("D")) return this.#received > 0 ? 1 : 0;
    if (given.has("U") || given.has("A")) return 0;
    return this.#received > 0 ? 0 : 1;
  }
}
