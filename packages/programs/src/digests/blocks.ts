/**
 * Pads a message for a hash function of the MD family: a bit, zeros, and the length in bits at the end of the
 * last block.
 *
 * @param block the size of a block in bytes
 * @param lengthBytes the size of the length
 */
export function padded(
  message: Uint8Array,
  { block, lengthBytes, littleEndian }: { block: number; lengthBytes: number; littleEndian: boolean },
): DataView {
  const blocks = Math.ceil((message.length + 1 + lengthBytes) / block);
  const bytes = new Uint8Array(blocks * block);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  const bits = BigInt(message.length) * 8n;
  view.setBigUint64(bytes.length - 8, bits, littleEndian);
  return view;
}

/** Turns a 32-bit word to the left. */
export function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
