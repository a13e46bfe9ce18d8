import { EngineError } from "@dryharbor/sdk/port";
import { draw, mermaid, reachability, reachabilityTable, svg, topology } from "@dryharbor/sdk/topology";
import { Problem } from "../problem.js";
import { type Answered, type ControlRoute, json, jsonType } from "../route.js";
import { ref } from "../shapes.js";

const plainText = "text/plain; charset=utf-8";
const text = { type: "string" } as const;
const list = (what: string, pattern: string) => ({ type: "string", pattern, description: what }) as const;

export const pictureRoutes: readonly ControlRoute[] = [
  {
    method: "GET",
    path: "/topology",
    id: "topology",
    command: "topology",
    summary: "Shows networks and containers as they are now",
    query: { format: { type: "string", enum: ["json", "mermaid", "svg", "text"], default: "json" } },
    answers: {
      status: 200,
      content: {
        [jsonType]: ref("Topology"),
        "text/vnd.mermaid; charset=utf-8": text,
        "image/svg+xml": text,
        [plainText]: text,
      },
    },
    async perform({ engine }, { query }) {
      const seen = await topology(engine);
      switch (query.format) {
        case "mermaid":
          return drawn(mermaid(seen), "text/vnd.mermaid; charset=utf-8");
        case "svg":
          return drawn(svg(seen), "image/svg+xml");
        case "text":
          return drawn(draw(seen), plainText);
        default:
          return json(seen);
      }
    },
  },
  {
    method: "GET",
    path: "/reachability",
    id: "reachability",
    command: "reachability",
    summary: "Shows which containers resolve and reach which others now",
    query: {
      containers: list(
        "names or ids of containers, with commas between them",
        "^[^,]{1,255}(,[^,]{1,255}){0,999}$",
      ),
      ports: list("TCP ports, with commas between them", "^[0-9]{1,5}(,[0-9]{1,5}){0,99}$"),
      format: { type: "string", enum: ["json", "text"], default: "json" },
    },
    answers: { status: 200, content: { [jsonType]: ref("Reachability"), [plainText]: text } },
    problems: ["not-found"],
    async perform({ engine }, { query: { containers, ports, format } }) {
      const tried = ports?.split(",").map(Number);
      const wrong = tried?.find((port) => port < 1 || port > 65_535);
      if (wrong !== undefined)
        throw new Problem("invalid", `there is no port ${wrong}: give one from 1 to 65535`);
      try {
        const seen = await reachability(engine, {
          ...(containers !== undefined && { containers: containers.split(",") }),
          ...(tried && { ports: tried }),
        });
        return format === "text" ? drawn(reachabilityTable(seen), plainText) : json(seen);
      } catch (error) {
        if (!(error instanceof EngineError && error.status === 404)) throw error;
        throw new Problem("not-found", error.message, {}, { cause: error });
      }
    },
  },
];

function drawn(picture: string, type: string): Answered {
  return { status: 200, text: picture, type };
}
