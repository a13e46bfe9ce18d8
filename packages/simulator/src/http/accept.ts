// How the engine reads a header Accept (github.com/golang/gddo/httputil/header).

interface Accepted {
  readonly type: string;
  readonly quality: number;
}

/**
 * Returns the offer that a header Accept names outright and values most, the first of several. Wildcards do
 * not count.
 */
export function accepted(header: string | undefined, offers: readonly string[]): string | undefined {
  const wanted = acceptedTypes(header ?? "");
  let best: string | undefined;
  let most = -1;
  for (const offer of offers) {
    for (const { type, quality } of wanted) {
      if (quality === 0 || type !== offer || quality <= most) continue;
      most = quality;
      best = offer;
    }
  }
  return best;
}

/** What is malformed ends the list. */
function acceptedTypes(header: string): Accepted[] {
  const types: Accepted[] = [];
  let rest = header;
  for (;;) {
    const [, type, after] = /^[\t ]*([!#$%&'*+\-./0-9A-Z^_`a-z|~]+)[\t ]*(.*)$/s.exec(rest) ?? [];
    if (type === undefined || after === undefined) return types;
    rest = after;
    let quality = 1;
    if (rest.startsWith(";")) {
      const [, digits, following] = /^;[\t ]*q=([01](?:\.\d*)?)(.*)$/s.exec(rest) ?? [];
      if (digits === undefined || following === undefined) return types;
      quality = Number(digits);
      rest = following;
    }
    types.push({ type, quality });
    const [, next] = /^[\t ]*,(.*)$/s.exec(rest) ?? [];
    if (next === undefined) return types;
    rest = next;
  }
}
