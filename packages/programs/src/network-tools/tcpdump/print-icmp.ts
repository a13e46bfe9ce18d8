// ICMP messages as tcpdump prints them.
import { joined } from "../../bytes.js";
import { checksum, protocols } from "./frame.js";
import { hex4 } from "./print-tcp.js";
import { addressAt, type IpView, ipView, macAt, u16At } from "./view.js";

/** Formats the packet that an error quotes. */
type Quoted = (ip: IpView) => string;

/** Formats an ICMP message of IPv4. */
export function icmpText(bytes: Uint8Array, ip: IpView, verbosity: number, quoted: Quoted): string {
  const { transport: at, end } = ip;
  const [type, code] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  const isEcho = type === 0 || type === 8;
  const about = isEcho ? undefined : ipView(bytes, at + 8);
  const text = isEcho
    ? `echo ${type === 8 ? "request" : "reply"}, id ${u16At(bytes, at + 4)}, seq ${u16At(bytes, at + 6)}`
    : type === 3
      ? unreachableText(bytes, code, about)
      : type === 11
        ? code === 1
          ? "ip reassembly time exceeded"
          : "time exceeded in-transit"
        : `type-#${type}`;
  const quotes = verbosity > 0 && about ? `\n\t${quoted(about)}` : "";
  return `ICMP ${text}, length ${end - at}${quotes}`;
}

function unreachableText(bytes: Uint8Array, code: number, about: IpView | undefined): string {
  const to = about?.destination ?? "";
  switch (code) {
    case 0:
      return `net ${to} unreachable`;
    case 2:
      return `${to} protocol ${about?.protocol} unreachable`;
    case 3: {
      if (!about) return `${to} port unreachable`;
      const port = u16At(bytes, about.transport + 2);
      const name = about.protocol === protocols.tcp ? "tcp" : "udp";
      return `${to} ${name} port ${port} unreachable`;
    }
    case 4:
      return `${to} unreachable - need to frag`;
    case 9:
      return `net ${to} unreachable - admin prohibited`;
    case 10:
      return `host ${to} unreachable - admin prohibited`;
    case 13:
      return `host ${to} unreachable - admin prohibited filter`;
    default:
      return `host ${to} unreachable`;
  }
}

const unreachable6 = [
  "unreachable route",
  "unreachable prohibited",
  "beyond scope",
  "unreachable address",
  "unreachable port",
] as const;

/** Formats an ICMP message of IPv6. */
export function icmp6Text(bytes: Uint8Array, ip: IpView, verbosity: number): string {
  const { transport: at, end } = ip;
  const [type, code] = [bytes[at] ?? 0, bytes[at + 1] ?? 0];
  const length = end - at;
  const sum = verbosity > 0 ? sumText(bytes, ip) : "";
  // Where there is more to say the length comes first, and echoes then have none.
  const [early, late] = verbosity > 0 ? [`, length ${length}`, ""] : ["", `, length ${length}`];
  switch (type) {
    case 128:
    case 129: {
      const name = type === 128 ? "echo request" : "echo reply";
      return `${sum}ICMP6, ${name}, id ${u16At(bytes, at + 4)}, seq ${u16At(bytes, at + 6)}${late}`;
    }
    case 135:
      return `${sum}ICMP6, neighbor solicitation${early}, who has ${addressAt(bytes, at + 8, 6)}${late}${optionText(bytes, ip, verbosity)}`;
    case 136: {
      const flags = verbosity > 0 ? ", Flags [solicited, override]" : "";
      return `${sum}ICMP6, neighbor advertisement${early}, tgt is ${addressAt(bytes, at + 8, 6)}${flags}${late}${optionText(bytes, ip, verbosity)}`;
    }
    case 1:
      return `${sum}ICMP6, destination unreachable${early}, ${unreachable6Text(bytes, code, ipView(bytes, at + 8))}${late}`;
    case 3:
      return `${sum}ICMP6, time exceeded in-transit${early} for ${ipView(bytes, at + 8)?.destination}${late}`;
    default:
      return `${sum}ICMP6, unknown icmp6 type (${type})${late}`;
  }
}

function unreachable6Text(bytes: Uint8Array, code: number, about: IpView | undefined): string {
  const to = about?.destination ?? "";
  const text = unreachable6[code] ?? `unknown unreach code (${code})`;
  if (code !== 4 || !about) return `${text} ${to}`;
  const name = about.protocol === protocols.tcp ? "tcp" : "udp";
  return `${text}, ${to} ${name} port ${u16At(bytes, about.transport + 2)}`;
}

function optionText(bytes: Uint8Array, { transport, end }: IpView, verbosity: number): string {
  const at = transport + 24;
  if (verbosity === 0 || at + 8 > end) return "";
  const type = bytes[at] ?? 0;
  const name = type === 1 ? "source" : "destination";
  return `\n\t  ${name} link-address option (${type}), length 8 (1): ${macAt(bytes, at + 2)}`;
}

function sumText(bytes: Uint8Array, { start, transport, end }: IpView): string {
  const length = end - transport;
  const pseudo = joined([
    bytes.subarray(start + 8, start + 40),
    new Uint8Array([0, protocols.icmp6, length >> 8, length & 0xff]),
    bytes.subarray(transport, end),
  ]);
  const rest = checksum(pseudo);
  return rest === 0 ? "[icmp6 sum ok] " : `[bad icmp6 cksum 0x${hex4(u16At(bytes, transport + 2))}!] `;
}
