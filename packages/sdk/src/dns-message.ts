// DNS messages as bytes, both ways: what the driver asks with and the simulator answers with.
export { answerOf, queryMessage } from "./dns/answer.js";
export { DnsMessageError } from "./dns/error.js";
export {
  type DnsMessage,
  type DnsQuestion,
  decodeMessage,
  encodeMessage,
  responseCodes,
} from "./dns/message.js";
export { nameFromText } from "./dns/name.js";
export {
  classInternet,
  type DnsOption,
  type DnsOptRecord,
  type DnsRecord,
  type DnsRecordData,
  type DnsResourceRecord,
  type DnsType,
  typeFromNumber,
  typeNumbers,
  typeToNumber,
} from "./dns/record.js";
export { addressOfReverseName, reverseName } from "./dns/reverse.js";
export { frameMessage, MessageFrames } from "./dns/tcp.js";
