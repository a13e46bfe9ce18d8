/** The number of bytes in use, by buffer. The first append to the content at this end may write behind it. */
const used = new WeakMap<ArrayBufferLike, number>();

/**
 * Returns `content` with `data` appended. `content` itself is unchanged. When its buffer has room, both
 * arrays share the buffer, so a file that grows piece by piece is not copied for every piece.
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

/**
 * Returns `content` with `data` written at `position`. A gap between its end and `position` is filled with
 * zero bytes.
 */
export function overwritten(content: Uint8Array, position: number, data: Uint8Array): Uint8Array {
  if (position === content.length) return appended(content, data);
  const whole = new Uint8Array(Math.max(content.length, position + data.length));
  whole.set(content);
  whole.set(data, position);
  return whole;
}

/** Returns `content` with this size: cut off, or extended by zero bytes. */
export function resized(content: Uint8Array, size: number): Uint8Array {
  if (size <= content.length) return content.slice(0, size);
  return overwritten(content, size, new Uint8Array());
}
