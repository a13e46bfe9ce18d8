// The reader of what a server replies, in either version of the protocol.
import { type ByteText, fromBytes } from "../../../busybox/byte-text.js";

/** A reply as a client receives it. */
export type Received =
  | { readonly kind: "status" | "error" | "string" | "text" | "double" | "integer"; readonly text: ByteText }
  | { readonly kind: "nil" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "array" | "set" | "push"; readonly items: readonly Received[] }
  /** A map: its items are keys and values in turn. */
  | { readonly kind: "map"; readonly items: readonly Received[] };

const plain: Readonly<Record<string, "status" | "error" | "double" | "integer">> = {
  "+": "status",
  "-": "error",
  ":": "integer",
  ",": "double",
  "(": "integer",
};
const aggregates: Readonly<Record<string, "array" | "set" | "push" | "map">> = {
  "*": "array",
  "~": "set",
  ">": "push",
  "%": "map",
};

/** What has arrived is not the protocol. */
export class NotTheProtocol extends Error {}

/** Reads replies from bytes that arrive in pieces. */
export class ReplyReader {
  #text: ByteText = "";
  #at = 0;

  add(data: Uint8Array): void {
    this.#text = this.#text.slice(this.#at) + fromBytes(data);
    this.#at = 0;
  }

  /** Takes the next reply. Returns `undefined` when it is not complete. @throws {NotTheProtocol} */
  next(): Received | undefined {
    const start = this.#at;
    const reply = this.#read();
    if (reply === undefined) this.#at = start;
    return reply;
  }

  #read(): Received | undefined {
    const end = this.#text.indexOf("\r\n", this.#at);
    if (end < 0) return undefined;
    const sign = this.#text[this.#at] as string;
    const line = this.#text.slice(this.#at + 1, end);
    this.#at = end + 2;
    const kind = plain[sign];
    if (kind) return { kind, text: line };
    if (sign === "_") return { kind: "nil" };
    if (sign === "#") return { kind: "boolean", value: line === "t" };
    const length = Number(line);
    const aggregate = aggregates[sign];
    if (!aggregate && sign !== "$" && sign !== "=") {
      throw new NotTheProtocol(`Protocol error, got ${JSON.stringify(sign)} as reply type byte`);
    }
    if (length < 0) return { kind: "nil" };
    return aggregate ? this.#items(aggregate, length) : this.#string(sign, length);
  }

  #string(sign: string, length: number): Received | undefined {
    const end = this.#at + length;
    if (this.#text.length < end + 2) return undefined;
    const text = this.#text.slice(this.#at, end);
    this.#at = end + 2;
    return sign === "=" ? { kind: "text", text: text.slice(4) } : { kind: "string", text };
  }

  #items(kind: "array" | "set" | "push" | "map", length: number): Received | undefined {
    const items: Received[] = [];
    for (let left = kind === "map" ? length * 2 : length; left > 0; left--) {
      const item = this.#read();
      if (!item) return undefined;
      items.push(item);
    }
    return { kind, items };
  }
}
