import { applet } from "./applet.js";
import { fromBytes } from "./byte-text.js";
import { wholeFile } from "./input-file.js";

const help = `factor [NUMBER]...

Print prime factors`;

const largest = 2n ** 64n - 1n;

/** `factor [NUMBER]...`: prints the prime factors of numbers. */
export const factor = applet(
  { help, options: { flags: "" }, prepare: (args) => ["--", ...args] },
  async (process, { operands, usage }) => {
    const words =
      operands.length > 0
        ? operands
        : fromBytes(await wholeFile(process, "-"))
            .split(/\s+/)
            .filter(Boolean);
    for (const word of words) {
      if (!/^\+?\d+$/.test(word) || BigInt(word.replace("+", "")) > largest) return usage(process);
      const number = BigInt(word.replace("+", ""));
      process.stdout(
        `${number}:${factorsOf(number)
          .map((prime) => ` ${prime}`)
          .join("")}\n`,
      );
      await process.caughtUp();
    }
    return 0;
  },
);

function factorsOf(number: bigint): bigint[] {
  const found: bigint[] = [];
  let rest = number;
  for (let small = 2n; small < 1000n && rest > 1n; small++) {
    for (; rest % small === 0n; rest /= small) found.push(small);
  }
  const split = (part: bigint): void => {
    if (part === 1n) return;
    if (isPrime(part)) found.push(part);
    else {
      const divisor = divisorOf(part);
      split(divisor);
      split(part / divisor);
    }
  };
  if (rest > 1n) split(rest);
  return found.sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The test of Miller and Rabin. These bases are enough for 64 bits. */
function isPrime(number: bigint): boolean {
  const bases = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n];
  if (number < 2n) return false;
  if (bases.includes(number)) return true;
  if (bases.some((base) => number % base === 0n)) return false;
  let odd = number - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; odd /= 2n) twos++;
  return bases.every((base) => {
    let value = power(base, odd, number);
    if (value === 1n || value === number - 1n) return true;
    for (let step = 1; step < twos; step++) {
      value = (value * value) % number;
      if (value === number - 1n) return true;
    }
    return false;
  });
}

/** A divisor of a number that is no prime, by Pollard's rho method. */
function divisorOf(number: bigint): bigint {
  for (let constant = 1n; ; constant++) {
    const next = (value: bigint): bigint => (value * value + constant) % number;
    let slow = 2n;
    let fast = 2n;
    let divisor = 1n;
    while (divisor === 1n) {
      slow = next(slow);
      fast = next(next(fast));
      divisor = commonDivisor(slow > fast ? slow - fast : fast - slow, number);
    }
    if (divisor !== number) return divisor;
  }
}

function commonDivisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : commonDivisor(other, one % other);
}
