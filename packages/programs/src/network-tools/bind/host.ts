// host of BIND 9.18: looks names and addresses up, and says in words what it finds.
import type { ProcessContext, Program } from "@dryharbor/kernel";
import {
  type DnsMessage,
  type DnsRecord,
  encodeMessage,
  reverseName,
  standardQuery,
  typeFromNumber,
  typeNumbers,
} from "@dryharbor/kernel/dns-message";
import { parseOptions } from "../../busybox/options.js";
import {
  type Answer,
  type Asking,
  ask,
  candidates,
  idOf,
  type ResolvConf,
  readResolvConf,
  type Server,
  serversNamed,
} from "./ask.js";
import { hostUsage } from "./help.js";
import {
  dataText,
  headerText,
  isMalformed,
  packetDump,
  plainStyle,
  questionText,
  recordText,
} from "./message-text.js";
import { absolute, classNamed, codeText, problemOf, typeNamed, typeText, version } from "./names.js";

const typeAny = 255;

interface HostSettings {
  readonly type: number | undefined;
  readonly class: number;
  readonly isVerbose: boolean;
  readonly recursion: boolean;
  readonly asking: Omit<Asking, "name">;
  readonly configuration: Omit<ResolvConf, "servers">;
}

/** `host`: looks a name or an address up. */
export const host: Program = async (process) => {
  const parsed = parseOptions(process.argv.slice(1), {
    flags: "aACdilnrTUvVws46",
    values: "cmNptRW",
    onlyLetters: true,
  });
  if (typeof parsed === "string") {
    const [, letter] = /'(.)'$/.exec(parsed) ?? [];
    const problem = parsed.startsWith("invalid") ? "illegal option" : "option requires an argument";
    process.stderr(`host: ${problem} -- ${letter}\n${hostUsage}`);
    return 1;
  }
  const { given, operands } = parsed;
  const last = (letter: string) => given.get(letter)?.at(-1);
  if (given.has("V")) {
    process.stderr(`host ${version}\n`);
    return 0;
  }
  for (const letter of ["C", "l"]) {
    if (!given.has(letter)) continue;
    process.stderr(`host: -${letter}: this is not simulated\n`);
    return 1;
  }
  const [name, server] = operands;
  if (name === undefined) {
    process.stderr(hostUsage);
    return 1;
  }
  const typeWord = last("t");
  const asked = typeWord === undefined ? undefined : typeNamed(typeWord);
  if (typeWord !== undefined && asked === undefined) {
    process.stderr(`host: invalid type: ${typeWord}\n\n`);
    return 2;
  }
  const classWord = last("c");
  const class_ = classWord === undefined ? 1 : classNamed(classWord);
  if (class_ === undefined) {
    process.stderr(`host: invalid class: ${classWord}\n\n`);
    return 2;
  }
  const family = given.has("4") ? 4 : given.has("6") ? 6 : undefined;
  const configuration = readResolvConf(process, family);
  const found = server === undefined ? configuration.servers : await serversNamed(process, server, family);
  if (found.length === 0) {
    process.stderr(`host: couldn't get address for '${server}': not found\n`);
    return 1;
  }
  const isAll = given.has("a") || given.has("A");
  const type = asked ?? (isAll ? typeAny : undefined);
  const number = (letter: string) => (last(letter) === undefined ? undefined : Number(last(letter)) || 0);
  const run = new HostRun(process, {
    type,
    class: class_,
    isVerbose: isAll || given.has("v") || given.has("d"),
    recursion: !given.has("r"),
    asking: {
      servers: found,
      port: number("p") ?? 53,
      overTcp: given.has("T") || (type === typeAny && !given.has("U")),
      tries: Math.max(1, number("R") ?? 1) + 1,
      timeout: given.has("w") ? Number.POSITIVE_INFINITY : Math.max(1, number("W") ?? 5),
      stopsAtServfail: true,
      ignoresTruncation: false,
    },
    configuration: { search: configuration.search, ndots: number("N") ?? configuration.ndots },
  });
  return run.run(name, server === undefined ? undefined : found);
};

class HostRun {
  readonly #process: ProcessContext;
  readonly #settings: HostSettings;

  constructor(process: ProcessContext, settings: HostSettings) {
    this.#process = process;
    this.#settings = settings;
  }

