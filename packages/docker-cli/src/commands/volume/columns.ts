// What lists of volumes show.
import type { Volume } from "@dryharbor/sdk/port";
import { type Columns, textMethod } from "../../format/table.js";
import { labelText } from "../../format/texts.js";
import { humanSize } from "../../format/units.js";

const notKnown = "N/A";

export const volumeColumns: Columns<Volume> = {
  name: "*formatter.volumeContext",
  columns: {
    Name: ["VOLUME NAME", ({ Name }) => Name],
    Driver: ["DRIVER", ({ Driver }) => Driver],
    Scope: ["SCOPE", ({ Scope }) => Scope],
    Mountpoint: ["MOUNTPOINT", ({ Mountpoint }) => Mountpoint],
    Labels: ["LABELS", ({ Labels }) => labelText(Labels)],
    Links: ["LINKS", ({ UsageData }) => (UsageData ? String(UsageData.RefCount) : notKnown)],
    Size: ["SIZE", ({ UsageData }) => (UsageData ? humanSize(UsageData.Size) : notKnown)],
    // Of volumes of a swarm's own, which the engines here have none of.
    Group: ["GROUP", () => notKnown, { since: "26.1" }],
    Availability: ["AVAILABILITY", () => notKnown, { since: "26.1" }],
    Status: ["STATUS", () => notKnown, { since: "26.1" }],
  },
  methods: { Label: textMethod<Volume>(({ Labels }, key) => Labels?.[key] ?? "") },
};
