/** The result of Go's `mime.ParseMediaType` for a header Content-Type. */
export type MediaType = { readonly type: string } | { readonly problem: string };

const token = /^[!#$%&'*+\-.0-9A-Z^_`a-z|~]+/;

export function parseMediaType(header: string): MediaType {
  const [base = ""] = header.split(";", 1);
  const type = base.toLowerCase().trim();
  const problem = problemOf(type);
  if (problem !== undefined) return { problem: `mime: ${problem}` };
  const parameters = new Map<string, string>();
  let rest = header.slice(base.length);
  while (rest.trimStart() !== "") {
    const parameter = takeParameter(rest);
    if (!parameter) {
      if (rest.trim() === ";") break;
      return { problem: "mime: invalid media parameter" };
    }
    const { name, value } = parameter;
    if (parameters.has(name) && parameters.get(name) !== value) {
      return { problem: "mime: duplicate parameter name" };
    }
    parameters.set(name, value);
    rest = parameter.rest;
  }
  return { type };
}

function problemOf(type: string): string | undefined {
  const main = token.exec(type)?.[0];
  if (main === undefined) return "no media type";
  if (main.length === type.length) return undefined;
  if (type[main.length] !== "/") return "expected slash after first token";
  const sub = token.exec(type.slice(main.length + 1))?.[0];
  if (sub === undefined) return "expected token after slash";
  return main.length + 1 + sub.length < type.length ? "unexpected content after media subtype" : undefined;
}

/** Takes one parameter off the front: `; name=value`, with the value plain or in quotes. */
function takeParameter(text: string): { name: string; value: string; rest: string } | undefined {
  const [whole, name = "", plain, quoted] =
    /^\s*;\s*([!#$%&'*+\-.0-9A-Z^_`a-z|~]+)\s*=\s*(?:([!#$%&'*+\-.0-9A-Z^_`a-z|~]+)|"((?:[^"\\\r\n]|\\[^\r\n])*)")/.exec(
      text,
    ) ?? [];
  if (whole === undefined) return undefined;
  return { name: name.toLowerCase(), value: plain ?? quoted ?? "", rest: text.slice(whole.length) };
}
