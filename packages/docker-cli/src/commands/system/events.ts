import type { EngineEvent, EventFilters } from "@dryharbor/sdk/port";
import { none } from "../../command/arguments.js";
import { command } from "../../command/command.js";
import { CommandError } from "../../command/errors.js";
import { filters, text } from "../../command/flags.js";
import { momentOf } from "../../command/moments.js";
import { executionIn } from "../../format/table.js";
import { rfc3339Nano } from "../../format/time.js";
import type { Release } from "../../releases.js";
import { declareTypes } from "../../templates/declare-types.js";
import { executeTemplate } from "../../templates/execute.js";
import { templateFunctions } from "../../templates/functions.js";
import { parseTemplate, TemplateError } from "../../templates/parse-template.js";
import { pointerTo } from "../../templates/types.js";

const types = `
actor = events.Actor { ID string; Attributes map[string]string }
message = events.Message {
  29- Status:status? string; 29- ID:id? string; 29- From:from? string; Type string; Action string; Actor actor; Scope:scope? string
  Time:time? int64; TimeNano:timeNano? int64
}
`;

/** What becomes of a process that is ended by ctrl-C. */
const interrupted = 130;

export const systemEvents = command({
  name: "events",
  short: "Get real time events from the server",
  usage: "[OPTIONS]",
  arguments: none,
  flags: { filter: filters("f"), format: text(), since: text(), until: text() },
  async run({ engine, io, flags, release }) {
    const write = writer(
      flags.format === "json" && release.jsonFormat ? "{{json .}}" : flags.format,
      release,
    );
    const now = io.now();
    const stream = engine.events({
      ...(flags.since !== "" && { since: momentOf(flags.since, now) }),
      ...(flags.until !== "" && { until: momentOf(flags.until, now) }),
      filters: flags.filter as EventFilters,
    });
    let isInterrupted = false;
    const unlisten = io.onSignal("SIGINT", () => {
      isInterrupted = true;
      stream.close();
    });
    try {
      await stream.opened;
      for await (const event of stream) {
        io.stdout(`${write(event)}\n`);
        await io.caughtUp();
      }
    } finally {
      unlisten();
      stream.close();
    }
    return isInterrupted ? interrupted : 0;
  },
});

/** What turns an event into a line. @throws {CommandError} the format is no template of events */
function writer(format: string, release: Release): (event: EngineEvent) => string {
  if (format === "") return line;
  try {
    const type = pointerTo(declareTypes(types, release).message!);
    const template = parseTemplate("", format, (name) => templateFunctions.has(name));
    const write = (value: object) => executeTemplate(template, { type, value }, executionIn(release));
    // An event of nothing shows whether the template asks for what events have.
    write({});
    return write;
  } catch (error) {
    if (error instanceof TemplateError) throw new CommandError(`Error parsing format: ${error.message}`, 64);
    throw error;
  }
}

function line({ time, timeNano, Type, Action, Actor }: EngineEvent): string {
  const at = timeNano ? BigInt(timeNano) : BigInt(time) * 1_000_000_000n;
  const attributes = Object.entries(Actor.Attributes ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`);
  return `${rfc3339Nano(at)} ${Type} ${Action} ${Actor.ID}${attributes.length > 0 ? ` (${attributes.join(", ")})` : ""}`;
}
