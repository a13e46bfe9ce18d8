// Plays a level as a learner who follows it, and collects what does not go as the level says.
import { judge, type Session } from "../src/index.js";

/**
 * Goes through all steps: runs the command of each, or the solution of its task, and compares the answers to its
 * question with what is so then.
 *
 * @returns what did not go as the level says, in words
 */
export async function followSteps(session: Session): Promise<string[]> {
  const problems: string[] = [];
  for (let { step } = session; step; step = session.step) {
    const { position } = session;
    let shown = "";
    const own = step.command === undefined ? [] : [{ command: step.command, typed: step.typed }];
    for (const { command, typed } of [...own, ...step.solution.map((each) => ({ command: each, typed: undefined }))]) {
      const { outcome, verdicts } = await session.perform(command, typed);
      const missing = verdicts.filter(({ held }) => !held).map(({ says }) => says);
      shown += `$ ${command}\n${outcome.stdout}${outcome.stderr}[${outcome.exitCode}]\n${missing.join("\n")}`;
    }
    for (const { text, right, check } of step.predict?.choices ?? []) {
      const verdicts = await judge(session.machine.engine, check, { ran: session.history });
      const holds = verdicts.length > 0 && verdicts.every(({ held }) => held);
      if (holds === right) continue;
      const missing = verdicts.filter(({ held }) => !held).map(({ says }) => says);
      problems.push(`"${text}" is ${right ? "not right" : "right"}: ${missing.join("; ")}\n${shown}`);
    }
    if (session.position === position) return [...problems, `step ${position + 1} is not done: ${shown}`];
  }
  return problems;
}

/** What is missing for the goal, in words. */
export async function missingOf(session: Session): Promise<string[]> {
  return (await session.goal()).filter(({ held }) => !held).map(({ says }) => says);
}
