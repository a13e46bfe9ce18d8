/** A command is refused. The message is the reply, with its code: `ERR syntax error`. */
export class CommandError extends Error {}

export const syntaxError = "ERR syntax error";
export const wrongType = "WRONGTYPE Operation against a key holding the wrong kind of value";
export const notInteger = "ERR value is not an integer or out of range";
export const notFloat = "ERR value is not a valid float";
export const noSuchKey = "ERR no such key";
export const indexOutOfRange = "ERR index out of range";
export const sameObject = "ERR source and destination objects are the same";
export const noSuchDatabase = "ERR DB index is out of range";
