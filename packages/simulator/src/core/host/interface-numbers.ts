// The numbers of the host's network interfaces. One counter gives them, and gives none twice.

/** The numbers of the interfaces that a host has, and the counter that gives the next. */
export interface InterfaceNumbers {
  /** The number that was given last. A snapshot keeps it. */
  readonly last: number;
  /** Takes the next number. */
  take(): number;
  /** Takes back the number of an interface that has gone. The counter does not go back. */
  free(number: number): void;
  has(number: number): boolean;
  /** Notes the number of an interface that a snapshot has. */
  claim(number: number): void;
}

/** The number of the loopback interface, in every network namespace. */
export const loopbackNumber = 1;

/**
 * Makes the numbers of a host.
 *
 * @param own - how many interfaces of its own the host has beside the loopback one; they have the first numbers
 * @param last - the number that was given last, where it is not the last of these
 */
export function interfaceNumbers(own: number, last = loopbackNumber + own): InterfaceNumbers {
  const lastOwn = loopbackNumber + own;
  const given = new Set<number>();
  return {
    get last() {
      return last;
    },
    take() {
      given.add(++last);
      return last;
    },
    free(number) {
      given.delete(number);
    },
    has: (number) => number <= lastOwn || given.has(number),
    claim(number) {
      if (number > lastOwn) given.add(number);
    },
  };
}
