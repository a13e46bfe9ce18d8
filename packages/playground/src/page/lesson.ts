// The lesson: what to do, step by step, and how far one is.
import { button, element } from "../picture/nodes.js";
import type { LessonView, StepView } from "../protocol.js";
import { inline, paragraph } from "./prose.js";

export interface LessonListener {
  /** Types a command in the terminal. */
  type(command: string): void;
  word(word: string): void;
}

export class LessonPane {
  readonly #listener: LessonListener;
  readonly #pane: HTMLElement;
  #shown: LessonView | undefined;
  #isFolded = false;
  /** The step that is looked at; `undefined` for the open one. */
  #at: number | undefined;

  constructor(listener: LessonListener) {
    this.#listener = listener;
    this.#pane = document.querySelector("#lesson-pane")!;
  }

  show(lesson: LessonView): void {
    const was = this.#shown;
    const isOther = was?.id !== lesson.id;
    const went = was && !isOther && was.position !== lesson.position;
    this.#shown = lesson;
    if (isOther || went) this.#at = undefined;
    if (isOther) this.#isFolded = false;
    this.#draw();
    if (isOther || went) this.#pane.querySelector(".body")?.scrollTo({ top: 0 });
  }

  #draw(): void {
    const lesson = this.#shown;
    if (!lesson) return;
    const held = this.#pane.contains(document.activeElement)
      ? document.activeElement?.getAttribute("data-key")
      : undefined;
    const fold = button(
      this.#isFolded ? "Show" : "Hide",
      () => {
        this.#isFolded = !this.#isFolded;
        this.#draw();
      },
      { class: "quiet", "aria-expanded": String(!this.#isFolded), "data-key": "fold" },
    );
    const head = element(
      "div",
      { class: "bar" },
      element("h2", { id: "lesson-heading" }, ...inline(lesson.title)),
      lesson.steps.length > 0 ? this.#steps(lesson) : undefined,
      fold,
    );
    this.#pane.classList.toggle("folded", this.#isFolded);
    this.#pane.replaceChildren(
      head,
      ...(this.#isFolded
        ? []
        : [
            element(
              "div",
              { class: "body", tabindex: "0", role: "group", "aria-label": "Lesson text" },
              ...this.#body(lesson),
            ),
          ]),
    );
    if (held) this.#pane.querySelector<HTMLElement>(`[data-key="${held}"]`)?.focus();
  }

