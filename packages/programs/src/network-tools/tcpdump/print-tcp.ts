// TCP segments as tcpdump prints them.
import { joined } from "../../bytes.js";
import { checksum, protocols, tcpFlags } from "./frame.js";
import { dnsText } from "./print-dns.js";
import { httpText, isHttpPort, respText } from "./print-payload.js";
import type { IpView } from "./view.js";
import { u16At, u32At } from "./view.js";

/** The first numbers of the conversations that have been seen, so that what follows is shown from 1 on. */
export class Conversations {
  readonly #firsts = new Map<string, { readonly sequence: number; readonly acknowledgement: number }>();

  /** Returns the numbers of a segment with an acknowledgement as they are shown. */
  relative(
    from: string,
    to: string,
    isGreeting: boolean,
    sequence: number,
    acknowledgement: number,
  ): readonly [number, number] {
    const isReversed = from > to;
    const key = isReversed ? `${to} ${from}` : `${from} ${to}`;
    const firsts = this.#firsts.get(key);
    const before = (acknowledgement - 1) >>> 0;
    if (!firsts || isGreeting) {
      this.#firsts.set(
        key,
        isReversed ? { sequence: before, acknowledgement: sequence } : { sequence, acknowledgement: before },
      );
      return [sequence, acknowledgement];
    }
    const [own, other] = isReversed
      ? [firsts.acknowledgement, firsts.sequence]
      : [firsts.sequence, firsts.acknowledgement];
    return [(sequence - own) >>> 0, (acknowledgement - other) >>> 0];
  }
}

/** How segments are shown. */
export interface TcpStyle {
  readonly verbosity: number;
  readonly isQuiet: boolean;
  readonly absolute: boolean;
}

/** Formats what follows the addresses of a segment. */
export function tcpText(
  bytes: Uint8Array,
  ip: IpView,
  { verbosity, isQuiet, absolute }: TcpStyle,
  conversations: Conversations,
): string {
  const { transport: start, end, source, destination } = ip;
  const [from, to] = [u16At(bytes, start), u16At(bytes, start + 2)];
  const headerLength = ((bytes[start + 12] ?? 0) >> 4) * 4;
  const length = end - start - headerLength;
  if (isQuiet) return `tcp ${length}`;
  const flags = bytes[start + 13] ?? 0;
  const isSet = (flag: keyof typeof tcpFlags) => (flags & tcpFlags[flag]) !== 0;
  let [sequence, acknowledgement] = [u32At(bytes, start + 4), u32At(bytes, start + 8)];
  if (!absolute && isSet("ack")) {
    [sequence, acknowledgement] = conversations.relative(
      `${source} ${from}`,
      `${destination} ${to}`,
      isSet("syn"),
      sequence,
      acknowledgement,
    );
  }
  const parts = [`Flags [${flagText(flags)}]`];
  if (verbosity > 0) parts.push(checksumText(bytes, ip));
  if (verbosity > 1 || length > 0 || isSet("syn") || isSet("fin") || isSet("rst")) {
    parts.push(length > 0 ? `seq ${sequence}:${(sequence + length) >>> 0}` : `seq ${sequence}`);
  }
  if (isSet("ack")) parts.push(`ack ${acknowledgement}`);
  parts.push(`win ${u16At(bytes, start + 14)}`);
  const options = optionTexts(bytes.subarray(start + 20, start + headerLength));
  if (options.length > 0) parts.push(`options [${options.join(",")}]`);
  const payload = bytes.subarray(start + headerLength, end);
  return `${parts.join(", ")}, length ${length}${payloadText(payload, from, to, verbosity)}`;
}

function payloadText(payload: Uint8Array, from: number, to: number, verbosity: number): string {
  if (payload.length === 0) return "";
  const isAt = (port: number) => from === port || to === port;
  if (isAt(53)) return payload.length > 2 ? dnsText(payload.subarray(2), verbosity) : "";
  if (isAt(6379)) return respText(payload);
  return isHttpPort(from) || isHttpPort(to) ? httpText(payload, verbosity) : "";
}

const letters = [
  ["fin", "F"],
  ["syn", "S"],
  ["rst", "R"],
  ["push", "P"],
  ["ack", "."],
  ["urg", "U"],
  ["ece", "E"],
  ["cwr", "W"],
] as const;

function flagText(flags: number): string {
  const text = letters.filter(([name]) => (flags & tcpFlags[name]) !== 0).map(([, letter]) => letter);
  return text.length === 0 ? "none" : text.join("");
}

function checksumText(bytes: Uint8Array, ip: IpView): string {
  const { written, right } = checksumOf(bytes, ip, 16);
  const shown = `cksum 0x${hex4(written)}`;
  return written === right ? `${shown} (correct)` : `${shown} (incorrect -> 0x${hex4(right)})`;
}

/** Returns the checksum that a segment or a datagram has, and the one that it should have. */
export function checksumOf(
  bytes: Uint8Array,
  { family, protocol, start, transport, end }: IpView,
  place: number,
): { readonly written: number; readonly right: number } {
  const addresses = bytes.subarray(start + (family === 4 ? 12 : 8), start + (family === 4 ? 20 : 40));
  const message = bytes.slice(transport, end);
  const written = u16At(message, place);
  message[place] = 0;
  message[place + 1] = 0;
  const length = end - transport;
  const pseudo = joined([addresses, new Uint8Array([0, protocol, length >> 8, length & 0xff]), message]);
  const right = checksum(pseudo);
  return { written, right: right === 0 && protocol === protocols.udp ? 0xffff : right };
}

export function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function optionTexts(options: Uint8Array): string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < options.length) {
    const kind = options[at]!;
    if (kind === 0) {
      texts.push("eol");
      break;
    }
    if (kind === 1) {
      texts.push("nop");
      at++;
      continue;
    }
    const length = options[at + 1] ?? 0;
    if (length < 2) break;
    if (kind === 2) texts.push(`mss ${u16At(options, at + 2)}`);
    else if (kind === 3) texts.push(`wscale ${options[at + 2]}`);
    else if (kind === 4) texts.push("sackOK");
    else if (kind === 8) texts.push(`TS val ${u32At(options, at + 2)} ecr ${u32At(options, at + 6)}`);
    else texts.push(`unknown-${kind}`);
    at += length;
  }
  return texts;
}
