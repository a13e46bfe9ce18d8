/**
 * Reads the value of resolv.conf's option `ndots` as Go's strconv.Atoi does. Returns `undefined` for no
 * count.
 */
export function readNdots(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value < 0 ? undefined : value;
}
