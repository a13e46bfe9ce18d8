import { AwkArray } from "./awk-array.js";
import type { Value } from "./value.js";

/**
 * A variable. It has a value, and an array as well once it is used as one. A parameter of a function has the
 * array of the variable that was given for it.
 */
export class Cell {
  value: Value;
  readonly #origin: Cell | undefined;
  #array: AwkArray | undefined;

  constructor(value?: Value, origin?: Cell) {
    this.value = value;
    this.#origin = origin;
  }

  get array(): AwkArray {
    if (this.#origin) return this.#origin.array;
    this.#array ??= new AwkArray();
    return this.#array;
  }

  get isArray(): boolean {
    return this.#origin ? this.#origin.isArray : this.#array !== undefined;
  }
}

/** The variables that awk itself uses. */
export const specialNames = [
  "ARGC",
  "ARGIND",
  "ARGV",
  "CONVFMT",
  "ENVIRON",
  "ERRNO",
  "FILENAME",
  "FNR",
  "FS",
  "IGNORECASE",
  "NF",
  "NR",
  "OFMT",
  "OFS",
  "ORS",
  "RLENGTH",
  "RS",
  "RSTART",
  "RT",
  "SUBSEP",
] as const;

/** The variables that awk itself uses, by name. */
export type Specials = Readonly<Record<(typeof specialNames)[number], Cell>>;

/** A variable whose value is found when it is read, and has an effect when it is set: `NF`. */
export class ComputedCell extends Cell {
  constructor(read: () => Value, write: (value: Value) => void) {
    super();
    Object.defineProperty(this, "value", { get: read, set: write });
  }
}
