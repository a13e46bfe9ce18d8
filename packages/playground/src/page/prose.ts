// Texts of lessons as elements: what stands between backticks is code.
import { element } from "../picture/nodes.js";

/** Makes the contents of a paragraph. */
export function inline(text: string): (Node | string)[] {
  return text.split(/(`[^`]+`)/).map((part) => {
    return part.length > 2 && part.startsWith("`") && part.endsWith("`")
      ? element("code", {}, part.slice(1, -1))
      : part;
  });
}

/** Makes a paragraph. */
export function paragraph(text: string, classes?: string): HTMLParagraphElement {
  return element("p", { class: classes }, ...inline(text));
}
