import type { ByteText } from "../../../busybox/byte-text.js";
import { CommandError } from "../engine/command-error.js";
import type { Redis } from "../engine/redis.js";

interface Items {
  readonly size: number;
  readonly all: () => Iterable<ByteText>;
  /** @param random a number from 0 to 1, without 1 */
  readonly random: (random: number) => ByteText;
}

const mostItems = 2 ** 62;

/**
 * Chooses items at random: so many different ones, or below 0 so many that may repeat. When all are wanted they
 * come in their order.
 */
export function randomItems(redis: Redis, wanted: number, { size, all, random }: Items): ByteText[] {
  if (wanted < -mostItems) throw new CommandError("ERR value is out of range");
  if (wanted < 0) return Array.from({ length: -wanted }, () => random(redis.random()));
  if (wanted >= size) return [...all()];
  // Of many wanted ones, those that are left out are chosen.
  const isMost = wanted * 2 > size;
  const chosen = new Set<ByteText>();
  while (chosen.size < (isMost ? size - wanted : wanted)) chosen.add(random(redis.random()));
  return isMost ? [...all()].filter((item) => !chosen.has(item)) : [...chosen];
}
