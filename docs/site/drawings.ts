import type { MarkdownRenderer } from "vitepress";

/** Says where a drawing of Mermaid is, which nothing draws here. */
export function withoutDrawings(markdown: MarkdownRenderer): void {
  const { fence } = markdown.renderer.rules;
  markdown.renderer.rules.fence = (tokens, index, ...rest) =>
    tokens[index]!.info.trim() === "mermaid"
      ? "<p><em>Here the file has a drawing, in Mermaid.</em></p>\n"
      : fence!(tokens, index, ...rest);
}
