import type { Matcher } from "@dryharbor/kernel/patterns";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { readBooleanFilter } from "./boolean.js";
import { goPattern } from "./go-pattern.js";

/** Filters by key, as every list, prune and the event stream take them. A key without values filters nothing. */
export type FilterValues = { readonly [key: string]: readonly string[] | undefined };

/** @throws 400 for a key that is not among `accepted`, even one without values */
export function acceptFilters(release: Release, filters: FilterValues, accepted: readonly string[]): void {
  for (const key of Object.keys(filters)) {
    if (!accepted.includes(key)) throw engineError(400, release.filters.unknownKey(key));
  }
}

/** The distinct values of a key. */
export function filterValues(filters: FilterValues, key: string): readonly string[] {
  return [...new Set(filters[key] ?? [])];
}

/** What a filter that is true or false says; `undefined` where it is not given. @throws 400 in the release's words */
export function readYesOrNo(
  { filters: rules }: Release,
  filters: FilterValues,
  key: string,
): boolean | undefined {
  if (!filters[key]) return undefined;
  const values = filterValues(filters, key);
  const wanted = readBooleanFilter(rules.booleans, values);
  if (wanted !== undefined) return wanted;
  throw engineError(400, rules.unknownKey(values.length > 0 ? `${key}=[${values.join(" ")}]` : key));
}

/** One of the values is `text`, or there are none. */
export function matchesExactly(filters: FilterValues, key: string, text: string): boolean {
  const values = filters[key] ?? [];
  return values.length === 0 || values.includes(text);
}

/** `text` starts with one of the values, or there are none. */
export function matchesPrefix(filters: FilterValues, key: string, text: string): boolean {
  const values = filters[key] ?? [];
  return values.length === 0 || values.some((value) => text.startsWith(value));
}

/** One of the values is `text` or, as an unanchored regular expression, is found in it. One that does not compile finds nothing. */
export function matchesPattern(release: Release, filters: FilterValues, key: string, text: string): boolean {
  if (matchesExactly(filters, key, text)) return true;
  return (filters[key] ?? []).some((value) => compiled(release, filters, value)?.test(text) ?? false);
}

/** Of one request: each is held against everything in the list. */
const patterns = new WeakMap<FilterValues, Map<string, Matcher | undefined>>();

function compiled(release: Release, filters: FilterValues, pattern: string): Matcher | undefined {
  let known = patterns.get(filters);
  if (!known) {
    known = new Map();
    patterns.set(filters, known);
  }
  if (!known.has(pattern)) {
    known.set(pattern, goPattern(pattern, { namedWithoutP: release.filters.namesGroupsWithoutP }));
  }
  return known.get(pattern);
}

/** `labels` has each of the values, which are `key` or `key=value`. */
export function matchesLabels(
  filters: FilterValues,
  key: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (filters[key] ?? []).every((wanted) => {
    const [name, ...rest] = wanted.split("=");
    const value = Object.hasOwn(labels, name as string) ? labels[name as string] : undefined;
    return value !== undefined && (rest.length === 0 || value === rest.join("="));
  });
}

/**
 * Whether a prune takes what has these labels: each value of `label`, and not all of `label!`. A `label!` without values
 * spares everything. Seen on 20.10 and 28.5: prunes of containers, images, networks and volumes.
 */
export function isPrunedByLabels(filters: FilterValues, labels: Readonly<Record<string, string>>): boolean {
  const spared = filters["label!"] !== undefined && matchesLabels(filters, "label!", labels);
  return matchesLabels(filters, "label", labels) && !spared;
}
