// Packets as tcpdump prints them.
import type { CapturedPacket } from "@dryharbor/kernel";
import { checksum, ethernetLength, etherTypes, protocols } from "./frame.js";
import { hexadecimalText, plainText } from "./hexadecimal.js";
import type { Names } from "./names.js";
import type { TcpdumpOptions } from "./options.js";
import { dnsText } from "./print-dns.js";
import { icmp6Text, icmpText } from "./print-icmp.js";
import { Conversations, checksumOf, hex4, tcpText } from "./print-tcp.js";
import { timeText } from "./times.js";
import { addressAt, type FrameView, type IpView, macAt, portsOf, u16At, u32At } from "./view.js";

/** The length of the header that stands in place of Ethernet's where all interfaces are shown. */
const cookedLength = 20;

const protocolNames: Readonly<Record<number, string>> = {
  [protocols.icmp]: "ICMP",
  [protocols.tcp]: "TCP",
  [protocols.udp]: "UDP",
  [protocols.icmp6]: "ICMPv6",
};

/** Prints packets one after another. */
export class PacketPrinter {
  readonly #options: TcpdumpOptions;
  readonly #names: Names;
  /** Whether packets of all interfaces are shown, each with its interface. */
  readonly #showsDevice: boolean;
  readonly #indices: (device: string) => number;
  readonly #conversations = new Conversations();
  #first: bigint | undefined;
  #last: bigint | undefined;
  #count = 0;

  constructor(
    options: TcpdumpOptions,
    names: Names,
    showsDevice: boolean,
    indices: (device: string) => number,
  ) {
    this.#options = options;
    this.#names = names;
    this.#showsDevice = showsDevice;
    this.#indices = indices;
  }

  /** Formats a packet: a line, and what may follow it. */
  async text({ time, device, direction }: CapturedPacket, frame: FrameView): Promise<string> {
    const { ip } = frame;
    await this.#names.learn(addressesIn(frame));
    const { numbersPackets, timeStyle, showsLink } = this.#options;
    const number = numbersPackets ? `${String(++this.#count).padStart(5)}  ` : "";
    const stamp = timeText(time, timeStyle, this.#first ?? time, this.#last ?? time);
    this.#first ??= time;
    this.#last = time;
    const place = this.#showsDevice ? this.#placeText(device, direction, frame) : "";
    const link = showsLink ? this.#linkText(device, frame) : "";
    const body = ip ? this.#ipText(frame.bytes, ip, showsLink) : this.#arpText(frame.bytes, showsLink);
    return `${number}${stamp}${place}${link}${body}\n${this.#dump(frame)}`;
  }

  #placeText(device: string, direction: "in" | "out", { bytes }: FrameView): string {
    const to = macAt(bytes, 0);
    const isGroup = ((bytes[0] ?? 0) & 1) === 1;
    const kind = direction === "out" ? "Out" : to === "ff:ff:ff:ff:ff:ff" ? "B" : isGroup ? "M" : "In";
    return `${device.padEnd(5)} ${kind.padEnd(3)} `;
  }

