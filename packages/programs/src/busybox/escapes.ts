const simple: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
};

/**
 * Parses the escape at the beginning of a text. An unknown escape stands for the backslash itself.
 *
 * @param zeroFirst whether a 0 may precede the three octal digits, as in `echo -e` and `%b`
 */
export function readEscape(text: string, zeroFirst: boolean): { byte: number; length: number } {
  const hex = /^\\x([0-9a-fA-F]{1,2})/.exec(text);
  if (hex) return { byte: Number.parseInt(hex[1] as string, 16), length: hex[0].length };
  const octal = (zeroFirst ? /^\\(0?)([0-7]{0,3})/ : /^\\()([0-7]{0,3})/).exec(text);
  if (octal && octal[0].length > 1) {
    // A value beyond 255 does not fit in a byte: only two digits belong to the escape.
    const digits = octal[2] as string;
    const fitting = Number.parseInt(digits, 8) > 255 ? digits.slice(0, 2) : digits;
    return {
      byte: Number.parseInt(fitting || "0", 8),
      length: 1 + (octal[1] as string).length + fitting.length,
    };
  }
  const byte = simple[text[1] ?? ""];
  return byte === undefined ? { byte: 92, length: 1 } : { byte, length: 2 };
}
