import type { ByteText } from "../../../busybox/byte-text.js";

interface Scan {
  readonly of: object;
  readonly rest: Iterator<ByteText>;
}

const mostScans = 128;

/**
 * The iterations of `SCAN`, `HSCAN` and their like, by cursor. An iteration sees each item that is there from its
 * beginning to its end. A cursor that is not known begins anew, so that nothing is left out: items may be seen
 * twice, which Redis allows.
 */
export class Scans {
  readonly #scans = new Map<bigint, Scan>();
  #last = 0n;

  /**
   * Takes the next items.
   *
   * @param of what is iterated over
   * @param begin begins an iteration. It must go on while items change
   */
  take(
    cursor: bigint,
    of: object,
    begin: () => Iterator<ByteText>,
    count: number,
  ): { readonly cursor: bigint; readonly items: readonly ByteText[] } {
    const known = this.#scans.get(cursor);
    this.#scans.delete(cursor);
    const rest = known?.of === of ? known.rest : begin();
    const items: ByteText[] = [];
    for (let left = count; left > 0; left--) {
      const next = rest.next();
      if (next.done) return { cursor: 0n, items };
      items.push(next.value);
    }
    const [oldest] = this.#scans.keys();
    if (this.#scans.size >= mostScans && oldest !== undefined) this.#scans.delete(oldest);
    this.#scans.set(++this.#last, { of, rest });
    return { cursor: this.#last, items };
  }
}
