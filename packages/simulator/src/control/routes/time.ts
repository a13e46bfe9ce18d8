import { object } from "../../schema.js";
import { type Control, latestTime, shownTime } from "../control.js";
import { type Answered, type ControlRoute, json, jsonType } from "../route.js";
import { ref } from "../shapes.js";

/** As many milliseconds as a year has, at most. */
const milliseconds = { type: "number", minimum: 0, maximum: 31_622_400_000 } as const;

/** The time within which an idle simulator's timers are due where nobody says otherwise: an hour. */
const usualMost = 3_600_000;

const answers = { status: 200, content: { [jsonType]: ref("Time") } } as const;

export const timeRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/time",
    id: "showTime",
    command: "time show",
    summary: "Tells what time it is for the simulator, and when its next timer is due",
    answers,
    perform: (control) => shown(control),
  },
  {
    method: "POST",
    path: "/time/advance",
    id: "advanceTime",
    command: "time advance",
    summary: "Lets virtual time pass; timers that are due fire in order",
    body: { schema: object({ milliseconds }), example: { milliseconds: 60_000 } },
    answers,
    problems: ["conflict"],
    async perform(control, { body }) {
      const { milliseconds: by } = body as { readonly milliseconds: number };
      await control.pass(by, (time) => time.advance(by));
      return shown(control);
    },
  },
  {
    method: "POST",
    path: "/time/idle",
    id: "runUntilIdle",
    command: "time idle",
    summary: "Lets virtual time pass until no timer is due within `most` milliseconds, by default an hour",
    body: { schema: object({ most: milliseconds }, []), optional: true, example: { most: 600_000 } },
    answers,
    problems: ["conflict"],
    async perform(control, { body }) {
      const { most = usualMost } = body as { readonly most?: number };
      await control.pass(most, (time) => time.runUntilIdle(most));
      return shown(control);
    },
  },
];

function shown(control: Control): Answered {
  const { hasVirtualTime, now } = control;
  const next = hasVirtualTime ? control.time.next : undefined;
  return json({
    virtual: hasVirtualTime,
    now: shownTime(now),
    next: next === undefined || next > latestTime ? null : shownTime(next),
  });
}
