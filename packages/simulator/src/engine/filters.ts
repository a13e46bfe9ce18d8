import { UsageError } from "@dryharbor/sdk/port";
import type { FilterValues } from "../core/filters/match.js";

/** Filters of a caller who may not be typed: lists of text by key. */
export function filters(given: FilterValues | undefined): FilterValues {
  for (const [key, values] of Object.entries(given ?? {})) {
    if (values === undefined) continue;
    if (!Array.isArray(values) || values.some((value) => typeof value !== "string")) {
      throw new UsageError(`the filter "${key}" takes a list of strings, e.g. { ${key}: ["…"] }`);
    }
  }
  return given ?? {};
}
