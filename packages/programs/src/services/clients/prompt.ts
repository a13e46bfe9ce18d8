import type { ProcessContext } from "@dryharbor/kernel";

/**
 * Asks for a line. Resolves to it without its end, or to `undefined` at the end of the input.
 *
 * @param options.hidden whether what is typed is not shown, as a password; a line end follows then, unless `bare`
 */
export async function readLine(
  process: ProcessContext,
  prompt: string,
  { hidden = false, bare = false }: { readonly hidden?: boolean; readonly bare?: boolean } = {},
): Promise<string | undefined> {
  const file = process.descriptors.get(0);
  const { terminal } = file ?? {};
  const before = terminal?.settings;
  if (hidden && terminal && before) {
    terminal.settings = { ...before, flags: new Set([...before.flags].filter((flag) => flag !== "echo")) };
  }
  process.stderr(prompt);
  const bytes: number[] = [];
  let isEnd = !file;
  while (file && !isEnd) {
    const [byte] = (await process.read(file, 1)) ?? [];
    if (byte === 10) break;
    if (byte === undefined) isEnd = true;
    else bytes.push(byte);
  }
  if (terminal && before) terminal.settings = before;
  if (hidden && !bare) process.stderr("\n");
  return isEnd && bytes.length === 0 ? undefined : new TextDecoder().decode(Uint8Array.from(bytes));
}
