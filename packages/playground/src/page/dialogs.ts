// The dialogs: levels, sharing, files, and what else there is to do.
import { button, element } from "../picture/nodes.js";
import type { ExportFormat, LevelRow } from "../protocol.js";
import { inline } from "./prose.js";

/** Shows a dialog until it is closed. The browser keeps the keyboard in it, and gives it back. */
export function dialog(title: string, ...content: (Node | string)[]): HTMLDialogElement {
  for (const old of document.querySelectorAll("dialog")) old.close();
  const close = button("×", () => made.close(), { class: "quiet close", "aria-label": "Close" });
  const made = element(
    "dialog",
    { "aria-labelledby": "dialog-title" },
    element("div", { class: "bar" }, element("h2", { id: "dialog-title" }, title), close),
    element("div", { class: "content" }, ...content),
  );
  made.addEventListener("close", () => made.remove());
  // A click beside the dialog closes it.
  made.addEventListener("click", (event) => {
    if (event.target === made) made.close();
  });
  document.body.append(made);
  made.showModal();
  return made;
}

/** Lists the levels. */
export function levelsDialog(levels: readonly LevelRow[], current: string, open: (id: string) => void): void {
  const groups = [...new Set(levels.map(({ group }) => group))];
  const solved = levels.filter((level) => level.solved).length;
  const go = (id: string) => () => {
    made.close();
    open(id);
  };
  let number = 0;
  const made = dialog(
    "Levels",
    element("p", { class: "faint" }, `${solved} of ${levels.length} solved.`),
    element(
      "div",
      { class: "sandbox-entry" },
      entry("Sandbox", "Try whatever you like", current === "sandbox", false, go("sandbox")),
    ),
    ...groups.map((group) =>
      element(
        "section",
        {},
        element("h3", {}, group),
        element(
          "ol",
          { class: "levels" },
          ...levels
            .filter((level) => level.group === group)
            .map(({ id, title, solved }) =>
              element("li", {}, entry(title, `${++number}`, id === current, solved, go(id))),
            ),
        ),
      ),
    ),
  );
}

function entry(
  title: string,
  note: string,
  isCurrent: boolean,
  isSolved: boolean,
  act: () => void,
): HTMLButtonElement {
  return button(
    element(
      "span",
      {},
      element("span", { class: "note" }, note),
      element("span", { class: "title" }, ...inline(title)),
      element(
        "span",
        { class: "mark" },
        isSolved ? "✓" : "",
        element("span", { class: "hidden" }, isSolved ? " solved" : ""),
      ),
    ),
    act,
    { class: "level", "aria-current": isCurrent ? "true" : undefined },
  );
}

/** Shows the link to what there is. */
export function shareDialog(link: string): void {
  dialog(
    "Share",
    element(
      "p",
      {},
      "This link holds the level and every command that you have typed. Whoever opens it gets the same state; nothing is stored anywhere.",
    ),
    ...linkParts(link),
  );
}

/** A link, and a button that copies it. */
function linkParts(link: string): HTMLElement[] {
  const input = element("textarea", { readonly: true, rows: 4, "aria-label": "Link" });
  input.value = link;
  input.addEventListener("focus", () => input.select());
  const said = element("p", { role: "status" });
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = "Copied.";
    } catch {
      input.select();
      said.textContent = "Copy it with your keyboard: it is selected.";
    }
  };
  return [
    input,
    element("div", { class: "actions" }, button("Copy the link", copy, { class: "primary" })),
    said,
  ];
}

export interface MoreListener {
  save(): void;
  load(): void;
  share(): void;
  exported(format: ExportFormat): Promise<string>;
  imported(text: string): Promise<string>;
  readonly builder: LevelBuilder;
  reset(): void;
  readonly switches: readonly { readonly label: string; readonly isOn: boolean; set(isOn: boolean): void }[];
  readonly releases: HTMLElement;
}

/** Shows all that there is to do beside typing. */
export function moreDialog(listener: MoreListener): void {
  const made = dialog(
    "More",
    listener.releases,
    element(
      "section",
      {},
      element("h3", {}, "Session"),
      element(
        "div",
        { class: "actions" },
        button("Share a link", () => listener.share()),
        button("Save to a file", () => {
          made.close();
          listener.save();
        }),
        button("Load a file", () => {
          made.close();
          listener.load();
        }),
        button("Begin the level anew", () => {
          made.close();
          listener.reset();
        }),
      ),
    ),
    element(
      "section",
      {},
      element("h3", {}, "Networks"),
      element(
        "div",
        { class: "actions" },
        button("Export", () => exportDialog(listener.exported)),
        button("Import", () => importDialog(listener.imported)),
        button("Build a level", () => buildDialog(listener.builder)),
      ),
    ),
    element(
      "section",
      {},
      element("h3", {}, "This page"),
      ...listener.switches.map(({ label, isOn, set }) => {
        const box = element("input", { type: "checkbox" });
        box.checked = isOn;
        box.addEventListener("change", () => set(box.checked));
        return element("label", { class: "switch" }, box, label);
      }),
    ),
    element(
      "section",
      {},
      element("h3", {}, "Keys"),
      element(
        "dl",
        { class: "keys-list" },
        ...[
          ["F6, Shift F6", "to the next part of the page, and back; also out of the terminal"],
          ["Tab", "completes in the terminal"],
          ["Arrows, Enter", "in the picture: go to a container, and point at it"],
          ["Escape", "in the picture: show all again"],
        ].flatMap(([key, does]) => [element("dt", {}, key!), element("dd", {}, does!)]),
      ),
    ),
  );
}

