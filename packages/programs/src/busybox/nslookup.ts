import { FileError, type ProcessContext, type SocketAddress, type UdpSocket } from "@dryharbor/kernel";
import {
  type DnsMessage,
  DnsMessageError,
  type DnsRecord,
  type DnsType,
  decodeMessage,
  encodeMessage,
  responseCodes,
  reverseName,
  standardQuery,
} from "@dryharbor/kernel/dns-message";
import { dnsCodeNames } from "../dns-code-names.js";
import { applet, Died } from "./applet.js";
import { dotted, hostAddress } from "./host-address.js";
import { readNumber } from "./number.js";

const help = `nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any`;

/** The types that can be asked for, in the order in which they are asked. */
const types: readonly (readonly [string, DnsType])[] = [
  ["soa", "SOA"],
  ["ns", "NS"],
  ["a", "A"],
  ["aaaa", "AAAA"],
  ["cname", "CNAME"],
  ["mx", "MX"],
  ["txt", "TXT"],
  ["srv", "SRV"],
  ["ptr", "PTR"],
  ["any", 255],
];

interface Settings {
  readonly types: ReadonlySet<DnsType>;
  readonly port: number;
  readonly retry: number;
  /** In milliseconds. */
  readonly timeout: number;
  readonly debug: boolean;
}

/** `nslookup [-type=TYPE] HOST [DNS_SERVER]`: asks name servers, and prints what they answer. */
export const nslookup = applet({ help }, async (process, { usage, operands: args }) => {
  const isOption = (argument: string) => argument.startsWith("-");
  const first = args.findIndex((argument) => !isOption(argument));
  const [host, server, ...more] = first < 0 ? [] : args.slice(first);
  const settings = readOptions(args.slice(0, first < 0 ? args.length : first));
  if (!settings || host === undefined || more.length > 0) return usage(process);

  const { nameservers, search } = readResolvConf(process);
  const named = server === undefined ? nameservers : [server];
  const servers: NameServer[] = [];
  for (const name of named.length > 0 ? named : ["127.0.0.1"]) {
    servers.push({ name, address: await hostAddress(process, name, settings.port) });
  }
  const lookup = new Lookup(
    process,
    settings,
    queriesFor(host, settings, server === undefined ? search : []),
  );
  return lookup.run(servers);
});

const optionNames = ["type", "querytype", "port", "retry", "debug", "t", "timeout"];

/** Reads the options. Returns `undefined` where one of them is unknown. @throws {Died} */
function readOptions(args: readonly string[]): Settings | undefined {
  const asked = new Set<DnsType>();
  const numbers = { port: 53, retry: 2, timeout: 5 };
  let debug = false;
  for (const argument of args) {
    const [, name = "", value = ""] = /^-([^=]*)=?(.*)$/s.exec(argument) ?? [];
    const option = optionNamed(name);
    if (option === undefined) return undefined;
    if (option === "type" || option === "querytype") {
      const type = types.find(([each]) => each === value.toLowerCase())?.[1];
      if (type === undefined) throw new Died(`invalid query type "${value}"`);
      asked.add(type);
    } else if (option === "debug") debug = true;
    else if (option === "port") numbers.port = readNumber(value, 1, 0xffff);
    else if (option === "retry") numbers.retry = readNumber(value, 1, 0x7fff_ffff);
    else numbers.timeout = readNumber(value, 1, 2_147_483);
  }
  return { types: asked, ...numbers, timeout: numbers.timeout * 1000, debug };
}

/** Finds an option by its name or by a beginning that no other option has. */
function optionNamed(text: string): string | undefined {
  if (optionNames.includes(text)) return text;
  const found = optionNames.filter((name) => name.startsWith(text));
  return found.length === 1 ? found[0] : undefined;
}

