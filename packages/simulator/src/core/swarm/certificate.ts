import { joinedBytes } from "@dryharbor/sdk/port";
import { base64 } from "../base64.js";
import type { Random } from "../random.js";
import { type KeyPair, keyPair, sign } from "./p256.js";

/** A swarm's root certificate, as the API shows it. */
export interface RootCertificate {
  readonly pem: string;
  /** The subject and the public key, as DER in base64. */
  readonly subject: string;
  readonly publicKey: string;
}

const nanosecondsPerHour = 3_600_000_000_000n;

/**
 * Makes a root certificate like swarmkit's: for `swarm-ca`, on the curve P-256, valid for 20 years from an
 * hour ago. Its signature is valid; its key is as random as the ids are.
 *
 * @param now nanoseconds
 */
export function rootCertificate(random: Random, now: bigint): RootCertificate {
  const number = () => BigInt(`0x${random.hex(64)}`);
  const keys = keyPair(number());
  // Whole minutes, as in swarmkit.
  const begin = ((now - nanosecondsPerHour) / 60_000_000_000n) * 60_000_000_000n;
  const end = begin + 20n * 365n * 24n * nanosecondsPerHour;
  const subject = sequence(tagged(0x31, sequence(objectId("550403"), tagged(0x13, text("swarm-ca")))));
  const publicKey = subjectPublicKey(keys);
  const algorithm = sequence(objectId("2a8648ce3d040302"));
  const signed = sequence(
    tagged(0xa0, integer(2n)),
    integer(number() >> 97n),
    algorithm,
    subject,
    sequence(time(begin), time(end)),
    subject,
    publicKey,
    tagged(0xa3, sequence(...extensions(random))),
  );
  const { r, s } = sign(keys, signed, number());
  const whole = sequence(signed, algorithm, bitString(sequence(integer(r), integer(s))));
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${base64(whole).replace(/.{1,64}/g, "$&\n")}-----END CERTIFICATE-----\n`,
    subject: base64(subject),
    publicKey: base64(publicKey),
  };
}

/**
 * Returns the extensions: it may sign certificates and revocation lists, it is a certificate authority, and
 * its key has an id.
 */
function extensions(random: Random): Uint8Array[] {
  const critical = tagged(0x01, Uint8Array.of(0xff));
  const inside = (content: Uint8Array) => tagged(0x04, content);
  return [
    sequence(objectId("551d0f"), critical, inside(tagged(0x03, Uint8Array.of(1, 0x06)))),
    sequence(objectId("551d13"), critical, inside(sequence(critical))),
    sequence(objectId("551d0e"), inside(inside(fromHex(random.hex(40))))),
  ];
}

function subjectPublicKey({ point }: KeyPair): Uint8Array {
  const coordinates = [point.x, point.y].map((value) => value.toString(16).padStart(64, "0")).join("");
  return sequence(
    sequence(objectId("2a8648ce3d0201"), objectId("2a8648ce3d030107")),
    bitString(fromHex(`04${coordinates}`)),
  );
}

// The part of DER that a certificate needs.

function tagged(tag: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return joinedBytes([Uint8Array.from(head), content]);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tagged(0x30, joinedBytes(parts));
}

/** Encodes an object id. @param hex its encoded content */
function objectId(hex: string): Uint8Array {
  return tagged(0x06, fromHex(hex));
}

function integer(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  // The first bit is the sign.
  return tagged(0x02, fromHex(/^[89a-f]/.test(even) ? `00${even}` : even));
}

function bitString(content: Uint8Array): Uint8Array {
  return tagged(0x03, joinedBytes([Uint8Array.of(0), content]));
}

/** Encodes a time: UTCTime up to 2049, GeneralizedTime later. */
function time(nanoseconds: bigint): Uint8Array {
  const iso = new Date(Number(nanoseconds / 1_000_000n)).toISOString();
  const digits = `${iso.replace(/\D/g, "").slice(0, 14)}Z`;
  return iso < "2050" ? tagged(0x17, text(digits.slice(2))) : tagged(0x18, text(digits));
}

function text(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