const formats: Readonly<Record<ExportFormat, readonly [name: string, file: string, type: string]>> = {
  compose: ["Compose file", "compose.yaml", "application/yaml"],
  docker: ["docker commands", "networks.sh", "text/x-shellscript"],
  mermaid: ["Mermaid", "networks.mmd", "text/plain"],
  svg: ["SVG", "networks.svg", "image/svg+xml"],
};

/** Shows the state in other forms. */
export function exportDialog(exported: (format: ExportFormat) => Promise<string>): void {
  const text = element("textarea", { readonly: true, rows: 14, "aria-label": "Export", spellcheck: "false" });
  let format: ExportFormat = "compose";
  const show = async (chosen: ExportFormat): Promise<void> => {
    format = chosen;
    text.value = await exported(chosen).catch((error: Error) => error.message);
  };
  dialog(
    "Export",
    element(
      "fieldset",
      { class: "segments" },
      element("legend", { class: "hidden" }, "Form"),
      ...(Object.keys(formats) as ExportFormat[]).map((each) => {
        const radio = element("input", { type: "radio", name: "format", value: each });
        radio.checked = each === format;
        radio.addEventListener("change", () => void show(each));
        return element("label", {}, radio, element("span", {}, formats[each][0]));
      }),
    ),
    text,
    element(
      "div",
      { class: "actions" },
      button("Keep as a file", () => download(formats[format][1], text.value, formats[format][2]), {
        class: "primary",
      }),
      button("Copy", () => void navigator.clipboard?.writeText(text.value).catch(() => text.select())),
    ),
  );
  void show(format);
}

/** Asks for a file that tells of networks. */
export function importDialog(imported: (text: string) => Promise<string>): void {
  const text = element("textarea", {
    rows: 12,
    "aria-label": "Compose file, or JSON of docker inspect",
    spellcheck: "false",
    placeholder: "services:\n  web:\n    image: nginx",
  });
  const said = element("pre", { role: "status", class: "said" });
  dialog(
    "Import",
    element(
      "p",
      {},
      ...inline(
        "Paste a compose file, or what `docker network inspect $(docker network ls -q)` and `docker inspect $(docker ps -q)` print on a real engine. It stays in this page.",
      ),
    ),
    text,
    element(
      "div",
      { class: "actions" },
      button(
        "Make it",
        async () => {
          try {
            said.textContent = await imported(text.value);
          } catch (error) {
            said.textContent = (error as Error).message;
          }
        },
        { class: "primary" },
      ),
      button("Choose a file", async () => {
        const file = await chosenFile();
        if (file !== undefined) text.value = file;
      }),
    ),
    said,
  );
}

export interface LevelBuilder {
  /** Makes the file of a level of what there is. */
  build(title: string, objective: string): Promise<string>;
  /** The link that opens a level, of its file. */
  link(file: string): Promise<string>;
}

/** Asks for the texts of a level, and makes it. */
export function buildDialog({ build, link }: LevelBuilder): void {
  const title = element("input", { type: "text", value: "My level" });
  const objective = element("input", { type: "text", value: "Make what the picture shows." });
  const text = element("textarea", { rows: 12, "aria-label": "Level", spellcheck: "false" });
  const said = element("p", { role: "status" });
  const shared = element("section", {});
  const tell = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
      said.textContent = "";
    } catch (error) {
      said.textContent = (error as Error).message;
    }
  };
  const make = async (): Promise<void> => {
    text.value = await build(title.value, objective.value);
    shared.replaceChildren();
  };
  dialog(
    "Build a level",
    element(
      "p",
      {},
      "The commands that you have typed are the solution, and what there is now is the goal. Write on in the file: steps, questions and hints are data, too.",
    ),
    element("label", {}, "Title", title),
    element("label", {}, "Objective", objective),
    element(
      "div",
      { class: "actions" },
      button("Make the level", () => void tell(make), { class: "primary" }),
      button("Share a link", () =>
        tell(async () => {
          if (text.value.trim() === "") await make();
          shared.replaceChildren(
            element("p", {}, "Whoever opens this link begins the level; nothing is stored anywhere."),
            ...linkParts(await link(text.value)),
          );
        }),
      ),
      button("Keep as a file", () =>
        tell(async () => {
          if (text.value.trim() === "") await make();
          download("level.json", text.value, "application/json");
        }),
      ),
    ),
    said,
    shared,
    text,
  );
}

/** Gives the learner a file. */
export function download(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = element("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Lets the learner choose a file, and resolves to its text; to `undefined` where none is chosen. */
export function chosenFile(): Promise<string | undefined> {
  const input = element("input", { type: "file" });
  return new Promise((resolve) => {
    input.addEventListener("change", () => resolve(input.files?.[0]?.text()));
    input.addEventListener("cancel", () => resolve(undefined));
    input.click();
  });
}