function readResolvConf({ files, hostname }: ProcessContext): {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
} {
  const text = files.exists("/etc/resolv.conf")
    ? new TextDecoder().decode(files.read("/etc/resolv.conf"))
    : "";
  const nameservers: string[] = [];
  let search: string | undefined;
  let hasSearch = false;
  for (const line of text.split("\n")) {
    const [, keyword = "", value] = /^\s*(\S+)[ \t](.*)$/.exec(line) ?? [];
    if (value === undefined) continue;
    if (keyword === "nameserver") nameservers.push(value.trim());
    else if (keyword === "search" || (keyword === "domain" && !hasSearch)) {
      hasSearch ||= keyword === "search";
      search = value.trim();
    }
  }
  search ??= hostname.includes(".") ? hostname.slice(hostname.indexOf(".") + 1) : "";
  return { nameservers, search: search.split(/\s+/).filter((domain) => domain !== "" && domain !== ".") };
}

interface Query {
  readonly name: string;
  /** `undefined` where DNS cannot ask for the name. */
  readonly message: Uint8Array | undefined;
  isOpen: boolean;
}

interface NameServer {
  readonly name: string;
  readonly address: SocketAddress;
}

function queriesFor(host: string, settings: Settings, search: readonly string[]): readonly Query[] {
  const pointer = settings.types.size === 0 ? reverseName(host.replace(/^::ffff:(?=.*\.)/i, "")) : undefined;
  if (pointer !== undefined) return [queryOf(pointer, "PTR", 0)];
  const asked = settings.types.size > 0 ? settings.types : new Set<DnsType>(["A", "AAAA"]);
  const names =
    host.includes(".") || search.length === 0 ? [host] : search.map((domain) => `${host}.${domain}`);
  return types
    .filter(([, type]) => asked.has(type))
    .flatMap(([, type]) => (type === "PTR" ? [host] : names).map((name) => [name, type] as const))
    .map(([name, type], id) => queryOf(name, type, id));
}

function queryOf(name: string, type: DnsType, id: number): Query {
  try {
    return { name, message: encodeMessage(standardQuery(name, type, id)), isOpen: true };
  } catch (error) {
    if (error instanceof DnsMessageError) return { name, message: undefined, isOpen: true };
    throw error;
  }
}

/** A reply is cut off after so many bytes. */
const longest = 512;

class Lookup {
  readonly #process: ProcessContext;
  readonly #settings: Settings;
  readonly #queries: readonly Query[];
  #failed = false;

  constructor(process: ProcessContext, settings: Settings, queries: readonly Query[]) {
    this.#process = process;
    this.#settings = settings;
    this.#queries = queries;
  }

  /** Asks the servers in turn until one replies. Resolves to the exit code. */
  async run(servers: readonly NameServer[]): Promise<number> {
    for (const server of servers) {
      if (await this.#ask(server)) {
        this.#showUnanswered();
        return this.#failed ? 1 : 0;
      }
    }
    this.#print(";; connection timed out; no servers could be reached\n\n");
    return 1;
  }

