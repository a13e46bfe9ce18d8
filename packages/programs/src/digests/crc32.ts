const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC-32 of a message, as in gzip and Ethernet. */
export function crc32(message: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of message) register = (register >>> 8) ^ (table[(register ^ byte) & 0xff] as number);
  return (register ^ 0xffffffff) >>> 0;
}
