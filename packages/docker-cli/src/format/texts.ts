// Short forms of texts in lists.
import { byBytes } from "../templates/json.js";

/** The first twelve digits of an id, without the name of its algorithm. */
export function shortId(id: string): string {
  return id.replace(/^[^:]*:/, "").slice(0, 12);
}

/** A text of at most so many columns; the last one is an ellipsis where something is left out. */
export function ellipsis(text: string, limit: number): string {
  const characters = [...text];
  if (characters.length <= limit) return text;
  return limit <= 1 ? (characters[0] ?? "") : `${characters.slice(0, limit - 1).join("")}…`;
}

/** Labels as lists show them: `key=value`, sorted, with commas. */
export function labelText(labels: Readonly<Record<string, string>> | null | undefined): string {
  return Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort(byBytes)
    .join(",");
}
