// Platforms such as `linux/arm64/v8`.

/** A platform as the engine takes it: JSON. */
export function platformJson(text: string): string {
  const [os = "", architecture, variant] = text.split("/");
  return JSON.stringify({ os, ...(architecture && { architecture }), ...(variant && { variant }) });
}
