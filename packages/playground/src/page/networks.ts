// The pane of the networks: the picture, the log of packets and questions, all of it in words, and who reaches whom.

import { type Difference, differences } from "@dryharbor/sdk/topology";
import { PacketMotion } from "../picture/motion.js";
import { button, element } from "../picture/nodes.js";
import { runs } from "../picture/plan.js";
import { PictureView } from "../picture/view.js";
import { laneInWords, rowInWords } from "../picture/words.js";
import type { Between, Events, Seen, Side, State } from "../protocol.js";
import { type LogLine, TrafficLog } from "../words/log.js";

type View = "picture" | "log" | "words" | "reach";

export interface NetworksListener {
  seenFrom(container: string): Promise<Seen>;
  between(one: string, other: string): Promise<Between>;
  endComparison(): void;
}

const titles: Readonly<Record<View, string>> = {
  picture: "Picture",
  log: "Log",
  words: "In words",
  reach: "Who reaches whom",
};

/** How many lines of the log are shown. */
const mostLines = 200;

export class NetworksPane {
  readonly #listener: NetworksListener;
  readonly #pane: HTMLElement;
  readonly #tabs = new Map<View, HTMLButtonElement>();
  readonly #panels = new Map<View, HTMLElement>();
  readonly #pictures: Readonly<
    Record<Side, { readonly view: PictureView; readonly motion: PacketMotion; readonly figure: HTMLElement }>
  >;
  readonly #log = new TrafficLog();
  readonly #states = new Map<Side, State>();
  readonly #printed: Record<Side, string> = { main: "", other: "" };
  #chosen: string[] = [];
  #unseen = 0;
  #shown: View = "picture";
  #looks = 0;
  #isDrawing = false;

