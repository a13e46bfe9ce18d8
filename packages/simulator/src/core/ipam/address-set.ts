/**
 * The taken addresses of a subnet, by their offset from the subnet's first address. It is a tree of 32-way
 * bit masks in which a full subtree is one bit. So the lowest free offset is found in a few steps, however
 * large the subnet is and whatever was released, and only taken addresses cost memory.
 */
export interface AddressSet {
  /** The number of offsets. */
  readonly size: bigint;
  /** The number of taken offsets. */
  readonly taken: number;
  has(offset: bigint): boolean;
  /** Takes an offset. Returns `false` when it is taken already. */
  add(offset: bigint): boolean;
  /** Frees an offset. Returns `false` when it is free already. */
  delete(offset: bigint): boolean;
  /** Counts the taken offsets from `first` to `last`, both included. */
  takenIn(first: bigint, last: bigint): bigint;
  /** Returns the lowest free offset from `first` to `last`, both included; `undefined` when there is none. */
  lowestFree(first: bigint, last: bigint): bigint | undefined;
}

/**
 * A node of the tree. `mask` has a bit for each of 32 slots: taken on the lowest level, full on higher
 * levels.
 */
interface Node {
  mask: number;
  /** The nodes below, by slot. Only where something in them is taken; none on the lowest level. */
  readonly children: Map<number, Node>;
}

const slotBits = 5n;
const slotMask = 31n;
const full = 0xffff_ffff;

/** Creates an empty set of `size` offsets. */
export function addressSet(size: bigint): AddressSet {
  const topShift = shiftOfTop(size - 1n);
  const root = newNode();
  let taken = 0;

  return {
    size,
    get taken() {
      return taken;
    },
    has(offset) {
      let node: Node | undefined = root;
      for (let shift = topShift; node; shift -= slotBits) {
        const slot = slotOf(offset, shift);
        if (hasBit(node.mask, slot)) return true;
        if (shift === 0n) return false;
        node = node.children.get(slot);
      }
      return false;
    },
    add(offset) {
      const added = addBelow(root, topShift, offset);
      if (added) taken++;
      return added;
    },
    delete(offset) {
      const deleted = deleteBelow(root, topShift, offset);
      if (deleted) taken--;
      return deleted;
    },
    takenIn: (first, last) => takenBelow(root, topShift, first, last),
    lowestFree: (first, last) => lowestFreeBelow(root, topShift, first, last),
  };
}

function shiftOfTop(last: bigint): bigint {
  let shift = 0n;
  while (last >> (shift + slotBits) > 0n) shift += slotBits;
  return shift;
}

function addBelow(node: Node, shift: bigint, offset: bigint): boolean {
  const slot = slotOf(offset, shift);
  if (hasBit(node.mask, slot)) return false;
  if (shift > 0n) {
    const child = node.children.get(slot) ?? newNode();
    node.children.set(slot, child);
    if (!addBelow(child, shift - slotBits, offset)) return false;
    if (child.mask !== full) return true;
  }
  node.mask = (node.mask | (1 << slot)) >>> 0;
  return true;
}

function deleteBelow(node: Node, shift: bigint, offset: bigint): boolean {
  const slot = slotOf(offset, shift);
  if (shift === 0n) {
    if (!hasBit(node.mask, slot)) return false;
  } else {
    const child = node.children.get(slot);
    if (!child || !deleteBelow(child, shift - slotBits, offset)) return false;
    if (child.mask === 0 && child.children.size === 0) node.children.delete(slot);
  }
  node.mask = (node.mask & ~(1 << slot)) >>> 0;
  return true;
}

function lowestFreeBelow(
  node: Node | undefined,
  shift: bigint,
  first: bigint,
  last: bigint,
): bigint | undefined {
  if (!node) return first;
  const lastSlot = slotOf(last, shift);
  for (let slot = slotOf(first, shift); slot <= lastSlot; slot++) {
    if (hasBit(node.mask, slot)) continue;
    const slotFirst = ((first >> (shift + slotBits)) << (shift + slotBits)) + (BigInt(slot) << shift);
    const from = first > slotFirst ? first : slotFirst;
    if (shift === 0n) return from;
    const slotLast = slotFirst + (1n << shift) - 1n;
    const to = last < slotLast ? last : slotLast;
    const found = lowestFreeBelow(node.children.get(slot), shift - slotBits, from, to);
    if (found !== undefined) return found;
  }
  return undefined;
}

function takenBelow(node: Node | undefined, shift: bigint, first: bigint, last: bigint): bigint {
  if (!node) return 0n;
  let taken = 0n;
  const lastSlot = slotOf(last, shift);
  for (let slot = slotOf(first, shift); slot <= lastSlot; slot++) {
    const slotFirst = ((first >> (shift + slotBits)) << (shift + slotBits)) + (BigInt(slot) << shift);
    const slotLast = slotFirst + (1n << shift) - 1n;
    const from = first > slotFirst ? first : slotFirst;
    const to = last < slotLast ? last : slotLast;
    if (hasBit(node.mask, slot)) taken += to - from + 1n;
    else if (shift > 0n) taken += takenBelow(node.children.get(slot), shift - slotBits, from, to);
  }
  return taken;
}

function newNode(): Node {
  return { mask: 0, children: new Map() };
}

function slotOf(offset: bigint, shift: bigint): number {
  return Number((offset >> shift) & slotMask);
}

function hasBit(mask: number, slot: number): boolean {
  return ((mask >>> slot) & 1) === 1;
}
