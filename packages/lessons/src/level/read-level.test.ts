import { describe, expect, it } from "vitest";
import { type LevelError, readLevel, readLevelText } from "./read-level.js";

const small = {
  format: 1,
  id: "small",
  title: "Small",
  objective: "Make a network.",
  steps: [{ text: "Make it.", command: "docker network create a" }],
  goal: [{ check: "network", name: "a" }],
};

function problemsOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    return (error as LevelError).message.split("\n");
  }
  return [];
}

describe("a level", () => {
  it("is read with defaults for what is left out", () => {
    expect(readLevel(small)).toMatchObject({
      releases: ["20.10", "26.1", "28.5", "29"],
      start: { commands: [], ready: [] },
      steps: [{ text: ["Make it."], look: [], check: [], solution: [] }],
      solution: [{ command: "docker network create a" }],
    });
  });

  it("is refused with all that is wrong, and where", () => {
    const wrong = {
      ...small,
      title: 5,
      objektive: "x",
      goal: [{ check: "network" }, { check: "prints", matches: "(" }, { check: "nothing" }],
      steps: [
        {
          text: "See {{adress web}}.",
          comand: "docker ps",
          predict: { question: "What?", choices: [{ text: "This" }, { text: "That" }] },
        },
      ],
    };
    expect(problemsOf(() => readLevel(wrong))).toEqual([
      "title: a title must stand here, not a number",
      'steps[0].predict.choices: exactly one choice must have "right": true, and 0 have',
      'steps[0].comand: there is no such field; do you mean "command"?',
      "goal[0].name: a name is missing",
      'goal[1].matches: "(" is not a pattern',
      'goal[2].check: one of network, container, attached, resolves, reaches, published, prints must stand here, not "nothing"',
      'objektive: there is no such field; do you mean "objective"?',
    ]);
  });

  it("is refused where parts do not fit together", () => {
    const wrong = {
      ...small,
      steps: [{ text: "See {{adress web}}.", typed: ["x"] }],
      start: { after: "a", snapshot: {} },
    };
    expect(problemsOf(() => readLevel(wrong))).toEqual([
      "steps[0].typed: lines need a command that waits for them",
      "start: a level begins with a snapshot or after another level, not both",
      "solution: a level needs commands that solve it, here or in its steps",
      expect.stringContaining("{{adress web}} cannot be filled in; known are {{address … …}}"),
    ]);
  });

  it.for([
    ['{\n  "format": 1,\n  "id" "x"\n}', "line 3, column 8: "],
    ['{ "format": 1, }', "line 1, column 16: "],
    ['{ "steps": [1, 2 }', "line 1, column 18: "],
    ["{} {}", "line 1, column 4: "],
    ["", "line 1, column 1: "],
  ])("that is not JSON is refused with the place: %j", ([source, place]) => {
    expect(problemsOf(() => readLevelText(source!))).toEqual([
      expect.stringContaining(`${place}this is not JSON`),
    ]);
  });
});