  #steps(lesson: LessonView): HTMLElement {
    const at = this.#at ?? Math.min(lesson.position, lesson.steps.length);
    const go = (to: number) => () => {
      this.#at = to;
      this.#draw();
    };
    const total = lesson.steps.length;
    return element(
      "nav",
      { class: "steps", "aria-label": "Steps" },
      button("‹", go(Math.max(0, at - 1)), {
        "aria-label": "The step before",
        "data-key": "before",
        disabled: at === 0,
      }),
      element("span", {}, at >= total ? "Done" : `${at + 1} of ${total}`),
      button("›", go(Math.min(total, at + 1)), {
        "aria-label": "The step after",
        "data-key": "after",
        disabled: at >= Math.min(lesson.position, total),
      }),
    );
  }

  #body(lesson: LessonView): Node[] {
    const { steps, position } = lesson;
    const at = this.#at ?? Math.min(position, steps.length);
    const step = steps[at];
    const parts: Node[] = [];
    if (at === 0 || !step)
      parts.push(
        element(
          "p",
          { class: "objective" },
          element("strong", {}, "Objective "),
          ...inline(lesson.objective),
        ),
      );
    const before = steps[at - 1];
    // What a step leads to is read where the next one begins.
    if (before && this.#at === undefined && before.look.length > 0) {
      parts.push(element("div", { class: "look" }, ...before.look.map((text) => paragraph(text))));
    }
    if (step) parts.push(...this.#step(step, at, lesson));
    if (!step && steps.length > 0 && this.#at === undefined && lesson.afterword.length > 0) {
      parts.push(element("div", { class: "look" }, ...lesson.afterword.map((text) => paragraph(text))));
    }
    if (lesson.hints.length > 0) {
      parts.push(
        element(
          "div",
          { class: "hints" },
          element("h3", {}, "Hints"),
          element("ul", {}, ...lesson.hints.map((hint) => element("li", {}, ...inline(hint)))),
        ),
      );
    }
    if (lesson.goal.length > 0) parts.push(this.#goal(lesson));
    if (lesson.solved)
      parts.push(element("p", { class: "solved", role: "status" }, "✓ This level is solved."));
    parts.push(this.#foot(lesson));
    return parts;
  }

  #step(step: StepView, at: number, lesson: LessonView): Node[] {
    const isOpen = at === lesson.position;
    const { question, command } = step;
    return [
      ...step.text.map((text) => paragraph(text)),
      ...(question ? [this.#question(question, isOpen)] : []),
      ...(command === undefined ? [] : [this.#command(command, step.typed, isOpen)]),
      ...(isOpen && step.verdicts.some(({ held }) => !held)
        ? [
            element(
              "ul",
              { class: "checks" },
              ...step.verdicts.map(({ text, held }) =>
                element("li", { class: held ? "held" : "missing" }, text),
              ),
            ),
          ]
        : []),
      ...(isOpen ? [] : [element("div", { class: "look" }, ...step.look.map((text) => paragraph(text)))]),
    ];
  }

  #command(command: string, typed: readonly string[], isOpen: boolean): HTMLElement {
    const block = element("div", { class: "command" }, element("code", {}, command));
    if (isOpen)
      block.append(
        button("Type it", () => this.#listener.type(command), {
          title: "Types this command in the terminal",
          "data-key": "type",
        }),
      );
    if (typed.length === 0) return block;
    return element(
      "div",
      {},
      block,
      paragraph("Then, where it waits for you:"),
      ...typed.map((line) => {
        const each = element("div", { class: "command" }, element("code", {}, line));
        if (isOpen)
          each.append(button("Type it", () => this.#listener.type(line), { "aria-label": `Type ${line}` }));
        return each;
      }),
    );
  }

  #question(
    { text, choices, chosen, right, because }: NonNullable<StepView["question"]>,
    isOpen: boolean,
  ): HTMLElement {
    return element(
      "div",
      { class: "question" },
      element("h3", {}, ...inline(text)),
      element(
        "ol",
        {},
        ...choices.map((choice, index) => {
          const isChosen = chosen === index;
          const pick = element(
            "button",
            {
              type: "button",
              class: isChosen ? (right ? "right" : "wrong") : "",
              disabled: !isOpen || chosen !== undefined,
              "data-key": `choice ${index}`,
            },
            ...inline(choice),
          );
          pick.addEventListener("click", () => this.#listener.word(String(index + 1)));
          return element("li", {}, pick);
        }),
      ),
      chosen === undefined
        ? undefined
        : element(
            "p",
            { class: right ? "verdict right" : "verdict wrong", role: "status" },
            element("strong", {}, right ? "That is right. " : "Not quite. "),
            ...inline(because ?? ""),
          ),
    );
  }

  #goal({ goal, solved, steps }: LessonView): HTMLElement {
    const count = goal.filter(({ held }) => held).length;
    const list = element(
      "ul",
      { class: "checks" },
      ...goal.map(({ text, held }) => element("li", { class: held ? "held" : "missing" }, text)),
    );
    return element(
      "details",
      { class: "goal", open: steps.length === 0 && !solved },
      element("summary", { "data-key": "goal" }, `Goal: ${count} of ${goal.length} hold`),
      list,
    );
  }

  #foot({ moreHints, next, previous, solved, steps, position }: LessonView): HTMLElement {
    const { word } = this.#listener;
    const isOver = solved || (steps.length > 0 && position >= steps.length);
    return element(
      "div",
      { class: "foot" },
      moreHints ? button("Hint", () => word("hint"), { "data-key": "hint" }) : undefined,
      previous
        ? button(element("span", {}, "‹ ", ...inline(previous.title)), () => word("previous"), {
            class: "quiet",
            "data-key": "previous",
          })
        : undefined,
      next
        ? button(element("span", {}, ...inline(next.title), " ›"), () => word("next"), {
            class: isOver ? "primary" : "quiet",
            "data-key": "next",
          })
        : undefined,
    );
  }
}
