// A session as the page shows it.
import { fillIn, type Level, type Session, type Verdict } from "@dryharbor/lessons";
import type { Topology } from "@dryharbor/sdk/topology";
import type { ReleaseName } from "@dryharbor/simulator";
import type { LessonView, StepView } from "../protocol.js";

/** What the page is to know of a session besides the session itself. */
export interface ViewParts {
  readonly topology: Topology;
  readonly release: ReleaseName;
  readonly goal: readonly Verdict[];
  /** What the open step asks, as it was found after the last command. */
  readonly verdicts: readonly Verdict[];
  readonly hints: readonly string[];
  readonly isSolved: boolean;
  readonly neighbours: Pick<LessonView, "next" | "previous">;
}

/** Makes the view of a session. */
export function lessonView(session: Session, parts: ViewParts): LessonView {
  const { level, position, history } = session;
  const { topology, release, goal, verdicts, hints, isSolved, neighbours } = parts;
  const filled = (texts: readonly string[]): string[] => texts.map((text) => fillIn(text, topology));
  return {
    id: level.id,
    title: level.title,
    objective: fillIn(level.objective, topology),
    releases: level.releases,
    release,
    steps: level.steps.map((step, index) =>
      stepView(session, step, index, filled, index === position ? verdicts : []),
    ),
    position,
    hints: filled(hints),
    moreHints: hints.length < level.hints.length,
    goal: goal.map(({ says, held }) => ({ text: says, held })),
    solved: isSolved,
    afterword: filled(level.afterword),
    next: neighbours.next,
    previous: neighbours.previous,
    commands: history.map(({ command }) => command),
  };
}

function stepView(
  session: Session,
  step: Level["steps"][number],
  index: number,
  filled: (texts: readonly string[]) => string[],
  verdicts: readonly Verdict[],
): StepView {
  const answer = session.answerTo(index);
  const { predict } = step;
  return {
    text: filled(step.text),
    command: step.command === undefined ? undefined : filled([step.command])[0],
    typed: step.typed ?? [],
    question: predict && {
      text: filled([predict.question])[0]!,
      choices: filled(predict.choices.map(({ text }) => text)),
      chosen: answer && predict.choices.indexOf(answer),
      right: answer?.right ?? false,
      because: answer?.because && filled([answer.because])[0],
    },
    look: filled(step.look),
    verdicts: verdicts.map(({ says, held }) => ({ text: says, held })),
  };
}
