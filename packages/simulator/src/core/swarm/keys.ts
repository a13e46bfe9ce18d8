import { sha256 } from "@dryharbor/kernel";
import { base64 } from "../base64.js";
import type { Random } from "../random.js";
import type { RootCertificate } from "./certificate.js";

/** What a node shows to be let into a swarm: of which swarm it is, and a secret. */
export function newJoinToken(random: Random, { pem }: RootCertificate): string {
  const digest = inBase36(hexOf(sha256(new TextEncoder().encode(pem))), 50);
  return `SWMTKN-1-${digest}-${inBase36(random.hex(32), 25)}`;
}

/** The key that managers are locked with, as people are shown it. */
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
