import type { MarkdownRenderer } from "vitepress";

/** Shows braces in code as they are. Vue, which makes the pages, takes them for expressions. */
export function literalCode(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push("literal-code", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === "code_inline") token.attrSet("v-pre", "");
    }
  });
}
