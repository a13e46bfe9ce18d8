/** How many answers are kept. */
const most = 512;

/** How long a query may be whose answer is kept, in bytes. */
const longestQuery = 128;

/**
 * Keeps the answers to the last queries, byte for byte, until the engine's state changes. Programs ask for the same few
 * names over and over, and reading and writing messages takes most of the time of an answer.
 */
export class AnswerMemory {
  readonly #generation: () => number;
  readonly #answers = new Map<string, Uint8Array>();
  #since = -1;

  /** @param generation a number that is another one after each change of the state */
  constructor(generation: () => number) {
    this.#generation = generation;
  }

  /** Returns what stands for a query and how it came. Queries that differ in their id alone have the same. */
  keyOf(query: Uint8Array, transport: string): string | undefined {
    if (query.length > longestQuery) return undefined;
    let key = transport;
    for (let at = 2; at < query.length; at++) key += String.fromCharCode(query[at]!);
    return key;
  }

  /** Returns the answer with the id of the query. */
  get(key: string, query: Uint8Array): Uint8Array | undefined {
    if (this.#generation() !== this.#since) return undefined;
    const known = this.#answers.get(key);
    if (!known) return undefined;
    const answer = known.slice();
    answer[0] = query[0]!;
    answer[1] = query[1]!;
    return answer;
  }

  set(key: string, answer: Uint8Array): void {
    const generation = this.#generation();
    if (generation !== this.#since || this.#answers.size === most) this.#answers.clear();
    this.#since = generation;
    this.#answers.set(key, answer.slice());
  }
}
