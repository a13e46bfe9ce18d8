/** Thrown for a text that Go's time and strconv packages cannot parse, with their message. */
export class TimestampError extends Error {}
