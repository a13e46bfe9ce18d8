const lineLength = 16;

/** Formats bytes in lines of 16, in groups of two. */
export function hexadecimalText(bytes: Uint8Array, withAscii: boolean): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += lineLength) {
    const line = bytes.subarray(at, at + lineLength);
    let groups = "";
    for (let place = 0; place < line.length; place += 2) {
      groups += ` ${[...line.subarray(place, place + 2)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
    }
    const ascii = withAscii ? `${groups.padEnd(40)}  ${[...line].map(dotted).join("")}` : groups;
    text += `\t0x${at.toString(16).padStart(4, "0")}: ${ascii}\n`;
  }
  return text;
}

/** Formats bytes as text. */
export function plainText(bytes: Uint8Array): string {
  let text = "";
  for (const [at, byte] of bytes.entries()) {
    const isKept = byte === 0x09 || byte === 0x0a;
    // The return before the end of a line is not shown.
    if (byte === 0x0d && bytes[at + 1] === 0x0a) continue;
    text += isKept ? String.fromCharCode(byte) : dotted(byte);
  }
  return `${text}\n`;
}

function dotted(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
}
