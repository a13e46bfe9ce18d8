import type { Healthcheck } from "@dryharbor/sdk/port";

/** The fields of `Config.Healthcheck` in the order of inspect. */
const fields = ["Test", "Interval", "Timeout", "StartPeriod", "StartInterval", "Retries"] as const;

/** Shows a health check as inspect does. Values that are 0 or empty count as not given. */
export function shownHealthcheck(check: Healthcheck): Healthcheck {
  return Object.fromEntries(
    fields.filter((field) => isGiven(check[field])).map((field) => [field, check[field]]),
  );
}

/** Completes a container's health check from its image's. */
export function mergeHealthcheck(
  own: Healthcheck | null | undefined,
  image: Healthcheck | null | undefined,
): Healthcheck | null | undefined {
  return own && image ? { ...shownHealthcheck(image), ...shownHealthcheck(own) } : (own ?? image);
}

function isGiven(value: readonly string[] | number | null | undefined): boolean {
  return typeof value === "object" ? (value?.length ?? 0) > 0 : Boolean(value);
}
