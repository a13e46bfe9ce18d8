/** A link as declared: whom it leads to, and under which alias. */
export interface Link {
  readonly target: string;
  readonly alias: string;
}

/**
 * Reads `target:alias`, `target` (its own alias), or the form that inspect shows,
 * `/target:/container/alias`. `undefined` for more than one colon and for nothing at all.
 */
export function parseLink(text: string): Link | undefined {
  const [target = "", alias, ...rest] = text.split(":");
  if (text === "" || rest.length > 0) return undefined;
  if (alias === undefined) return { target, alias: target };
  if (target.startsWith("/"))
    return { target: target.slice(1), alias: alias.slice(alias.lastIndexOf("/") + 1) };
  return { target, alias };
}

/** Whom a link alias stands for; of several links with one alias the last. Case matters. */
export function linkTarget(links: readonly string[] | null, alias: string): string | undefined {
  let target: string | undefined;
  for (const text of links ?? []) {
    const link = parseLink(text);
    if (link?.alias === alias) target = link.target;
  }
  return target;
}
