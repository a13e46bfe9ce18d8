import { engineError } from "@dryharbor/sdk/port";

const controls = "@abcdefghijklmnopqrstuvwxyz[\\]^_";

/** Returns the bytes of a key sequence such as `ctrl-p,ctrl-q`. @throws 500 for a part that is not a key */
export function parseDetachKeys(text: string): number[] {
  const keys = detachKeysOf(text);
  if (!keys) throw engineError(500, `Invalid escape keys (${text}) provided`);
  return keys;
}

/** As {@link parseDetachKeys}, but returns `undefined` for a part that is not a key. */
export function detachKeysOf(text: string): number[] | undefined {
  if (text === "") return [];
  const keys = text.split(",").map((key) => {
    if (key.length === 1) return key.charCodeAt(0);
    return key.startsWith("ctrl-") && key.length === 6 ? controls.indexOf(key.charAt(5)) : -1;
  });
  return keys.includes(-1) ? undefined : keys;
}
