import type { ByteText } from "../../../busybox/byte-text.js";

/** A member of a sorted set with its score. */
export interface Scored {
  readonly member: ByteText;
  readonly score: number;
}

/** The members of a sorted set: by member, and in the order of their scores. */
export class SortedMembers {
  readonly #scores = new Map<ByteText, number>();
  readonly #sorted: Scored[] = [];

  get size(): number {
    return this.#sorted.length;
  }

  score(member: ByteText): number | undefined {
    return this.#scores.get(member);
  }

  /** Returns whether the member is new. */
  set(member: ByteText, score: number): boolean {
    const before = this.#scores.get(member);
    if (before === score) return false;
    if (before !== undefined) this.#sorted.splice(this.#place({ member, score: before }), 1);
    // -0 and 0 are one score.
    const scored = { member, score };
    this.#sorted.splice(this.#place(scored), 0, scored);
    this.#scores.set(member, score);
    return before === undefined;
  }

  delete(member: ByteText): boolean {
    const score = this.#scores.get(member);
    if (score === undefined) return false;
    this.#sorted.splice(this.#place({ member, score }), 1);
    return this.#scores.delete(member);
  }

  /** The members in ascending order. Members of one score are in the order of their bytes. */
  get ascending(): readonly Scored[] {
    return this.#sorted;
  }

  /** The members in the order in which they were added. */
  keys(): IterableIterator<ByteText> {
    return this.#scores.keys();
  }

  rank(member: ByteText): number | undefined {
    const score = this.#scores.get(member);
    return score === undefined ? undefined : this.#place({ member, score });
  }

  /** Returns the index of the first member that `isBefore` does not hold for. It must hold for a beginning. */
  firstIndex(isBefore: (scored: Scored) => boolean): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(this.#sorted[middle] as Scored)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #place({ member, score }: Scored): number {
    return this.firstIndex(
      (other) => other.score < score || (other.score === score && other.member < member),
    );
  }
}
