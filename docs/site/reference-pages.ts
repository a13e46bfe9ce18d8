import { existsSync, readFileSync } from "node:fs";

/** The pages of the reference, which `reference.mjs` has written, for the sidebar. */
export function referencePages(): { text: string; link: string }[] {
  const index = new URL("../reference/index.md", import.meta.url);
  if (!existsSync(index)) throw new Error("there is no reference yet: node site/reference.mjs writes it");
  const links = readFileSync(index, "utf8").matchAll(/^- \[(.*?)\]\((.*?)\.md\)$/gm);
  return [...links].map(([, text, path]) => ({ text: text!, link: `/reference/${path}` }));
}
