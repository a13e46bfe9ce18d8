/** How much of a buffer holds content: what lies behind may be written to by whoever appends first. */
const used = new WeakMap<ArrayBufferLike, number>();

/**
 * `content` with `data` behind it. The content stays as it is; where its buffer has room the two share it, so that a
 * file that grows piece by piece is not copied for every piece.
 */
function appended(content: Uint8Array, data: Uint8Array): Uint8Array {
  const { buffer, byteOffset, length } = content;
  const end = byteOffset + length;
  if (used.get(buffer) === end && end + data.length <= buffer.byteLength) {
    new Uint8Array(buffer).set(data, end);
    used.set(buffer, end + data.length);
    return new Uint8Array(buffer, byteOffset, length + data.length);
  }
  const whole = length + data.length;
  const room = new ArrayBuffer(length === 0 ? whole : whole * 2);
  const copy = new Uint8Array(room, 0, whole);
  copy.set(content);
  copy.set(data, length);
  used.set(room, whole);
  return copy;
}

/** `content` with `data` written over it from `position` on, with zero bytes between where that is behind its end. */
export function overwritten(content: Uint8Array, position: number, data: Uint8Array): Uint8Array {
  if (position === content.length) return appended(content, data);
  const whole = new Uint8Array(Math.max(content.length, position + data.length));
  whole.set(content);
  whole.set(data, position);
  return whole;
}

/** Cut off, or with zero bytes behind it. */
export function resized(content: Uint8Array, size: number): Uint8Array {
  if (size <= content.length) return content.slice(0, size);
  return overwritten(content, size, new Uint8Array());
}
