// The order of names in lists: numbers within them count as numbers.

/** Compares names as people sort them: `web2` comes before `web10`. */
export function byNatural(one: string, other: string): number {
  const [a, b] = [one.match(/\d+|\D+/g) ?? [], other.match(/\d+|\D+/g) ?? []];
  for (let at = 0; at < a.length && at < b.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (x === y) continue;
    if (/^\d/.test(x) && /^\d/.test(y)) {
      const [n, m] = [BigInt(x), BigInt(y)];
      if (n !== m) return n < m ? -1 : 1;
      if (x.length !== y.length) return x.length - y.length;
      continue;
    }
    return x < y ? -1 : 1;
  }
  return a.length - b.length;
}
