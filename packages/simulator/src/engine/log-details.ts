import type { Container } from "../core/containers/container.js";
import { goPattern } from "../core/filters/go-pattern.js";
import { compareText } from "../core/go-order.js";
import type { Release } from "../core/releases/release.js";

/** What the log driver's options `labels`, `env` and their likes by pattern pick of a container, sorted by key. */
export function logAttributes(
  release: Release,
  { config, hostConfig }: Container,
): readonly (readonly [key: string, value: string])[] {
  const options = hostConfig.LogConfig?.Config ?? {};
  const env = (config.Env ?? []).map((line): [string, string] => {
    const equals = line.indexOf("=");
    return [line.slice(0, equals), line.slice(equals + 1)];
  });
  const found = new Map([
    ...picked(release, Object.entries(config.Labels ?? {}), options.labels, options["labels-regex"]),
    ...picked(release, env, options.env, options["env-regex"]),
  ]);
  return [...found].toSorted(([a], [b]) => compareText(a, b));
}

/** The same as text: `key=value` as in a URL's query, with commas. */
export function logDetails(release: Release, container: Container): string {
  return logAttributes(release, container)
    .map((pair) => pair.map(escaped).join("="))
    .join(",");
}

function picked(
  release: Release,
  values: readonly (readonly [string, string])[],
  names: string | undefined,
  pattern: string | undefined,
): (readonly [string, string])[] {
  const named = new Set((names ?? "").split(","));
  const matching = pattern
    ? goPattern(pattern, { namedWithoutP: release.filters.namesGroupsWithoutP })
    : undefined;
  return values.filter(([key]) => named.has(key) || matching?.test(key));
}

/** As Go's `url.QueryEscape`. */
function escaped(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