  #linkText(device: string, { bytes, etherType }: FrameView): string {
    const { isNumeric, isQuiet } = this.#options;
    const type = typeNames[etherType] ?? "Unknown";
    const length = bytes.length;
    if (this.#showsDevice) {
      const cooked = length - ethernetLength + cookedLength;
      return `ifindex ${this.#indices(device)} ${macAt(bytes, 6)}${isNumeric ? "" : " (oui Unknown)"} ethertype ${type} (0x${hex4(etherType)}), length ${cooked}: `;
    }
    const mac = (at: number) => `${macAt(bytes, at)}${isNumeric ? "" : ouiText(bytes, at)}`;
    const shownType = isQuiet ? type : `ethertype ${type} (0x${hex4(etherType)})`;
    return `${mac(6)} > ${mac(0)}, ${shownType}, length ${length}: `;
  }

  #arpText(bytes: Uint8Array, isAfterLink: boolean): string {
    const at = ethernetLength;
    const name = (place: number) => this.#names.host(addressAt(bytes, place, 4));
    const isRequest = u16At(bytes, at + 6) === 1;
    const form = this.#options.verbosity > 0 ? "Ethernet (len 6), IPv4 (len 4), " : "";
    const said = isRequest
      ? `Request who-has ${name(at + 24)} tell ${name(at + 14)}`
      : `Reply ${name(at + 14)} is-at ${macAt(bytes, at + 8)}${this.#options.isNumeric ? "" : ouiText(bytes, at + 8)}`;
    return `${isAfterLink ? "" : "ARP, "}${form}${said}, length ${bytes.length - at}`;
  }

  #ipText(bytes: Uint8Array, ip: IpView, isAfterLink: boolean): string {
    const name = isAfterLink ? "" : ip.family === 4 ? "IP " : "IP6 ";
    return `${name}${this.#headerText(bytes, ip)}${this.#carriedText(bytes, ip)}`;
  }

  /** What the IP header says, where that is asked for. */
  #headerText(bytes: Uint8Array, { family, protocol, start, transport, end }: IpView): string {
    if (this.#options.verbosity === 0) return "";
    const named = `${protocolNames[protocol] ?? "unknown"} (${protocol})`;
    if (family === 6) {
      const label = u32At(bytes, start) & 0xf_ffff;
      const flow = label === 0 ? "" : `flowlabel 0x${label.toString(16).padStart(5, "0")}, `;
      return `(${flow}hlim ${bytes[start + 7]}, next-header ${named} payload length: ${end - transport}) `;
    }
    const fragment = u16At(bytes, start + 6);
    const flags = (fragment & 0x4000) !== 0 ? "DF" : "none";
    const sum = checksum(bytes.subarray(start, transport)) === 0 ? "" : ", bad cksum";
    return `(tos 0x${(bytes[start + 1] ?? 0).toString(16)}, ttl ${bytes[start + 8]}, id ${u16At(bytes, start + 4)}, offset ${(fragment & 0x1fff) * 8}, flags [${flags}], proto ${named}, length ${end - start}${sum})\n    `;
  }

  #carriedText(bytes: Uint8Array, ip: IpView): string {
    const { protocol, source, destination } = ip;
    const { verbosity } = this.#options;
    const [from, to] = [this.#names.host(source), this.#names.host(destination)];
    const ports = portsOf({ bytes, ip, etherType: 0, direction: "in" });
    switch (protocol) {
      case protocols.tcp:
        return `${this.#endsText("tcp", from, to, ports)}: ${tcpText(bytes, ip, this.#options, this.#conversations)}`;
      case protocols.udp:
        return `${this.#endsText("udp", from, to, ports)}: ${this.#udpText(bytes, ip, ports)}`;
      case protocols.icmp: {
        const quoted = (about: IpView) => this.#ipText(bytes, about, false);
        return `${from} > ${to}: ${icmpText(bytes, ip, verbosity, quoted)}`;
      }
      case protocols.icmp6:
        return `${from} > ${to}: ${icmp6Text(bytes, ip, verbosity)}`;
      default:
        return `${from} > ${to}: ip-proto-${protocol} ${ip.end - ip.transport}`;
    }
  }

  #endsText(
    protocol: "tcp" | "udp",
    from: string,
    to: string,
    [own, other]: readonly [number, number] = [0, 0],
  ): string {
    const service = (port: number) => this.#names.service(protocol, port);
    return `${from}.${service(own)} > ${to}.${service(other)}`;
  }

  #udpText(bytes: Uint8Array, ip: IpView, [from, to]: readonly [number, number] = [0, 0]): string {
    const { verbosity, isQuiet } = this.#options;
    const payload = bytes.subarray(ip.transport + 8, ip.end);
    const length = u16At(bytes, ip.transport + 4) - 8;
    if (isQuiet) return `UDP, length ${length}`;
    const sum = verbosity > 1 && ip.end <= bytes.length ? udpSum(bytes, ip) : "";
    const isDns = [from, to].some((port) => port === 53 || port === 5353);
    return isDns ? `${sum}${dnsText(payload, verbosity).slice(1)}` : `${sum}UDP, length ${length}`;
  }

  #dump({ bytes }: FrameView): string {
    const { hexadecimal, ascii } = this.#options;
    const isWithLink = hexadecimal === "hex-with-link";
    const shown = isWithLink ? bytes : bytes.subarray(ethernetLength);
    if (hexadecimal !== "none") return hexadecimalText(shown, ascii === "beside");
    return ascii === "alone" ? plainText(shown) : "";
  }
}

const typeNames: Readonly<Record<number, string>> = {
  [etherTypes.ip]: "IPv4",
  [etherTypes.arp]: "ARP",
  [etherTypes.ip6]: "IPv6",
};

/** Says whose MAC address it is. Those of containers are made up, so nobody's. */
function ouiText(bytes: Uint8Array, at: number): string {
  return macAt(bytes, at) === "ff:ff:ff:ff:ff:ff" ? " (Broadcast)" : " (oui Unknown)";
}

function udpSum(bytes: Uint8Array, ip: IpView): string {
  const { written, right } = checksumOf(bytes, ip, 6);
  if (written === 0) return "[no cksum] ";
  return written === right ? "[udp sum ok] " : `[bad udp cksum 0x${hex4(written)} -> 0x${hex4(right)}!] `;
}

function addressesIn({ bytes, ip, etherType }: FrameView): string[] {
  if (ip) return [ip.source, ip.destination];
  if (etherType !== etherTypes.arp) return [];
  return [addressAt(bytes, ethernetLength + 14, 4), addressAt(bytes, ethernetLength + 24, 4)];
}
