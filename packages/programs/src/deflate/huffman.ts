// Huffman codes for writing DEFLATE, with the choices of gzip where several codes are as short.

/** A Huffman code: the length of each symbol's code, and its bits in the order in which they are written. */
export interface HuffmanCode {
  readonly lengths: readonly number[];
  readonly codes: readonly number[];
  /** The largest symbol that has a code. */
  readonly lastSymbol: number;
}

/**
 * Makes the code for symbols that occur so often. It has two symbols at least, even if they do not occur.
 *
 * @param longest the most bits that a code may have
 */
export function huffmanCode(frequencies: readonly number[], longest: number): HuffmanCode {
  const count = frequencies.length;
  const weights = [...frequencies];
  const depths: number[] = weights.map(() => 0);
  const heap = new Heap(weights, depths);
  let lastSymbol = -1;
  for (let symbol = 0; symbol < count; symbol++) {
    if (weights[symbol] === 0) continue;
    heap.append(symbol);
    lastSymbol = symbol;
  }
  while (heap.size < 2) {
    const symbol = lastSymbol < 2 ? ++lastSymbol : 0;
    weights[symbol] = 1;
    heap.append(symbol);
  }
  heap.order();
  const parents: number[] = [];
  /** The nodes in the order in which they were joined. */
  const joined: number[] = [];
  for (let node = count; ; node++) {
    const least = heap.take();
    const next = heap.least;
    joined.push(least, next);
    weights[node] = (weights[least] as number) + (weights[next] as number);
    depths[node] = Math.max(depths[least] as number, depths[next] as number) + 1;
    parents[least] = node;
    parents[next] = node;
    heap.replaceLeast(node);
    if (heap.size < 2) break;
  }
  const root = heap.least;
  const lengths = limited(root, joined.toReversed(), parents, frequencies, longest);
  return { lengths, codes: codesOf(lengths), lastSymbol };
}

/** Returns the length of each symbol's code, none longer than allowed. */
function limited(
  root: number,
  nodes: readonly number[],
  parents: readonly number[],
  frequencies: readonly number[],
  longest: number,
): number[] {
  const depths: number[] = [];
  depths[root] = 0;
  const counts = new Array<number>(longest + 1).fill(0);
  const lengths = frequencies.map(() => 0);
  const leaves: number[] = [];
  let excess = 0;
  for (const node of nodes) {
    const depth = (depths[parents[node] as number] as number) + 1;
    if (depth > longest) excess++;
    depths[node] = Math.min(depth, longest);
    if (node >= frequencies.length) continue;
    leaves.push(node);
    lengths[node] = depths[node] as number;
    counts[depths[node] as number] = (counts[depths[node] as number] as number) + 1;
  }
  if (excess === 0) return lengths;
  // A leaf moves down, and one that was too deep becomes its brother.
  for (; excess > 0; excess -= 2) {
    let length = longest - 1;
    while (counts[length] === 0) length--;
    counts[length] = (counts[length] as number) - 1;
    counts[length + 1] = (counts[length + 1] as number) + 2;
    counts[longest] = (counts[longest] as number) - 1;
  }
  // The rarest symbols get the longest codes.
  const rarestFirst = leaves.toReversed();
  let next = 0;
  for (let length = longest; length > 0; length--) {
    for (let left = counts[length] as number; left > 0; left--)
      lengths[rarestFirst[next++] as number] = length;
  }
  return lengths;
}

/** Returns the bits of each symbol's code, the first one lowest. */
export function codesOf(lengths: readonly number[]): number[] {
  const counts = new Array<number>(16).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] as number) + 1;
  const next = [0];
  for (let length = 1; length < 16; length++) {
    next[length] = ((next[length - 1] as number) + (counts[length - 1] as number)) << 1;
  }
  return lengths.map((length) => {
    if (length === 0) return 0;
    const code = next[length] as number;
    next[length] = code + 1;
    return reversed(code, length);
  });
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

/** A heap of nodes, the one of least weight on top. Of equal weights, the shallower one. */
class Heap {
  readonly #weights: readonly number[];
  readonly #depths: readonly number[];
  /** The nodes from index 1 on. */
  readonly #nodes: number[] = [0];

  constructor(weights: readonly number[], depths: readonly number[]) {
    this.#weights = weights;
    this.#depths = depths;
  }

  get size(): number {
    return this.#nodes.length - 1;
  }

  get least(): number {
    return this.#nodes[1] as number;
  }

  append(node: number): void {
    this.#nodes.push(node);
  }

  /** Orders the nodes that were appended. */
  order(): void {
    for (let at = this.size >> 1; at >= 1; at--) this.#sink(at);
  }

  /** Takes the least node. */
  take(): number {
    const { least } = this;
    const last = this.#nodes.pop() as number;
    if (this.size > 0) {
      this.#nodes[1] = last;
      this.#sink(1);
    }
    return least;
  }

  replaceLeast(node: number): void {
    this.#nodes[1] = node;
    this.#sink(1);
  }

  #sink(from: number): void {
    const nodes = this.#nodes;
    const node = nodes[from] as number;
    let at = from;
    for (let child = 2 * at; child <= this.size; child = 2 * at) {
      if (child < this.size && this.#isLess(nodes[child + 1] as number, nodes[child] as number)) child++;
      if (this.#isLess(node, nodes[child] as number)) break;
      nodes[at] = nodes[child] as number;
      at = child;
    }
    nodes[at] = node;
  }

  #isLess(left: number, right: number): boolean {
    const difference = (this.#weights[left] as number) - (this.#weights[right] as number);
    return (
      difference < 0 ||
      (difference === 0 && (this.#depths[left] as number) <= (this.#depths[right] as number))
    );
  }
}
