import type { DnsMessage } from "./message.js";
import { responseCodes } from "./numbers.js";
import { classInternet, type DnsType } from "./record.js";

/**
 * Makes a query as resolvers send it: one question of the Internet class, with recursion wanted.
 *
 * @param name the name as DNS tools write it, see `nameFromText`
 * @param id the id of the message, 16 bits
 */
export function standardQuery(name: string, type: DnsType, id: number): DnsMessage {
  return {
    id,
    response: false,
    opcode: 0,
    authoritative: false,
    truncated: false,
    recursionDesired: true,
    recursionAvailable: false,
    authenticData: false,
    checkingDisabled: false,
    code: responseCodes.noError,
    questions: [{ name, type, class: classInternet }],
    answers: [],
    authorities: [],
    additionals: [],
  };
}
