// The entry `@dryharbor/kernel/dns-message`: DNS messages as bytes, both ways. Programs ask with it, and name
// servers answer with it.
export { DnsMessageError } from "./error.js";
export {
  type DnsMessage,
  type DnsQuestion,
  decodeMessage,
  encodeMessage,
} from "./message.js";
export { nameFromText } from "./name.js";
export { responseCodes, typeNumbers } from "./numbers.js";
export { standardQuery } from "./query.js";
export {
  classInternet,
  type DnsOption,
  type DnsOptRecord,
  type DnsRecord,
  type DnsRecordData,
  type DnsResourceRecord,
  type DnsType,
  typeFromNumber,
  typeToNumber,
} from "./record.js";
export { addressOfReverseName, reverseName } from "./reverse.js";
export { frameMessage, MessageFrames } from "./tcp.js";
