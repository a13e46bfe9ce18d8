import { existsSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { MarkdownRenderer } from "vitepress";

/**
 * Lets links of files lead to pages. On the site a file of this repository is a page, or it is none: then its link is
 * plain text with the file's path. The frontmatter `of` tells in which folder the text is that a page includes.
 */
export function links(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("links-of-files", ({ tokens, env }) => {
    const folders = [
      posix.join("docs", posix.dirname(env.relativePath ?? "")),
      ...[env.frontmatter?.of ?? []].flat(),
    ];
    for (const { children } of tokens) {
      let isText = false;
      for (const token of children ?? []) {
        if (token.type === "link_open") {
          const target = pageOf(token.attrGet("href") ?? "", folders);
          isText = typeof target === "object";
          if (typeof target === "object") {
            token.tag = "span";
            token.attrs = [["title", target.file]];
            token.type = "text_of_link_open";
          } else {
            token.attrSet("href", target);
            // The classroom is no page of the site's own.
            if (target.startsWith("/classroom/")) token.attrSet("target", "_self");
          }
        } else if (token.type === "link_close" && isText) {
          token.tag = "span";
          token.type = "text_of_link_close";
          isText = false;
        }
      }
    }
  });
}

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Returns the address that a link leads to on the site, or the file that is no page. */
function pageOf(href: string, folders: readonly string[]): string | { readonly file: string } {
  if (/^([a-z]+:|#|\/)/.test(href)) return href;
  const [path = "", hash] = href.split("#");
  const files = folders.map((folder) => posix.join(folder, path).replace(/\/$/, ""));
  const file = files.find((each) => existsSync(posix.join(root, each))) ?? files[0]!;
  const page = pageOfFile(file);
  return page === undefined ? { file } : hash === undefined ? page : `${page}#${hash}`;
}

const pages: Readonly<Record<string, string>> = {
  "README.md": "/",
  "ARCHITECTURE.md": "/architecture",
  "CONTRIBUTING.md": "/contributing",
};

function pageOfFile(file: string): string | undefined {
  const inDocs = /^docs\/(.*?)(?:\.md)?$/.exec(file);
  if (inDocs) return `/${inDocs[1]!.replace(/(^|\/)index$/, "$1")}`;
  const ofPackage = /^packages\/([^/]+)(?:\/README\.md)?$/.exec(file);
  if (ofPackage && existsSync(posix.join(root, `docs/packages/${ofPackage[1]}.md`)))
    return `/packages/${ofPackage[1]}`;
  return pages[file];
}