  constructor(listener: NetworksListener) {
    this.#listener = listener;
    this.#pane = document.querySelector("#picture-pane")!;
    const list = element("div", { role: "tablist", "aria-label": "Views of the networks" });
    for (const [view, title] of Object.entries(titles) as [View, string][]) {
      const tab = button(title, () => this.open(view), {
        role: "tab",
        id: `view-tab-${view}`,
        "aria-controls": `view-${view}`,
      });
      const panel = element("div", {
        role: "tabpanel",
        id: `view-${view}`,
        "aria-labelledby": `view-tab-${view}`,
        class: `view ${view}`,
      });
      if (view !== "picture") panel.tabIndex = 0;
      this.#tabs.set(view, tab);
      this.#panels.set(view, panel);
      list.append(tab);
    }
    list.addEventListener("keydown", (event) => this.#key(event));
    this.#pane.append(element("div", { class: "bar" }, list), ...this.#panels.values());
    this.#pictures = {
      main: this.#picture("main", "Picture of the networks"),
      other: this.#picture("other", "Picture of the networks on the other release"),
    };
    this.#panels
      .get("picture")!
      .append(
        element("div", { class: "sight", id: "sight" }),
        element("div", { class: "pictures" }, this.#pictures.main.figure, this.#pictures.other.figure),
        element("div", { class: "latest", "aria-live": "polite", id: "latest" }),
        element("div", { class: "differences", id: "differences" }),
      );
    this.#pictures.other.figure.hidden = true;
    this.#drawSight();
    this.#drawLog();
    void this.#drawReach();
    this.open("picture");
    document.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && this.#chosen.length > 0 && this.#pane.contains(document.activeElement))
        void this.#choose([]);
    });
  }

  #picture(side: Side, title: string) {
    const scroll = element("div", { class: "scroll" });
    const view = new PictureView(scroll, { chosen: (name) => this.#point(name) }, title);
    scroll.append(view.svg);
    const caption = element("figcaption", {});
    const empty = element(
      "p",
      { class: "empty" },
      "No network of yours and no container yet. What you make appears here.",
    );
    const figure = element("figure", { class: side }, caption, scroll, empty);
    return { view, motion: new PacketMotion(view), figure };
  }

  /** Shows a view. */
  open(shown: View): void {
    this.#shown = shown;
    for (const [view, tab] of this.#tabs) {
      tab.setAttribute("aria-selected", String(view === shown));
      tab.tabIndex = view === shown ? 0 : -1;
      this.#panels.get(view)!.hidden = view !== shown;
    }
    if (shown === "log") {
      this.#unseen = 0;
      this.#drawLog();
    }
    if (shown === "reach") void this.#drawReach();
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = [...this.#tabs.keys()];
    const next = all[(all.indexOf(this.#shown) + step + all.length) % all.length]!;
    this.open(next);
    this.#tabs.get(next)!.focus();
  }

  /** Shows what there is now. */
  show(state: State): void {
    const { side, topology, release, jumped } = state;
    this.#states.set(side, state);
    const { view, figure, motion } = this.#pictures[side];
    if (jumped) {
      motion.clear();
      if (side === "main") {
        this.#log.clear();
        this.#chosen = [];
        this.#printed.main = "";
      }
    }
    view.show(topology, release, jumped);
    figure.classList.toggle("bare", topology.containers.length === 0 && view.plan.lanes.length === 0);
    if (side === "main") {
      const names = new Set(topology.containers.map(({ name }) => name));
      this.#chosen = this.#chosen.filter((name) => name === "host" || names.has(name));
      this.#drawWords();
      void this.#look();
      if (jumped) this.#drawLog();
    }
    this.#drawDifferences();
  }

  /** Shows packets, and tells of them. */
  traffic(...[side, packets, more]: Parameters<Events["traffic"]>): void {
    const state = this.#states.get(side);
    if (!state) return;
    this.#pictures[side].motion.send(packets);
    if (side !== "main") return;
    const before = this.#log.lines.length;
    for (const packet of packets) this.#log.add(packet, state.topology);
    if (this.#shown !== "log") this.#unseen += this.#log.lines.length - before;
    const last = this.#log.lines.at(-1);
    const latest = this.#pane.querySelector("#latest")!;
    const text = last ? lineText(last) : "";
    if (latest.textContent !== text) {
      latest.className = `latest ${last?.good ? "good" : "bad"}`;
      latest.textContent = text;
    }
    if (more > 0) latest.textContent += ` (and ${more} more packets)`;
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#drawLog();
    });
  }

  /** Whether packets still travel. */
  get isMoving(): boolean {
    return this.#pictures.main.motion.isBusy;
  }

  /** Shows or hides the other release beside this one. */
  beside(release: string | undefined): void {
    const { figure } = this.#pictures.other;
    figure.hidden = release === undefined;
    this.#pane.classList.toggle("compared", release !== undefined);
    if (release === undefined) {
      this.#states.delete("other");
      this.#printed.main = "";
      this.#printed.other = "";
      this.#pictures.main.view.mark(new Set());
    }
    this.#drawDifferences();
  }

  /** A command has printed something on a side, while both are shown. */
  printed(side: Side, text: string): void {
    this.#printed[side] = text;
    this.#drawDifferences();
  }

  // Pointing at containers.

  #point(name: string): void {
    const at = this.#chosen.indexOf(name);
    if (at >= 0) void this.#choose(this.#chosen.filter((each) => each !== name));
    else void this.#choose([...this.#chosen.slice(-1), name]);
    if (this.#chosen.length === 2) this.open("picture");
  }

  async #choose(names: readonly string[]): Promise<void> {
    this.#chosen = [...names];
    await this.#look();
  }

  async #look(): Promise<void> {
    const look = ++this.#looks;
    const [from] = this.#chosen;
    this.#drawSight();
    const seen = from === undefined ? undefined : await this.#listener.seenFrom(from).catch(() => undefined);
    if (look !== this.#looks) return;
    this.#pictures.main.view.see(seen, this.#chosen);
    if (this.#chosen.length === 2 || this.#shown === "reach") await this.#drawReach();
    this.#drawSight();
  }

  #drawSight(): void {
    const [one, other] = this.#chosen;
    const sight = this.#panels.get("picture")!.querySelector("#sight")!;
    const clear = () => button("Show all", () => void this.#choose([]), { class: "quiet" });
    if (one === undefined) {
      sight.replaceChildren(
        element(
          "span",
          { class: "faint" },
          "Point at a container to see with its eyes, then at another to compare.",
        ),
      );
    } else if (other === undefined) {
      sight.replaceChildren(element("span", {}, "Seen from ", element("strong", {}, one), "."), clear());
    } else {
      sight.replaceChildren(
        element("span", {}, element("strong", {}, one), " and ", element("strong", {}, other), "."),
        button("Who reaches whom", () => this.open("reach"), { class: "primary" }),
        clear(),
      );
    }
  }

  // The other views.

  #drawLog(): void {
    const panel = this.#panels.get("log")!;
    const tab = this.#tabs.get("log")!;
    tab.replaceChildren(
      "Log",
      ...(this.#unseen > 0
        ? [
            element(
              "span",
              { class: "count" },
              String(Math.min(this.#unseen, 999)),
              element("span", { class: "hidden" }, " new"),
            ),
          ]
        : []),
    );
    if (this.#shown !== "log" && panel.childElementCount > 0 && this.#log.lines.length > 0) return;
    const lines = this.#log.lines.slice(-mostLines);
    if (lines.length === 0) {
      panel.replaceChildren(
        element(
          "p",
          { class: "empty" },
          "Nothing was sent yet. Let a container ping another one, or look a name up.",
        ),
      );
      return;
    }
    const isAtEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 40;
    panel.replaceChildren(
      element(
        "ol",
        { class: "lines" },
        ...lines.map((line) =>
          element(
            "li",
            { class: `${line.kind} ${line.good ? "good" : "bad"}` },
            element("span", { class: "kind" }, kinds[line.kind]),
            element("span", { class: "text" }, lineText(line)),
            button("Show again", () => this.#replay(line), {
              class: "quiet",
              "aria-label": `Show again: ${line.text}`,
            }),
          ),
        ),
      ),
    );
    if (isAtEnd) panel.scrollTop = panel.scrollHeight;
  }

  #replay({ packets }: LogLine): void {
    this.open("picture");
    this.#pictures.main.motion.send(packets);
  }

  #drawWords(): void {
    const { topology } = this.#states.get("main")!;
    const panel = this.#panels.get("words")!;
    const list = (title: string, items: readonly string[], none: string) => [
      element("h3", {}, title),
      items.length === 0
        ? paragraphOf(none)
        : element("ul", {}, ...items.map((item) => element("li", {}, item))),
    ];
    panel.replaceChildren(
      ...list(
        "Networks",
        topology.networks.map((network) => laneInWords(network, topology)),
        "None.",
      ),
      ...list("Containers", topology.containers.map(rowInWords), "None."),
    );
  }

  async #drawReach(): Promise<void> {
    const panel = this.#panels.get("reach")!;
    const state = this.#states.get("main");
    const names = [...(state?.topology.containers ?? []).filter(runs).map(({ name }) => name), "host"];
    const choice = (label: string, index: number) => {
      const select = element(
        "select",
        { "aria-label": label },
        element("option", { value: "" }, "…"),
        ...names.map((name) => element("option", { value: name }, name)),
      );
      select.value = this.#chosen[index] ?? "";
      select.addEventListener("change", () => {
        const chosen = [...this.#chosen];
        chosen[index] = select.value;
        void this.#choose(chosen.filter((name) => name !== undefined && name !== ""));
      });
      return select;
    };
    const [one, other] = this.#chosen;
    const head = element(
      "div",
      { class: "pair" },
      choice("One container", 0),
      element("span", {}, "and"),
      choice("The other container", 1),
    );
    if (one === undefined || other === undefined) {
      if (!panel.contains(document.activeElement))
        panel.replaceChildren(
          head,
          element(
            "p",
            { class: "empty" },
            "Choose two, here or in the picture, and see who resolves and reaches whom, and why not.",
          ),
        );
      return;
    }
    const { ways } = await this.#listener.between(one, other).catch((error: Error) => ({
      ways: [{ from: one, to: other, rows: [{ question: "", good: false, answer: error.message }] }],
    }));
    if (this.#chosen[0] !== one || this.#chosen[1] !== other) return;
    const held = panel.contains(document.activeElement)
      ? [...panel.querySelectorAll("select")].indexOf(document.activeElement as HTMLSelectElement)
      : -1;
    panel.replaceChildren(
      head,
      ...ways.map(({ from, to, rows }) =>
        element(
          "section",
          { class: "way" },
          element("h3", {}, `From ${from} to ${to}`),
          element(
            "table",
            {},
            element(
              "tbody",
              {},
              ...rows.map(({ question, good, answer }) =>
                element(
                  "tr",
                  { class: good ? "good" : "bad" },
                  element("th", { scope: "row" }, question),
                  element(
                    "td",
                    {},
                    element("span", { class: "mark", "aria-hidden": "true" }, good ? "✓" : "✗"),
                    element("span", { class: "hidden" }, good ? "yes: " : "no: "),
                    answer,
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    );
    if (held >= 0) panel.querySelectorAll("select")[held]?.focus();
  }

  #drawDifferences(): void {
    const panel = this.#pane.querySelector("#differences")!;
    const [main, other] = [this.#states.get("main"), this.#states.get("other")];
    for (const side of ["main", "other"] as const) {
      const state = this.#states.get(side);
      this.#pictures[side].figure.querySelector("figcaption")!.textContent =
        state && other ? `Docker Engine ${state.release}` : "";
    }
    if (!main || !other || this.#pictures.other.figure.hidden) {
      panel.replaceChildren();
      return;
    }
    const found = differences(main.topology, other.topology);
    const names = new Set(found.map(({ thing }) => thing));
    this.#pictures.main.view.mark(names);
    this.#pictures.other.view.mark(names);
    const sameText = plain(this.#printed.main) === plain(this.#printed.other);
    panel.replaceChildren(
      element(
        "h3",
        {},
        found.length === 0 ? "Both releases have the same networks and containers." : "What differs",
      ),
      ...(found.length === 0
        ? []
        : [
            element(
              "ul",
              {},
              ...found.map((each) => element("li", {}, inWords(each, main.release, other.release))),
            ),
          ]),
      ...(this.#printed.main === "" && this.#printed.other === ""
        ? []
        : [
            element(
              "h3",
              {},
              sameText
                ? "The last command has printed the same on both."
                : "What the last command has printed",
            ),
            element(
              "div",
              { class: "outputs" },
              ...(sameText ? (["main"] as const) : (["main", "other"] as const)).map((side) =>
                element(
                  "figure",
                  {},
                  element("figcaption", {}, sameText ? "" : this.#states.get(side)!.release),
                  element(
                    "pre",
                    { tabindex: "0" },
                    ...marked(this.#printed[side], this.#printed[side === "main" ? "other" : "main"]),
                  ),
                ),
              ),
            ),
          ]),
    );
  }
}

const kinds: Readonly<Record<LogLine["kind"], string>> = {
  dns: "DNS",
  ping: "ping",
  tcp: "TCP",
  udp: "UDP",
  lost: "lost",
};

function lineText({ text, count }: LogLine): string {
  return count > 1 ? `${text} (${count} times)` : text;
}

function paragraphOf(text: string): HTMLElement {
  return element("p", { class: "faint" }, text);
}

/** Text without what differs between any two engines: ids, times, and the codes of colours. */
function plain(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin so
      .replace(/\u001b\[[\d;?]*[A-Za-z]/g, "")
      .replace(/\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b/g, "<id>")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "<time>")
      .replace(/\d+(\.\d+)? ?ms/g, "<duration>")
  );
}

/** The lines of a text, with those marked that the other one does not have. */
function marked(text: string, other: string): Node[] {
  const known = new Set(plain(other).split("\n"));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin so
  const lines = text.replace(/\u001b\[[\d;?]*[A-Za-z]/g, "").split("\n");
  return lines.flatMap((line) => [
    known.has(plain(line)) ? document.createTextNode(line) : element("mark", {}, line),
    document.createTextNode("\n"),
  ]);
}

function inWords({ thing, main, other }: Difference, one: string, two: string): string {
  return `${thing}: ${main} on ${one}, ${other} on ${two}`;
}
