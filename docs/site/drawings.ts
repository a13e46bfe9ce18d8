import type { MarkdownRenderer } from "vitepress";

/** Leaves drawings of Mermaid out, which only the readers of the files see drawn. */
export function withoutDrawings(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("without-drawings", (state) => {
    state.tokens = state.tokens.filter(({ type, info }) => !(type === "fence" && info.trim() === "mermaid"));
  });
}
