/**
 * Name and tag of a reference apart, as a pull sends them: for drivers. Without a tag the engine would pull every one
 * that there is.
 */
export function pulledReference(reference: string): { fromImage: string; tag: string } {
  const [name = "", digest] = reference.split("@");
  if (digest !== undefined) return { fromImage: name, tag: digest };
  // A colon before the last slash is that of a port.
  const [, fromImage = name, tag = "latest"] = /^(.*):([^:/]+)$/.exec(name) ?? [];
  return { fromImage, tag };
}
