// A strict reader of XML documents without a prologue, for tests: what it takes is well-formed.

export interface XmlElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (XmlElement | string)[];
}

const tagName = /^[a-zA-Z][\w-]*$/;
/** What XML 1.0 has no character for. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
const illegal = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/u;

export function parseXml(source: string): XmlElement {
  if (illegal.test(source)) throw new SyntaxError("a character that XML does not have");
  const root: { children: (XmlElement | string)[] } = { children: [] };
  const open: { tag: string; children: (XmlElement | string)[] }[] = [{ tag: "", children: root.children }];
  for (const [, markup, text] of source.matchAll(/(<[^>]*>)|([^<]+)/gs)) {
    const { tag, children } = open.at(-1)!;
    if (text !== undefined) {
      children.push(decoded(text));
    } else if (markup!.startsWith("</")) {
      if (markup !== `</${tag}>`) throw new SyntaxError(`${markup} ends <${tag}>`);
      open.pop();
    } else {
      const [, name, attributes, end] = /^<([^\s/>]+)(.*?)(\/?)>$/s.exec(markup!) ?? [];
      if (!tagName.test(name ?? "")) throw new SyntaxError(`no tag: ${markup}`);
      const element = { tag: name!, attributes: attributesOf(attributes!), children: [] };
      children.push(element);
      if (end === "") open.push(element);
    }
  }
  if (open.length !== 1) throw new SyntaxError(`<${open.at(-1)!.tag}> has no end`);
  const [element, ...more] = root.children.filter(
    (child) => typeof child !== "string" || child.trim() !== "",
  );
  if (typeof element !== "object" || more.length > 0) throw new SyntaxError("there is to be one element");
  return element;
}

function attributesOf(source: string): Record<string, string> {
  const result: Record<string, string> = {};
  const rest = source.replace(/\s+([a-zA-Z][\w:-]*)="([^"<]*)"/g, (_, name: string, value: string) => {
    if (name in result) throw new SyntaxError(`twice: ${name}`);
    result[name] = decoded(value);
    return "";
  });
  if (rest.trim() !== "") throw new SyntaxError(`no attributes: ${rest}`);
  return result;
}

function decoded(text: string): string {
  if (text.includes("]]>")) throw new SyntaxError("]]> in text");
  const unknown = /&(?!#\d+;|amp;|lt;|gt;|quot;|apos;)/.exec(text);
  if (unknown) throw new SyntaxError(`no reference: ${text.slice(unknown.index)}`);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code !== undefined
      ? String.fromCodePoint(Number(code))
      : { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name!]!,
  );
}
