import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const docs = fileURLToPath(new URL("..", import.meta.url));

describe("the pages as files, which GitHub shows", () => {
  const pages = [".", "recipes", "packages"]
    .flatMap((directory) => readdirSync(join(docs, directory)).map((name) => join(directory, name)))
    .filter((name) => name.endsWith(".md"));

  it.each(pages)("%s leads to files of the repository", (page) => {
    const text = readFileSync(join(docs, page), "utf8").replace(/^```.*?^```/gms, "");
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|^(?:<<<|<!--@include:) ([^\s#]+?)(?:#\S*)?(?:-->)?$/gm)];
    const files = links.map(([, link, included]) => (link ?? included!).split("#")[0]!);
    // What is made when the site is built has its links tried there.
    const made = /^(?:[a-z]+:|$|\/reference\/|\/classroom\/|\.\/generated\/)/;
    const dead = files.filter((file) => !made.test(file) && !existsSync(join(docs, dirname(page), file)));
    expect(dead).toEqual([]);
  });
});