  #print(text: string): void {
    this.#process.stdout(text);
  }

  #complain(text: string): void {
    this.#process.stderr(`nslookup: ${text}\n`);
  }

  #showUnanswered(): void {
    const open = this.#queries.filter(({ isOpen }) => isOpen);
    for (const { name } of open) this.#print(`*** Can't find ${name}: No answer\n`);
    if (open.length > 0) this.#print("\n");
  }

  /** Asks one server. Resolves to whether it replied. */
  async #ask(server: NameServer): Promise<boolean> {
    const { network, now } = this.#process;
    const { timeout, retry } = this.#settings;
    const socket = network.udp({ address: server.address.address.includes(":") ? "::" : "0.0.0.0" });
    connect(socket, server.address);
    const milliseconds = () => Number(now()) / 1e6;
    const start = milliseconds();
    let sent = Number.NEGATIVE_INFINITY;
    let resends = 0;
    let replies = 0;
    let packets = 0;
    while (milliseconds() - start < timeout) {
      if (milliseconds() - sent >= Math.floor(timeout / retry)) {
        if (!this.#send(socket, server)) return false;
        sent = milliseconds();
        resends = 2 * this.#queries.length;
      }
      const reply = await this.#receive(socket, Math.max(0, timeout / retry - (milliseconds() - sent)));
      if (!reply) continue;
      if (packets++ === 0) this.#print(`Server:\t\t${server.name}\nAddress:\t${dotted(server.address)}\n\n`);
      const place = reply.length < 4 ? -1 : (reply[0] as number) * 0x100 + (reply[1] as number);
      const query = this.#queries[place];
      if (!query?.isOpen) continue;
      const code = (reply[3] as number) & 0xf;
      if (code === responseCodes.serverFailure && resends > 0) {
        resends--;
        this.#resend(socket, query);
        continue;
      }
      query.isOpen = false;
      if (this.#settings.debug) {
        this.#print(`Query #${place} completed in ${Math.floor(milliseconds() - start)}ms:\n`);
      }
      this.#show(query, reply, code);
      if (++replies === this.#queries.length) break;
    }
    socket.close();
    return replies > 0;
  }

  /** Sends the open questions. Returns `false` after an error. */
  #send(socket: UdpSocket, server: NameServer): boolean {
    for (const { message, isOpen } of this.#queries) {
      if (!isOpen) continue;
      try {
        if (!message) throw new FileError("EMSGSIZE");
        socket.send(message);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.#complain(`write to '${server.name}': ${error.message}`);
        return false;
      }
    }
    return true;
  }

  #resend(socket: UdpSocket, { message }: Query): void {
    try {
      if (message) socket.send(message);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
    }
  }

  async #receive(socket: UdpSocket, within: number): Promise<Uint8Array | undefined> {
    try {
      const { data } = await socket.receive({ within });
      return data.subarray(0, longest);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code !== "EAGAIN") this.#complain(`read: ${error.message}`);
      return undefined;
    }
  }

  #show({ name }: Query, reply: Uint8Array, code: number): void {
    if (code !== responseCodes.noError) {
      this.#print(`** server can't find ${name}: ${dnsCodeNames[code] ?? code}\n`);
      this.#failed = true;
    } else {
      const isAuthoritative = ((reply[2] as number) & 4) !== 0;
      if (!isAuthoritative) this.#print("Non-authoritative answer:\n");
      else if (this.#settings.debug) this.#print("authoritative answer:\n");
      const message = readable(reply);
      if (message) for (const record of message.answers) this.#print(shown(record));
      else {
        this.#print(`*** Can't find ${name}: Parse error\n`);
        this.#failed = true;
      }
    }
    this.#print("\n");
  }
}

/** @throws {Died} `can't connect to remote host` */
function connect(socket: UdpSocket, { address, port }: SocketAddress): void {
  try {
    socket.connect(address, port);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const host = address.includes(":") ? "" : ` (${address})`;
    throw new Died(`can't connect to remote host${host}: ${error.message}`);
  }
}

function readable(reply: Uint8Array): DnsMessage | undefined {
  try {
    return decodeMessage(reply);
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}

/** Formats a record. One of a type that is not known is left out. */
function shown(record: DnsRecord): string {
  if (record.type === "OPT") return "";
  const name = record.name || ".";
  switch (record.type) {
    case "A":
    case "AAAA":
      return `Name:\t${name}\nAddress: ${record.address}\n`;
    case "NS":
      return `${name}\tnameserver = ${record.target || "."}\n`;
    case "CNAME":
      return `${name}\tcanonical name = ${record.target || "."}\n`;
    case "PTR":
      return `${name}\tname = ${record.target || "."}\n`;
    case "MX":
      return `${name}\tmail exchanger = ${record.preference} ${record.exchange || "."}\n`;
    case "TXT": {
      const text = new TextDecoder("latin1").decode(record.texts[0]);
      return text === "" ? "" : `${name}\ttext = "${text}"\n`;
    }
    case "SRV":
      return `${name}\tservice = ${record.priority} ${record.weight} ${record.port} ${record.target || "."}\n`;
    case "SOA":
      return [
        name,
        `\torigin = ${record.primary || "."}`,
        `\tmail addr = ${record.mailbox || "."}`,
        `\tserial = ${record.serial}`,
        `\trefresh = ${record.refresh}`,
        `\tretry = ${record.retry}`,
        `\texpire = ${record.expire}`,
        `\tminimum = ${record.minimum}\n`,
      ].join("\n");
    default:
      return "";
  }
}
