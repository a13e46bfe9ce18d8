import { type ReleaseName, releaseNames } from "../src/core/releases/row.js";

/** Returns whether a release is this one or a later one. */
export function isSince(name: ReleaseName, first: ReleaseName): boolean {
  return releaseNames.indexOf(name) >= releaseNames.indexOf(first);
}

/** Returns a release's answer of a list in the order of the releases. One that has none there has the last. */
export function answerOf<T>(answers: readonly T[], name: ReleaseName): T {
  return answers[Math.min(releaseNames.indexOf(name), answers.length - 1)] as T;
}
