// The entry `@dryharbor/sdk/timestamp`: the texts that the Engine API takes for a moment or a span of time. It is for
// drivers and clients of their own.
export { parseDuration } from "./timestamp/duration.js";
export { parseTime, rfc3339 } from "./timestamp/time.js";
export { parseInstant, parseUnixTime, timestampOf } from "./timestamp/timestamp.js";
export { TimestampError } from "./timestamp/timestamp-error.js";
