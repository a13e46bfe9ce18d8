import { sha256 } from "@dryharbor/kernel";
import { base64 } from "../base64.js";
import type { Random } from "../random.js";
import type { RootCertificate } from "./certificate.js";

/** Makes a token with which a node joins a swarm: the digest of the swarm's certificate and a secret. */
export function newJoinToken(random: Random, { pem }: RootCertificate): string {
  const digest = inBase36(hexOf(sha256(new TextEncoder().encode(pem))), 50);
  return `SWMTKN-1-${digest}-${inBase36(random.hex(32), 25)}`;
}

/** Makes the key that unlocks managers, in the form for people. */
export function newUnlockKey(random: Random): string {
  const bytes = Uint8Array.from(random.hex(64).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `SWMKEY-1-${base64(bytes).replaceAll("=", "")}`;
}

function inBase36(hex: string, width: number): string {
  return BigInt(`0x${hex}`).toString(36).padStart(width, "0");
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
