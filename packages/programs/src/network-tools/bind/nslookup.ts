// nslookup of BIND 9.18, on its command line and as it reads commands. BusyBox has one of its own.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import {
  type DnsMessage,
  type DnsRecord,
  encodeMessage,
  reverseName,
  standardQuery,
  typeFromNumber,
  typeNumbers,
  typeToNumber,
} from "@dryharbor/kernel/dns-message";
import {
  type Answer,
  ask,
  candidates,
  idOf,
  type ResolvConf,
  readResolvConf,
  type Server,
  serversNamed,
} from "./ask.js";
import { isMalformed, packetDump } from "./message-text.js";
import {
  absolute,
  classNamed,
  classText,
  codeText,
  problemOf,
  typeNamed,
  typeText,
  version,
} from "./names.js";

/** `nslookup`: looks names and addresses up. */
export const bindNslookup: Program = async (process) => {
  const lookup = new NsLookup(process);
  return lookup.run(process.argv.slice(1));
};

class NsLookup {
  readonly #process: ProcessContext;
  readonly #configuration: ResolvConf;
  #servers: readonly Server[];
  #type: number | undefined;
  #class = 1;
  #port = 53;
  #timeout = 0;
  #tries = 3;
  #overTcp = false;
  #recursion = true;
  #search = true;
  #isDebugging = false;
  /** The exit code: of the last lookup that failed. */
  #code = 0;

  constructor(process: ProcessContext) {
    this.#process = process;
    this.#configuration = readResolvConf(process, undefined);
    this.#servers = this.#configuration.servers;
  }

