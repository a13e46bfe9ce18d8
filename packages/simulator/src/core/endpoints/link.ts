// Links in the form in which requests write them. The DNS reads the links of an endpoint: they are aliases
// for other containers that only this container knows.

import { engineError } from "@dryharbor/sdk/port";

/** A link: the container that it leads to, and the alias that stands for that container. */
export interface Link {
  readonly target: string;
  readonly alias: string;
}

/**
 * Reads a link: `target:alias`, `target` (which is its own alias), or the form that inspect shows,
 * `/target:/container/alias`.
 *
 * @throws 500 for more than one colon and for empty text
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

/**
 * Returns the target of a link alias, or `undefined`. When several links have the same alias, the last one
 * counts. Case matters.
 */
export function linkTarget(links: readonly string[] | null, alias: string): string | undefined {
  return links?.map(parseLink).findLast((link) => link.alias === alias)?.target;
}
