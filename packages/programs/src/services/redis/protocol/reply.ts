// A reply as data. encode.ts writes it in the version of the protocol that the client has chosen.
import type { ByteText } from "../../../busybox/byte-text.js";

/**
 * A reply. A text is a bulk string, a number an integer, `null` a null bulk string, an array an array. The
 * others have a kind.
 */
export type Reply = ByteText | number | bigint | null | readonly Reply[] | SpecialReply;

/** A reply that is not one of JavaScript's own values. */
export type SpecialReply =
  /** A simple string, such as `OK`. */
  | { readonly kind: "status"; readonly text: string }
  /** An error, with its code: `ERR syntax error`. */
  | { readonly kind: "error"; readonly text: string }
  /** What RESP2 has as an array without a length. */
  | { readonly kind: "null array" }
  /** Keys and values. An array of both in RESP2. */
  | { readonly kind: "map"; readonly entries: readonly (readonly [Reply, Reply])[] }
  /** An array in RESP2. */
  | { readonly kind: "set"; readonly members: readonly Reply[] }
  /** Items with what belongs to each. One array of both in RESP2. */
  | { readonly kind: "pairs"; readonly items: readonly (readonly [Reply, Reply])[] }
  /** A bulk string in RESP2. */
  | { readonly kind: "double"; readonly value: number }
  /** Text for people. A bulk string in RESP2. */
  | { readonly kind: "text"; readonly text: ByteText }
  /** A message that answers no request. An array in RESP2. */
  | { readonly kind: "push"; readonly items: readonly Reply[] }
  /** Several replies to one request, such as one for each channel. */
  | { readonly kind: "several"; readonly replies: readonly Reply[] };

export const ok: Reply = { kind: "status", text: "OK" };
export const queued: Reply = { kind: "status", text: "QUEUED" };
export const nullArray: Reply = { kind: "null array" };
export const noReply: Reply = { kind: "several", replies: [] };

export function status(text: string): Reply {
  return { kind: "status", text };
}

export function errorReply(text: string): Reply & { readonly kind: "error" } {
  return { kind: "error", text };
}

export function double(value: number): Reply {
  return { kind: "double", value };
}

export function map(entries: readonly (readonly [Reply, Reply])[]): Reply {
  return { kind: "map", entries };
}

export function pairs(items: readonly (readonly [Reply, Reply])[]): Reply {
  return { kind: "pairs", items };
}

export function setReply(members: readonly Reply[]): Reply {
  return { kind: "set", members };
}

export function isError(reply: Reply): reply is { readonly kind: "error"; readonly text: string } {
  return typeof reply === "object" && reply !== null && "kind" in reply && reply.kind === "error";
}
