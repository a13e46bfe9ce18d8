// dig of BIND 9.18: asks name servers, and prints what they answer.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import {
  type DnsMessage,
  type DnsOptRecord,
  type DnsRecord,
  encodeMessage,
  standardQuery,
  typeFromNumber,
} from "@dryharbor/kernel/dns-message";
import { type Answer, ask, candidates, idOf, readResolvConf, type Server, serversNamed } from "./ask.js";
import { type DigCommand, type DigLookup, readDigCommand } from "./dig-options.js";
import { dataText, headerText, isMalformed, optText, questionText, recordText } from "./message-text.js";
import { codeText, problemOf, version } from "./names.js";

const typeAny = 255;
const formatError = 1;
const noSuchName = 3;
const notImplemented = 4;
const cookieOption = 10;

/** `dig`: asks name servers. */
export const dig: Program = async (process) => {
  const args = process.argv.slice(1);
  const command = readDigCommand(args);
  if ("code" in command) {
    process.stdout(command.stdout ?? "");
    process.stderr(command.stderr ?? "");
    return command.code;
  }
  process.stderr(command.warnings);
  let isReached = true;
  for (const [index, lookup] of command.lookups.entries()) {
    const run = new DigRun(process, command, lookup, index === 0 ? args : undefined);
    const code = await run.run();
    if (code === "unreached") isReached = false;
    else if (code !== 0) return code;
  }
  return isReached ? 0 : 9;
};

class DigRun {
  readonly #process: ProcessContext;
  readonly #command: DigCommand;
  readonly #lookup: DigLookup;
  /** The words of the command line, for the first lookup. */
  readonly #words: readonly string[] | undefined;
  #greeting = "";

  constructor(
    process: ProcessContext,
    command: DigCommand,
    lookup: DigLookup,
    words: readonly string[] | undefined,
  ) {
    this.#process = process;
    this.#command = command;
    this.#lookup = lookup;
    this.#words = words;
  }

  async run(): Promise<number | "unreached"> {
    const { name, server, search, domain, ndots, showsSearch } = this.#lookup;
    const process = this.#process;
    const problem = problemOf(name);
    if (problem) {
      process.stderr(`dig: '${name}' is not a legal name (${problem})\n`);
      return 10;
    }
    const configuration = readResolvConf(process, this.#command.family);
    const found = server === undefined ? configuration.servers : await this.#servers(server);
    if (found.length === 0) {
      process.stderr(`dig: couldn't get address for '${server}': not found\n`);
      return 1;
    }
    this.#greeting = this.#greetingFor(server === undefined ? undefined : found.length);
    const names = search
      ? candidates(name, {
          search: domain === undefined ? configuration.search : [domain],
          ndots: ndots ?? configuration.ndots,
        })
      : [name];
    for (const [index, each] of names.entries()) {
      const answer = await this.#ask(each, found);
      if (!answer) {
        process.stdout(`${this.#overTcp ? "" : this.#greeting};; no servers could be reached\n`);
        return "unreached";
      }
      const isLast = index === names.length - 1;
      const isFound = answer.message?.code !== noSuchName;
      this.#show(answer, showsSearch || isFound || isLast || index === 0, index > 0 && !isFound);
      if (isFound) break;
    }
    return 0;
  }

  get #overTcp(): boolean {
    return this.#lookup.overTcp ?? this.#lookup.type === typeAny;
  }

  #servers(name: string): Promise<readonly Server[]> {
    return serversNamed(this.#process, name, this.#command.family);
  }