  get #command(): string {
    return this.#process.argv[0];
  }

  async run(args: readonly string[]): Promise<number> {
    const rest = [...args];
    while (rest[0]?.startsWith("-") && rest[0] !== "-") {
      const option = rest.shift() as string;
      if (option === "-version") {
        this.#process.stderr(`nslookup ${version}\n`);
        return 0;
      }
      this.#set(option.slice(1));
    }
    const [name, server] = rest;
    if (server !== undefined && !(await this.#useServer(server))) return 1;
    if (name !== undefined && name !== "-") {
      const problem = problemOf(name);
      if (problem && reverseName(name) === undefined) {
        this.#process.stderr(`${this.#command}: '${name}' is not a legal name (${problem})\n`);
        return 10;
      }
      await this.#lookUp(name);
    } else await this.#readCommands();
    this.#print("\n");
    return this.#code;
  }

  async #useServer(name: string): Promise<boolean> {
    const found = await serversNamed(this.#process, name, undefined);
    if (found.length > 0) {
      this.#servers = found;
      return true;
    }
    this.#process.stderr(`${this.#command}: couldn't get address for '${name}': not found\n`);
    return false;
  }

  /** Sets an option as `set` does. */
  #set(text: string): void {
    const [name = "", value = ""] = text.split("=", 2);
    const isOff = name.startsWith("no");
    switch (name.replace(/^no(?=vc|rec|search|debug|d2|def|fail|ignoretc|msearch)/, "")) {
      case "type":
      case "ty":
      case "querytype":
      case "query":
      case "qu":
      case "q": {
        const type = typeNamed(value);
        if (type === undefined) this.#print(`unknown query type: ${value}\n`);
        else this.#type = type;
        return;
      }
      case "class":
      case "cl": {
        const class_ = classNamed(value);
        if (class_ === undefined) this.#print(`unknown query class: ${value}\n`);
        else this.#class = class_;
        return;
      }
      case "port":
      case "po":
        this.#port = Number(value) || this.#port;
        return;
      case "timeout":
      case "t":
        this.#timeout = Number(value) || 0;
        return;
      case "retry":
      case "ret":
        this.#tries = Math.max(1, Number(value) || 0);
        return;
      case "vc":
        this.#overTcp = !isOff;
        return;
      case "recurse":
      case "rec":
        this.#recursion = !isOff;
        return;
      case "search":
      case "sea":
      case "def":
        this.#search = !isOff;
        return;
      case "debug":
      case "deb":
        this.#isDebugging = !isOff;
        return;
      case "all":
        this.#showAll();
        return;
      case "d2":
      case "fail":
      case "ignoretc":
      case "msearch":
      case "domain":
      case "do":
      case "ndots":
        return;
      default:
        this.#print(`*** Invalid option: ${name}\n`);
        this.#code = 1;
        if (this.#process.argv.includes(`-${text}`)) this.#code = 0;
    }
  }

  #showAll(): void {
    const [server] = this.#servers;
    const yes = (name: string, is: boolean) => `${is ? "" : "no"}${name}`;
    this.#print(this.#serverText(server));
    this.#print(
      `\nSet options:\n  ${yes("vc", this.#overTcp)}\t\t\t${yes("debug", this.#isDebugging)}\t\tnod2\n  ${yes("search", this.#search)}\t\t${yes("recurse", this.#recursion)}\n  timeout = ${this.#timeout}\t\tretry = ${this.#tries}\tport = ${this.#port}\tndots = ${this.#configuration.ndots}\n  querytype = ${typeText(
        this.#type ?? typeNumbers.A,
      )
        .toLowerCase()
        .padEnd(
          8,
        )}\tclass = ${classText(this.#class)}\n  srchlist = ${this.#configuration.search.join("/")}\n`,
    );
  }

  #serverText(server: Server | undefined): string {
    return server ? `Default server: ${server.name}\nAddress: ${server.address}#${this.#port}\n` : "";
  }

  async #readCommands(): Promise<void> {
    let text = "";
    for await (const piece of this.#process.stdin) {
      text += new TextDecoder().decode(piece);
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        const line = text.slice(0, end);
        text = text.slice(end + 1);
        if (await this.#perform(line)) return;
      }
    }
  }

  /** Performs a command. Resolves to whether it was the last one. */
  async #perform(line: string): Promise<boolean> {
    const words = line
      .trim()
      .split(/\s+/)
      .filter((word) => word !== "");
    const [command, operand, second] = words;
    switch (command) {
      case undefined:
        return false;
      case "exit":
        return true;
      case "set":
        if (operand !== undefined) this.#set(operand);
        return false;
      case "server":
      case "lserver":
        if (operand !== undefined && (await this.#useServer(operand))) {
          this.#print(this.#servers.map((server) => this.#serverText(server)).join(""));
        }
        return false;
      case "help":
      case "?":
      case "finger":
      case "ls":
      case "root":
      case "view":
        this.#print(`The '${command}' command is not yet implemented.\n`);
        return false;
      default:
        if (second !== undefined || (operand !== undefined && !(await this.#useServer(operand))))
          return false;
        await this.#lookUp(command);
        return false;
    }
  }

  async #lookUp(text: string): Promise<void> {
    const reverse = this.#type === undefined ? reverseName(text) : undefined;
    if (reverse !== undefined) {
      await this.#askFor(reverse, typeNumbers.PTR, { isReverse: true, isFirst: true });
      return;
    }
    const types = this.#type === undefined ? [typeNumbers.A, typeNumbers.AAAA] : [this.#type];
    let name = text;
    for (const [index, type] of types.entries()) {
      const found = await this.#askFor(name, type, { isReverse: false, isFirst: index === 0 });
      if (found === undefined) return;
      name = found;
    }
    const isAddress =
      this.#type === undefined || this.#type === typeNumbers.A || this.#type === typeNumbers.AAAA;
    if (!isAddress) this.#print("\nAuthoritative answers can be found from:\n");
  }

  /** Asks for a name, and prints the answer. Resolves to the name that it stands for, or `undefined` after a failure. */
  async #askFor(
    text: string,
    type: number,
    { isReverse, isFirst }: { readonly isReverse: boolean; readonly isFirst: boolean },
  ): Promise<string | undefined> {
    const names = this.#search && isFirst && !isReverse ? candidates(text, this.#configuration) : [text];
    let answer: Answer | undefined;
    let name = text;
    for (const each of names) {
      name = each;
      answer = await this.#ask(each, type);
      if (answer?.message?.code !== 3) break;
    }
    if (!answer) {
      this.#print(";; no servers could be reached\n");
      this.#code = 1;
      return undefined;
    }
    const { message, bytes, server } = answer;
    if (!message || isMalformed(message)) {
      this.#print(`;; Got bad packet: FORMERR\n${packetDump(bytes)}`);
      this.#code = 1;
      return undefined;
    }
    if (!isReverse && isFirst) {
      this.#print(`Server:\t\t${server.name}\nAddress:\t${server.address}#${this.#port}\n\n`);
    }
    if (message.code !== 0) {
      this.#print(`** server can't find ${name.replace(/\.$/, "")}: ${codeText(message.code)}\n`);
      this.#code = 1;
      return undefined;
    }
    this.#code = 0;
    this.#show(message, name, type, isReverse, isFirst);
    const alias = message.answers.findLast((record) => record.type === "CNAME");
    return alias && "target" in alias ? alias.target : name;
  }

  #ask(name: string, type: number): Promise<Answer | undefined> {
    const query = standardQuery(name.replace(/\.$/, ""), typeFromNumber(type), idOf(this.#process));
    const bytes = encodeMessage({
      ...query,
      recursionDesired: this.#recursion,
      questions: query.questions.map((question) => ({ ...question, class: this.#class })),
    });
    return ask(this.#process, bytes, {
      servers: this.#servers,
      port: this.#port,
      overTcp: this.#overTcp || type === 255,
      tries: this.#tries,
      timeout: this.#timeout > 0 ? this.#timeout : 5,
      stopsAtServfail: false,
      ignoresTruncation: false,
      name,
    });
  }

  #show(message: DnsMessage, name: string, type: number, isReverse: boolean, isFirst: boolean): void {
    if (this.#isDebugging) this.#print(debugText(message));
    if (!isReverse && isFirst && !message.authoritative) this.#print("Non-authoritative answer:\n");
    const isSecond = !isFirst;
    const records = message.answers.filter((record) => !(isSecond && record.type === "CNAME"));
    for (const record of records) this.#print(answerText(record));
    const isOnlyType = this.#type !== undefined;
    if (message.answers.length === 0 && (isOnlyType || type === typeNumbers.A)) {
      this.#hasNothing = name;
      if (isOnlyType) this.#print(`*** Can't find ${name}: No answer\n`);
    } else if (message.answers.length > 0) this.#hasNothing = undefined;
    if (isSecond && this.#hasNothing !== undefined) {
      this.#print(`*** Can't find ${this.#hasNothing}: No answer\n`);
      this.#hasNothing = undefined;
    }
    if (isReverse) this.#print("\nAuthoritative answers can be found from:\n");
  }

  /** A name without addresses of IPv4: it is told once nothing is found for IPv6 either. */
  #hasNothing: string | undefined;

  #print(text: string): void {
    this.#process.stdout(text);
  }
}

function nameText(name: string): string {
  return absolute(name).replace(/(.)\.$/, "$1");
}

/** A record of an answer in words. */
function answerText(record: DnsRecord): string {
  if (record.type === "OPT") return "";
  const name = nameText(record.name);
  switch (record.type) {
    case "A":
    case "AAAA":
      return `Name:\t${name}\nAddress: ${record.address}\n`;
    default:
      return `${name}\t${dataWords(record)}\n`;
  }
}

function dataWords(record: Exclude<DnsRecord, { type: "OPT" }>): string {
  switch (record.type) {
    case "A":
      return `internet address = ${record.address}`;
    case "AAAA":
      return `has AAAA address ${record.address}`;
    case "CNAME":
      return `canonical name = ${absolute(record.target)}`;
    case "NS":
      return `nameserver = ${absolute(record.target)}`;
    case "PTR":
      return `name = ${absolute(record.target)}`;
    case "MX":
      return `mail exchanger = ${record.preference} ${absolute(record.exchange)}`;
    case "SRV":
      return `service = ${record.priority} ${record.weight} ${record.port} ${absolute(record.target)}`;
    case "TXT":
      return `text = ${record.texts.map((text) => `"${new TextDecoder("latin1").decode(text)}"`).join(" ")}`;
    case "SOA":
      return [
        "",
        `\torigin = ${absolute(record.primary)}`,
        `\tmail addr = ${absolute(record.mailbox)}`,
        `\tserial = ${record.serial}`,
        `\trefresh = ${record.refresh}`,
        `\tretry = ${record.retry}`,
        `\texpire = ${record.expire}`,
        `\tminimum = ${record.minimum}`,
      ].join("\n");
    default:
      return `rdata_${record.type} = \\# ${record.data.length}`;
  }
}

const rule = "------------\n";

function debugText({ questions, answers, authorities, additionals }: DnsMessage): string {
  const asked = questions.map(
    ({ name, type, class: class_ }) =>
      `\t${nameText(name)}, type = ${typeText(typeToNumber(type))}, class = ${classText(class_)}\n`,
  );
  const shown = (records: readonly DnsRecord[]) =>
    records.flatMap((record) =>
      record.type === "OPT"
        ? []
        : [`    ->  ${nameText(record.name)}\n\t${dataWords(record)}\n\tttl = ${record.ttl}\n`],
    );
  return [
    rule,
    "    QUESTIONS:\n",
    ...asked,
    "    ANSWERS:\n",
    ...shown(answers),
    "    AUTHORITY RECORDS:\n",
    ...shown(authorities),
    "    ADDITIONAL RECORDS:\n",
    ...shown(additionals),
    rule,
  ].join("");
}
