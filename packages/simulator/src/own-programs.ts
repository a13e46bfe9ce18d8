import type { Program, ProgramTable } from "@dryharbor/kernel";
import type { ImageDefinition, ImageDefinitions } from "./core/images/definition.js";

/** Definitions of images whose programs have names, and the programs by these names. */
interface OwnPrograms {
  readonly images: ImageDefinitions;
  readonly programs: ProgramTable;
}

/** Gives the programs of image definitions names, and lets the images run them. */
export function ownPrograms(definitions: ImageDefinitions): OwnPrograms {
  const programs = new Map<string, Program>();
  const images = Object.entries(definitions).map(([reference, definition]): [string, ImageDefinition] => {
    const { program, ...rest } = definition;
    if (!program) return [reference, definition];
    const name = nameOf(reference);
    programs.set(name, program);
    const { Cmd, Entrypoint } = rest.config ?? {};
    const config = Cmd?.length || Entrypoint?.length ? rest.config : { ...rest.config, Cmd: [name] };
    const executables = rest.executables && [...rest.executables, `/bin/${name}`];
    return [reference, { ...rest, ...(config && { config }), ...(executables && { executables }) }];
  });
  return { images: Object.fromEntries(images), programs };
}

/** `registry.example:5000/shop/web:2` is `shop-web`, so that images of one repository may share a program. */
function nameOf(reference: string): string {
  const parts = reference.split("/");
  const [first = ""] = parts;
  if (parts.length > 1 && /[.:]|^localhost$/.test(first)) parts.shift();
  return parts.join("-").replace(/[@:].*$/, "");
}
