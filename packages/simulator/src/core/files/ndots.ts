/** The value of resolv.conf's `ndots`, as Go's strconv.Atoi reads it; `undefined` where it is no count. */
export function readNdots(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value < 0 ? undefined : value;
}
