// What inspect commands print: the engine's answers as they are, or a template for each.
import type { Call } from "../command/command.js";
import { messageOf } from "../command/dispatch.js";
import { CommandError } from "../command/errors.js";
import { executeTemplate } from "../templates/execute.js";
import { templateFunctions } from "../templates/functions.js";
import { indentedJson, rawJson } from "../templates/json.js";
import type { Template } from "../templates/nodes.js";
import { parseTemplate, TemplateError } from "../templates/parse-template.js";
import { type GoType, rawMapType, type Value } from "../templates/types.js";
import { executionIn } from "./table.js";

/** Something that was found, as the engine answered it, and the type that the client reads it as. */
export interface Found {
  readonly raw: unknown;
  readonly type: GoType;
}

/**
 * Inspects each argument of a command: prints what was found, and then the errors of the others.
 *
 * @param find finds one object; what it throws is printed after everything else
 * @throws {CommandError}
 */
export async function inspectEach<F>(
  { io, release, session }: Call<F>,
  names: readonly string[],
  format: string,
  find: (name: string) => Promise<Found>,
): Promise<void> {
  const asJson = format === "json" && release.jsonFormat;
  let template: Template | undefined;
  try {
    if (format !== "" && !asJson) template = parseTemplate("", format, (name) => templateFunctions.has(name));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new CommandError(`template parsing error: ${error.message}`, 64);
  }
  const found: unknown[] = [];
  let text = "";
  const problems: string[] = [];
  for (const name of names) {
    try {
      const { raw, type } = await find(name);
      if (template) text += `${executeOn(template, { type, value: raw }, release)}\n`;
      else found.push(raw);
    } catch (error) {
      problems.push(
        error instanceof TemplateError
          ? `template parsing error: ${error.message}`
          : messageOf(error, session),
      );
    }
  }
  if (template) io.stdout(text === "" ? "\n" : text);
  else io.stdout(`${asJson ? rawJson(found) : indentedJson(found, "    ")}\n`);
  if (problems.length > 0) throw new CommandError(problems.join("\n"));
}

/**
 * Carries a template out on a typed value; where that fails, on the answer as it is, which knows JSON's names and has
 * every field.
 */
function executeOn(template: Template, value: Value, release: Parameters<typeof executionIn>[0]): string {
  try {
    return executeTemplate(template, value, executionIn(release));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const raw = { type: rawMapType, value: value.value };
    return executeTemplate(template, raw, executionIn(release, { missingKeyIsError: true }));
  }
}
