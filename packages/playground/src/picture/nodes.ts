// Elements of SVG and HTML, made in one line.

const svgNamespace = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Makes an element of SVG. */
export function shape(tag: string, attributes: Attributes = {}, ...children: (Node | string)[]): SVGElement {
  return filled(document.createElementNS(svgNamespace, tag), attributes, children);
}

/** Makes an element of HTML. Attributes that begin with `on` are listeners and must be added otherwise. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string | undefined)[]
): HTMLElementTagNameMap[K] {
  return filled(
    document.createElement(tag),
    attributes,
    children.filter((child) => child !== undefined),
  );
}

function filled<E extends Element>(made: E, attributes: Attributes, children: readonly (Node | string)[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

/** Makes a button. */
export function button(
  label: string | Node,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}
