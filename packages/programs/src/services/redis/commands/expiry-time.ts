import type { ByteText } from "../../../busybox/byte-text.js";
import type { Call } from "../engine/command.js";
import { CommandError } from "../engine/command-error.js";
import { integer } from "./arguments.js";

const greatest = 2n ** 63n - 1n;

/** The units of an expiry: seconds or milliseconds, from now or since 1970. */
export type ExpiryUnit = "EX" | "PX" | "EXAT" | "PXAT";

/** Reads the expiry of `SET` and its like, which must be positive. Returns milliseconds since 1970. */
export function expiryTime({ redis, command }: Call, unit: ExpiryUnit, text: ByteText): number {
  const number = integer(text);
  const refuse = (): never => {
    throw new CommandError(`ERR invalid expire time in '${command.name}' command`);
  };
  const isSeconds = unit.startsWith("E");
  if (number <= 0n || (isSeconds && number > greatest / 1000n)) refuse();
  const time = number * (isSeconds ? 1000n : 1n) + (unit.endsWith("AT") ? 0n : BigInt(redis.now()));
  if (time > greatest) refuse();
  return Number(time);
}