  /** @param servers those that the user named */
  async run(text: string, servers: readonly Server[] | undefined): Promise<number> {
    const reverse = this.#settings.type === undefined ? reverseName(text) : undefined;
    const problem = reverse === undefined ? problemOf(text) : undefined;
    if (problem) {
      this.#process.stderr(`host: '${text}' is not a legal name (${problem})\n`);
      return 1;
    }
    if (reverse !== undefined) {
      return (await this.#lookUp(`${reverse}.`, typeNumbers.PTR, servers)) === "failed" ? 1 : 0;
    }
    const { type } = this.#settings;
    if (type !== undefined) return (await this.#lookUp(text, type, servers)) === "failed" ? 1 : 0;
    let name = text;
    for (const [index, each] of [typeNumbers.A, typeNumbers.AAAA, typeNumbers.MX].entries()) {
      const outcome = await this.#lookUp(name, each, index === 0 ? servers : undefined, index === 0);
      if (outcome === "failed") return 1;
      // What an alias stands for is asked for from then on.
      if (outcome !== undefined) name = outcome;
    }
    return 0;
  }

  /** Asks for one type. Resolves to the name that an alias stands for, or to `failed`. */
  async #lookUp(
    text: string,
    type: number,
    servers: readonly Server[] | undefined,
    isFirst = true,
  ): Promise<string | "failed" | undefined> {
    const process = this.#process;
    const { isVerbose, configuration } = this.#settings;
    const names = isFirst ? candidates(text, configuration) : [text];
    let isGreeted = false;
    for (const [index, name] of names.entries()) {
      if (isVerbose && (index === 0 || name !== names[index - 1])) {
        process.stdout(`Trying "${name.replace(/\.$/, "")}"\n`);
      }
      const answer = await this.#ask(name, type);
      if (!answer) {
        process.stdout(";; no servers could be reached\n");
        return "failed";
      }
      const { message, server, bytes, took } = answer;
      if (!message || isMalformed(message)) {
        process.stdout(`;; Got bad packet: FORMERR\n${packetDump(bytes)}`);
        return "failed";
      }
      const received = isVerbose
        ? `Received ${bytes.length} bytes from ${server.address}#${this.#settings.asking.port} in ${Math.floor(took / 1000)} ms\n`
        : "";
      if (servers && !isGreeted) this.#greet(server);
      isGreeted = true;
      if (message.code === 3 && index < names.length - 1) {
        // The refusal is told once, and what was received each time.
        if (names[index + 1] === name) {
          process.stdout(`${notFound(name, message.code)}${received}`);
        }
        continue;
      }
      if (message.code !== 0) {
        const isTold = index > 0 && names[index - 1] === name;
        process.stdout(
          `${isTold ? "" : notFound(name === names.at(-1) ? text : name, message.code)}${received}`,
        );
        return "failed";
      }
      this.#show(message, name, type);
      process.stdout(received);
      const alias = message.answers.findLast((record) => record.type === "CNAME");
      return alias && "target" in alias ? alias.target : name.replace(/\.$/, "");
    }
    return "failed";
  }

  #ask(name: string, type: number): Promise<Answer | undefined> {
    const { class: class_, recursion, asking } = this.#settings;
    const query = standardQuery(name.replace(/\.$/, ""), typeFromNumber(type), idOf(this.#process));
    const bytes = encodeMessage({
      ...query,
      recursionDesired: recursion,
      questions: query.questions.map((question) => ({ ...question, class: class_ })),
    });
    return ask(this.#process, bytes, { ...asking, name });
  }

  #greet({ address, name }: Server): void {
    this.#process.stdout(
      `Using domain server:\nName: ${name}\nAddress: ${address}#${this.#settings.asking.port}\nAliases: \n\n`,
    );
  }

  #show(message: DnsMessage, name: string, type: number): void {
    const process = this.#process;
    if (this.#settings.isVerbose) {
      process.stdout(verboseText(message));
      return;
    }
    const shown = message.answers.filter((record) => record.type !== "OPT");
    for (const record of shown) process.stdout(wordsOf(record));
    if (shown.length === 0 && this.#settings.type !== undefined) {
      process.stdout(`${name.replace(/\.$/, "")} has no ${typeText(type)} record\n`);
    }
  }
}

function notFound(name: string, code: number): string {
  return `Host ${name} not found: ${code}(${codeText(code)})\n`;
}

function verboseText(message: DnsMessage): string {
  const { questions, answers, authorities, additionals } = message;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? "" : `;; ${title} SECTION:\n${lines.join("")}\n`;
  const lines = (records: readonly DnsRecord[]) =>
    records.flatMap((record) => (record.type === "OPT" ? [] : [recordText(record, plainStyle)]));
  return [
    `${headerText(message)}\n`,
    section(
      "QUESTION",
      questions.map((question) => questionText(question, plainStyle)),
    ),
    section("ANSWER", lines(answers)),
    section("AUTHORITY", lines(authorities)),
    section("ADDITIONAL", lines(additionals)),
  ].join("");
}

function wordsOf(record: DnsRecord): string {
  if (record.type === "OPT") return "";
  const name = absolute(record.name).replace(/(.)\.$/, "$1");
  const data = dataText(record);
  switch (record.type) {
    case "A":
      return `${name} has address ${data}\n`;
    case "AAAA":
      return `${name} has IPv6 address ${data}\n`;
    case "CNAME":
      return `${name} is an alias for ${data}\n`;
    case "MX":
      return `${name} mail is handled by ${data}\n`;
    case "PTR":
      return `${name} domain name pointer ${data}\n`;
    case "NS":
      return `${name} name server ${data}\n`;
    case "TXT":
      return `${name} descriptive text ${data}\n`;
    case "SOA":
    case "SRV":
      return `${name} has ${record.type} record ${data}\n`;
    default:
      return `${name} has ${typeText(record.type)} record ${data}\n`;
  }
}
