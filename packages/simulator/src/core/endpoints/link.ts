// Links as requests write them, and those of an endpoint, which DNS reads as the container's own aliases for others.

import { engineError } from "@dryharbor/sdk/port";

/** A link as declared: whom it leads to, and under which alias. */
export interface Link {
  readonly target: string;
  readonly alias: string;
}

/**
 * Reads `target:alias`, `target` (its own alias), or the form that inspect shows,
 * `/target:/container/alias`.
 *
 * @throws 500 for more than one colon and for nothing at all
 */
export function parseLink(text: string): Link {
  if (text === "") throw engineError(500, "empty string specified for links");
  const [target = "", alias, ...rest] = text.split(":");
  if (rest.length > 0) throw engineError(500, `bad format for links: ${text}`);
  if (alias === undefined) return { target, alias: target };
  if (target.startsWith("/"))
    return { target: target.slice(1), alias: alias.slice(alias.lastIndexOf("/") + 1) };
  return { target, alias };
}

/** Whom a link alias stands for; of several links with one alias the last. Case matters. */
export function linkTarget(links: readonly string[] | null, alias: string): string | undefined {
  return links?.map(parseLink).findLast((link) => link.alias === alias)?.target;
}
