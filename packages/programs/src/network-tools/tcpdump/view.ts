// Where things are in a captured frame.
import { formatAddress } from "@dryharbor/kernel";
import { ethernetLength, etherTypes, protocols } from "./frame.js";

/** What an IP header says. Offsets are places in the bytes. */
export interface IpView {
  readonly family: 4 | 6;
  readonly protocol: number;
  readonly source: string;
  readonly destination: string;
  /** Where the header begins, where what it carries begins, and where that ends. */
  readonly start: number;
  readonly transport: number;
  readonly end: number;
}

/** A captured frame. */
export interface FrameView {
  readonly bytes: Uint8Array;
  readonly etherType: number;
  /** `undefined` for a frame of another protocol, such as ARP. */
  readonly ip: IpView | undefined;
  readonly direction: "in" | "out";
}

export function viewOf(bytes: Uint8Array, direction: "in" | "out"): FrameView {
  const etherType = u16At(bytes, 12);
  return { bytes, etherType, ip: ipView(bytes, ethernetLength), direction };
}

/** Reads the IP header at a place. `undefined` where there is none. */
export function ipView(bytes: Uint8Array, start: number): IpView | undefined {
  const version = (bytes[start] ?? 0) >> 4;
  if (version === 4 && (start !== ethernetLength || u16At(bytes, 12) === etherTypes.ip)) {
    const headerLength = ((bytes[start] ?? 0) & 0xf) * 4;
    return {
      family: 4,
      protocol: bytes[start + 9] ?? 0,
      source: addressAt(bytes, start + 12, 4),
      destination: addressAt(bytes, start + 16, 4),
      start,
      transport: start + headerLength,
      end: start + u16At(bytes, start + 2),
    };
  }
  if (version === 6 && (start !== ethernetLength || u16At(bytes, 12) === etherTypes.ip6)) {
    return {
      family: 6,
      protocol: bytes[start + 6] ?? 0,
      source: addressAt(bytes, start + 8, 6),
      destination: addressAt(bytes, start + 24, 6),
      start,
      transport: start + 40,
      end: start + 40 + u16At(bytes, start + 4),
    };
  }
  return undefined;
}

/** The ports of a segment or a datagram, source first. `undefined` for other protocols. */
export function portsOf({ bytes, ip }: FrameView): readonly [number, number] | undefined {
  if (!ip || (ip.protocol !== protocols.tcp && ip.protocol !== protocols.udp)) return undefined;
  return [u16At(bytes, ip.transport), u16At(bytes, ip.transport + 2)];
}

export function u16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function u32At(bytes: Uint8Array, at: number): number {
  return u16At(bytes, at) * 0x1_0000 + u16At(bytes, at + 2);
}

export function addressAt(bytes: Uint8Array, at: number, family: 4 | 6): string {
  let value = 0n;
  for (const byte of bytes.subarray(at, at + (family === 4 ? 4 : 16))) value = (value << 8n) | BigInt(byte);
  return formatAddress({ family, value });
}

export function macAt(bytes: Uint8Array, at: number): string {
  return [...bytes.subarray(at, at + 6)].map((byte) => byte.toString(16).padStart(2, "0")).join(":");
}
