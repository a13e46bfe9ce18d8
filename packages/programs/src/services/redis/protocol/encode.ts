import type { ByteText } from "../../../busybox/byte-text.js";
import { formatDouble } from "../values/numbers.js";
import type { Reply, SpecialReply } from "./reply.js";

/** The version of the protocol that a client speaks. */
export type ProtocolVersion = 2 | 3;

/** Writes a reply as bytes. */
export function encode(reply: Reply, version: ProtocolVersion): ByteText {
  if (typeof reply === "string") return bulk(reply);
  if (typeof reply === "number" || typeof reply === "bigint") return `:${reply}\r\n`;
  if (reply === null) return version === 3 ? "_\r\n" : "$-1\r\n";
  if (isSpecial(reply)) return special(reply, version);
  return sequence("*", reply, version);
}

function special(reply: SpecialReply, version: ProtocolVersion): ByteText {
  const isNew = version === 3;
  switch (reply.kind) {
    case "status":
      return `+${reply.text}\r\n`;
    case "error":
      return `-${reply.text}\r\n`;
    case "null array":
      return isNew ? "_\r\n" : "*-1\r\n";
    case "map": {
      const { entries } = reply;
      const head = isNew ? `%${entries.length}` : `*${entries.length * 2}`;
      return `${head}\r\n${entries.map(([key, value]) => encode(key, version) + encode(value, version)).join("")}`;
    }
    case "set":
      return sequence(isNew ? "~" : "*", reply.members, version);
    case "pairs":
      return sequence("*", isNew ? reply.items : reply.items.flat(), version);
    case "double":
      return isNew ? `,${formatDouble(reply.value)}\r\n` : bulk(formatDouble(reply.value));
    case "text":
      return isNew ? `=${reply.text.length + 4}\r\ntxt:${reply.text}\r\n` : bulk(reply.text);
    case "push":
      return sequence(isNew ? ">" : "*", reply.items, version);
    case "several":
      return reply.replies.map((each) => encode(each, version)).join("");
  }
}

function bulk(text: ByteText): ByteText {
  return `$${text.length}\r\n${text}\r\n`;
}

function sequence(sign: string, items: readonly Reply[], version: ProtocolVersion): ByteText {
  return `${sign}${items.length}\r\n${items.map((item) => encode(item, version)).join("")}`;
}

function isSpecial(reply: readonly Reply[] | SpecialReply): reply is SpecialReply {
  return "kind" in reply;
}
