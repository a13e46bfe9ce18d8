// The two ends of a query: `DnsQuery` to a DNS message, and a DNS message to `DnsAnswer`.
import {
  type DnsMessage,
  DnsMessageError,
  decodeMessage,
  encodeMessage,
  nameFromText,
  responseCodes,
  reverseName,
  standardQuery,
} from "@dryharbor/kernel/dns-message";
import type { DnsAnswer, DnsQuery, DnsStatus } from "../dns.js";
import { UsageError } from "../errors.js";

/**
 * Encodes a query of `engine.dns` as a DNS message.
 *
 * @param id the id of the message, 16 bits
 * @throws {UsageError} DNS cannot ask for the name.
 */
export function queryMessage(query: DnsQuery, id: number): Uint8Array {
  const message = standardQuery(questionName(query), query.type ?? "A", id);
  try {
    return encodeMessage(message);
  } catch (error) {
    if (!(error instanceof DnsMessageError)) throw error;
    throw new UsageError(`DNS cannot ask for "${query.name}": ${error.message}`, { cause: error });
  }
}

function questionName(query: DnsQuery): string {
  if (query.type !== "PTR") return nameFromText(query.name);
  const name = reverseName(query.name);
  if (name === undefined) {
    throw new UsageError(`a PTR query takes an IPv4 or IPv6 address, not "${query.name}"`);
  }
  return name;
}

const statuses: ReadonlyMap<number, DnsStatus> = new Map([
  [responseCodes.noSuchName, "no-such-name"],
  [responseCodes.refused, "refused"],
]);

/**
 * Decodes the response of a server to a query.
 *
 * Only records of the requested type are returned, so the CNAMEs that lead to them are left out. A response
 * code without a status of its own, or a response that is not a DNS message, is a `server-failure`.
 */
export function answerOf(query: DnsQuery, response: Uint8Array): DnsAnswer {
  const message = readable(response);
  if (message?.code !== responseCodes.noError) {
    return {
      status: statuses.get(message?.code ?? responseCodes.formatError) ?? "server-failure",
      records: [],
    };
  }
  const type = query.type ?? "A";
  const records = message.answers.flatMap((record) => {
    if (record.type !== type) return [];
    if (record.type === "PTR") return [record.target];
    return "address" in record ? [record.address] : [];
  });
  return { status: records.length > 0 ? "found" : "no-data", records };
}

function readable(response: Uint8Array): DnsMessage | undefined {
  try {
    return decodeMessage(response);
  } catch (error) {
    if (error instanceof DnsMessageError) return undefined;
    throw error;
  }
}
