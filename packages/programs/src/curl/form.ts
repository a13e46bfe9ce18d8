// Multipart forms: `-F`.
import { type ByteText, byteText } from "../busybox/byte-text.js";
import { type Inputs, unreadable } from "./parameters.js";
import type { FormField } from "./settings.js";

/** Reads a field: `name=content`, `name=@file`, or `name=<file`, with `;type=` and `;filename=` behind it. */
export async function formField(inputs: Inputs, value: string, readsFiles: boolean): Promise<FormField> {
  const [, name = "", rest = ""] = /^([^=]*)=?(.*)$/s.exec(value) ?? [];
  if (!readsFiles)
    return { name: byteText(name), content: byteText(rest), type: undefined, fileName: undefined };
  const [content = "", ...parts] = rest.split(";");
  const of = (key: string): string | undefined =>
    parts
      .find((part) => part.trim().startsWith(`${key}=`))
      ?.trim()
      .slice(key.length + 1)
      .replace(/^"(.*)"$/, "$1");
  const type = of("type");
  if (!/^[@<]/.test(content))
    return { name: byteText(name), content: byteText(content), type, fileName: undefined };
  const path = content.slice(1).replace(/^"(.*)"$/, "$1");
  const text = await inputs.read(path);
  if (text === undefined) throw unreadable();
  const isFile = content.startsWith("@");
  const fileName = isFile ? (of("filename") ?? path.slice(path.lastIndexOf("/") + 1)) : undefined;
  return { name: byteText(name), content: text, type: type ?? (fileName && typeOf(fileName)), fileName };
}

/** The types that curl knows by the ends of names. */
const types: Readonly<Record<string, string>> = {
  gif: "image/gif",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  htm: "text/html",
  html: "text/html",
  pdf: "application/pdf",
  xml: "application/xml",
};

function typeOf(name: string): string {
  return types[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}

/** Writes the body of a form. */
export function formBody(fields: readonly FormField[], boundary: string): ByteText {
  const parts = fields.map(({ name, content, type, fileName }) => {
    const file = fileName === undefined ? "" : `; filename="${quoted(byteText(fileName))}"`;
    const typed = type === undefined ? "" : `Content-Type: ${type}\r\n`;
    const head = `Content-Disposition: form-data; name="${quoted(name)}"${file}\r\n${typed}`;
    return `--${boundary}\r\n${head}\r\n${content}\r\n`;
  });
  return `${parts.join("")}--${boundary}--\r\n`;
}

function quoted(text: string): string {
  return text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
