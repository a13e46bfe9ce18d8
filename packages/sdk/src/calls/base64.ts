/** A value as JSON in base64 with the alphabet of URLs: the header `X-Registry-Auth`. */
export function encodedJson(value: object): string {
  const text = Array.from(new TextEncoder().encode(JSON.stringify(value)), (byte) =>
    String.fromCharCode(byte),
  );
  return btoa(text.join("")).replaceAll("+", "-").replaceAll("/", "_");
}

/** What is in such a text, in either alphabet: the header `X-Docker-Container-Path-Stat`. */
export function decodedJson<Value>(base64: string): Value {
  const text = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Value;
}
