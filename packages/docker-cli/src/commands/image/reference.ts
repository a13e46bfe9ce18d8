// Names of images, as people write them.

/** A name without the registry and folder that go without saying. */
export function familiarName(name: string): string {
  return name.replace(/^(docker\.io|index\.docker\.io)\//, "").replace(/^library\//, "");
}

/** The name and the tag of a reference with a tag. */
export function splitTag(reference: string): { readonly name: string; readonly tag: string } {
  const at = reference.lastIndexOf(":");
  return { name: familiarName(reference.slice(0, at)), tag: reference.slice(at + 1) };
}
