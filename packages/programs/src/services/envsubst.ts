import type { Program } from "@dryharbor/kernel";
import { byteText, fromBytes, toBytes } from "../busybox/byte-text.js";

/** `envsubst`: puts the values of environment variables into a text, all of them or those that its argument names. */
export const envsubst: Program = async ({ argv, env, stdin, stdout }) => {
  const [, first, format] = argv;
  if (first === "--version" || first === "-V") {
    stdout("envsubst (GNU gettext-runtime) 0.21\n");
    return 0;
  }
  const names = (text: string): string[] =>
    [...text.matchAll(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g)].map(
      ([, braced, plain]) => braced ?? plain ?? "",
    );
  if (first === "-v" || first === "--variables") {
    for (const name of names(format ?? "")) stdout(`${name}\n`);
    return 0;
  }
  const wanted = first === undefined ? undefined : new Set(names(first));
  let text = "";
  for await (const data of stdin) text += fromBytes(data);
  const replaced = text.replace(
    /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g,
    (whole, braced: string | undefined, plain: string | undefined) => {
      const name = braced ?? plain ?? "";
      if (wanted && !wanted.has(name)) return whole;
      return byteText(env[name] ?? "");
    },
  );
  stdout(toBytes(replaced));
  return 0;
};