  #greetingFor(servers: number | undefined): string {
    const words = this.#words;
    const { shows } = this.#lookup;
    if (!words || !shows.cmd) return "";
    const found = servers === undefined ? "" : `; (${servers} server${servers === 1 ? "" : "s"} found)\n`;
    const line = words.length > 0 ? ` ${words.join(" ")}` : "";
    return `\n; <<>> DiG ${version} <<>>${line}\n${found};; global options: +cmd\n`;
  }

  #queryFor(name: string): DnsMessage {
    const lookup = this.#lookup;
    const process = this.#process;
    const id = lookup.id ?? idOf(process);
    const query = standardQuery(name.replace(/\.$/, ""), typeFromNumber(lookup.type), id);
    const { edns } = lookup;
    const cookie = { code: cookieOption, data: cookieOf(process, id) };
    const opt: DnsOptRecord = {
      type: "OPT",
      udpPayloadSize: lookup.udpSize,
      extendedCode: 0,
      version: edns ?? 0,
      dnssecOk: lookup.dnssec,
      options: lookup.cookie ? [cookie] : [],
    };
    return {
      ...query,
      opcode: lookup.opcode,
      recursionDesired: lookup.recursion,
      authoritative: lookup.authoritative,
      authenticData: lookup.authenticData,
      checkingDisabled: lookup.checkingDisabled,
      questions: lookup.headerOnly
        ? []
        : query.questions.map((question) => ({ ...question, class: lookup.class })),
      additionals: edns === undefined ? [] : [opt],
    };
  }

  async #ask(name: string, servers: readonly Server[]): Promise<Answer | undefined> {
    const lookup = this.#lookup;
    const query = this.#queryFor(name);
    const bytes = encodeMessage(query);
    if (lookup.shows.qr) {
      this.#process.stdout(
        `${this.#greeting};; Sending:\n${this.#messageText(query)};; QUERY SIZE: ${bytes.length}\n\n`,
      );
      this.#greeting = "";
    }
    return ask(this.#process, bytes, {
      servers,
      port: this.#command.port,
      overTcp: this.#overTcp,
      tries: lookup.tries,
      timeout: lookup.timeout,
      stopsAtServfail: lookup.stopsAtServfail,
      ignoresTruncation: lookup.ignoresTruncation,
      from: this.#command.from,
      name,
    });
  }

  /** @param isRepeated whether only the statistics are shown, as of a name that was searched for once more */
  #show(answer: Answer, isShown: boolean, isRepeated: boolean): void {
    const { short, shows, identify } = this.#lookup;
    const { message } = answer;
    const process = this.#process;
    if (short) {
      if (!message || !isShown || isRepeated) return;
      const by = identify
        ? ` from server ${answer.server.address} in ${Math.floor(answer.took / 1000)} ms.`
        : "";
      for (const record of message.answers) {
        if (record.type !== "OPT") process.stdout(`${dataText(record)}${by}\n`);
      }
      return;
    }
    if (!message) {
      process.stdout(";; Got bad packet: bad label type\n");
      return;
    }
    if (isShown && !isRepeated) {
      if (isMalformed(message)) {
        process.stdout(";; Warning: Message parser reports malformed message packet.\n");
      }
      process.stdout(
        `${this.#greeting}${shows.comments ? ";; Got answer:\n" : ""}${this.#messageText(message)}`,
      );
      this.#greeting = "";
    }
    if (shows.stats) process.stdout(this.#statistics(answer));
  }

  #messageText(message: DnsMessage): string {
    const { shows } = this.#lookup;
    const { questions, answers, authorities, additionals } = message;
    const opt = additionals.find((record): record is DnsOptRecord => record.type === "OPT");
    let text = shows.comments ? `${headerText(message)}${this.#warnings(message)}\n` : "";
    if (opt && shows.comments) text += `;; OPT PSEUDOSECTION:\n${optText(opt)}`;
    if (shows.question && questions.length > 0) {
      text += this.#section(
        "QUESTION",
        questions.map((question) => questionText(question, this.#lookup)),
      );
    }
    if (shows.answer) text += this.#section("ANSWER", this.#lines(answers));
    if (shows.authority) text += this.#section("AUTHORITY", this.#lines(authorities));
    if (shows.additional) text += this.#section("ADDITIONAL", this.#lines(additionals));
    return text;
  }

  #lines(records: readonly DnsRecord[]): string[] {
    return records.flatMap((record) => (record.type === "OPT" ? [] : [recordText(record, this.#lookup)]));
  }

  #section(title: string, lines: readonly string[]): string {
    if (lines.length === 0) return "";
    const text = lines.join("");
    return this.#lookup.shows.comments ? `;; ${title} SECTION:\n${text}\n` : text;
  }

  #warnings({ response, recursionDesired, recursionAvailable, code }: DnsMessage): string {
    if (!response) return "";
    let text = "";
    if (recursionDesired && !recursionAvailable) {
      text += ";; WARNING: recursion requested but not available\n";
    }
    if ((code === formatError || code === notImplemented) && this.#lookup.edns !== undefined) {
      const dnssec = this.#lookup.dnssec ? "+nodnssec " : "";
      text += `\n;; WARNING: EDNS query returned status ${codeText(code)} - retry with '${dnssec}+noedns'\n`;
    }
    return text;
  }

  #statistics({ took, server, transport, bytes }: Answer): string {
    const { port, microseconds } = this.#command;
    const time = microseconds ? `${took} usec` : `${Math.floor(took / 1000)} msec`;
    const when = whenText(this.#process.now());
    return `;; Query time: ${time}\n;; SERVER: ${server.address}#${port}(${server.name}) (${transport})\n;; WHEN: ${when}\n;; MSG SIZE  rcvd: ${bytes.length}\n\n`;
  }
}

/** Makes the cookie that a client sends: 8 bytes that nobody can guess on a real system. */
function cookieOf({ now, pid }: ProcessContext, id: number): Uint8Array {
  let state = (Number(now() & 0xffff_ffffn) ^ (id << 16) ^ pid) >>> 0;
  return Uint8Array.from({ length: 8 }, () => {
    state = (Math.imul(state, 0x0019_660d) + 0x3c6e_f35f) >>> 0;
    return state >>> 24;
  });
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function whenText(now: bigint): string {
  const date = new Date(Number(now / 1_000_000n));
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())} ${time} UTC ${date.getUTCFullYear()}`;
}
