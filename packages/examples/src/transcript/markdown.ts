import { course } from "../course/course.js";
import { type Transcript, typedAndSeen } from "./transcript.js";

/** Writes a transcript as the page `docs/course.md`. */
export function asMarkdown({ entries }: Transcript): string {
  const lessons = course.map((lesson, index) => {
    const steps = entries
      .filter((entry) => entry.lesson === lesson)
      .map(({ step, seen, drawing }) => {
        const claims = step.checks.map(({ claim }) => `- ${claim}`);
        return [
          block("console", typedAndSeen(step, seen)),
          claims.join("\n"),
          drawing && block("text", drawing),
        ];
      });
    const parts = steps.flat().filter((part) => part !== "");
    return [`## ${index + 1}. ${lesson.title}`, lesson.about, ...parts].join("\n\n");
  });
  return `${[introduction, ...lessons].join("\n\n")}\n`;
}

const introduction = `# The Docker Networks course

The classic course's five lessons, word for word, and a sixth about what one trips over. Everything below was printed by
the real \`docker\` command on a simulator (\`dryharbor serve --publish\`), where no daemon runs: \`pnpm --filter
@dryharbor/examples transcript\` writes this page, and a test compares it. On real engines the same commands print the
same, which is a test, too. Below each command is what must hold after it, and the drawing of the topology where the
command has changed it: \`+\` is new, \`~\` has changed, \`-\` or \`×\` is gone.

\`npx -y pnpm@10 start\` runs the course by the docker command of \`@dryharbor/docker-cli\`, which prints the same. Type it
yourself:

\`\`\`sh
npx -y pnpm@10 dryharbor serve --publish --host unix:///tmp/docker.sock &
export DOCKER_HOST=unix:///tmp/docker.sock
\`\`\`

The course's host has the name \`docker\`. Type \`curl localhost:3000\`, or give your machine that name.`;

function block(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
