import type { Matcher } from "@dryharbor/kernel/patterns";
import { engineError } from "@dryharbor/sdk/port";
import type { Release } from "../releases/release.js";
import { readBooleanFilter } from "./boolean.js";
import { goPattern } from "./go-pattern.js";

/**
 * The filters of a list, a prune or the event stream: values by key. A key without values filters nothing.
 */
export type FilterValues = { readonly [key: string]: readonly string[] | undefined };

/** Refuses unknown keys. @throws 400 for a key that is not in `accepted`, even without values */
export function acceptFilters(release: Release, filters: FilterValues, accepted: readonly string[]): void {
  for (const key of Object.keys(filters)) {
    if (!accepted.includes(key)) throw engineError(400, release.filters.unknownKey(key));
  }
}

/** Returns the distinct values of a key. */
export function filterValues(filters: FilterValues, key: string): readonly string[] {
  return [...new Set(filters[key] ?? [])];
}

/**
 * Returns the value of a boolean filter, or `undefined` if it is absent. @throws 400 with the release's
 * message
 */
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

/** Returns whether one of the values equals `text`, or there are no values. */
export function matchesExactly(filters: FilterValues, key: string, text: string): boolean {
  const values = filters[key] ?? [];
  return values.length === 0 || values.includes(text);
}

/** Returns whether `text` starts with one of the values, or there are no values. */
export function matchesPrefix(filters: FilterValues, key: string, text: string): boolean {
  const values = filters[key] ?? [];
  return values.length === 0 || values.some((value) => text.startsWith(value));
}

/**
 * Returns whether one of the values equals `text` or, as an unanchored Go pattern, matches in it, or there
 * are no values. A pattern that does not compile matches nothing.
 */
export function matchesPattern(release: Release, filters: FilterValues, key: string, text: string): boolean {
  if (matchesExactly(filters, key, text)) return true;
  return (filters[key] ?? []).some((value) => compiled(release, filters, value)?.test(text) ?? false);
}

/** The compiled patterns of a request, which are tested against every object in a list. */
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

/** Returns whether `labels` has each of the values, which are `key` or `key=value`. */
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
 * Returns whether a prune removes an object with these labels: it has each value of `label`, and not all of
 * `label!`. A `label!` without values keeps everything. Seen on 20.10 and 28.5: prunes of containers, images,
 * networks and volumes.
 */
export function isPrunedByLabels(filters: FilterValues, labels: Readonly<Record<string, string>>): boolean {
  const spared = filters["label!"] !== undefined && matchesLabels(filters, "label!", labels);
  return matchesLabels(filters, "label", labels) && !spared;
}
