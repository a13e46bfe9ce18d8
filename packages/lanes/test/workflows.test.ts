// The workflows, and the forms of issues.
import { readdirSync, readFileSync } from "node:fs";
import { validateWorkflow } from "@action-validator/core";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";

const folder = new URL("../../../.github/", import.meta.url);
const filesOf = (name: string) =>
  readdirSync(new URL(name, folder)).map((file): [string, string] => [
    file,
    readFileSync(new URL(`${name}/${file}`, folder), "utf8"),
  ]);

describe.each(filesOf("workflows"))("%s", (_, text) => {
  it("is a workflow", () => {
    expect(validateWorkflow(text).errors).toEqual([]);
  });
});

it("the check of workflows finds mistakes", () => {
  const [[, text] = ["", ""]] = filesOf("workflows");
  expect(validateWorkflow(text.replace("runs-on:", "run-on:")).errors).not.toEqual([]);
});

it("the release may sign where a package comes from", () => {
  const [, text = ""] = filesOf("workflows").find(([file]) => file === "release.yml") ?? [];
  const { jobs } = load(text) as { jobs: { release: { needs: string; permissions: object } } };
  expect(jobs.release).toMatchObject({ needs: "test", permissions: { "id-token": "write" } });
});

describe.each(filesOf("ISSUE_TEMPLATE").filter(([file]) => file !== "config.yml"))("%s", (_, text) => {
  it("is a form: each field has a type, a name of its own and a label", () => {
    const form = load(text) as {
      name: string;
      description: string;
      body: { type: string; id: string; attributes: { label: string; options?: string[] } }[];
    };
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    for (const { type, id, attributes } of form.body) {
      expect(["dropdown", "input", "textarea"]).toContain(type);
      expect(id).toMatch(/^\w+$/);
      expect(attributes.label).toMatch(/^[A-Z]/);
      expect(Array.isArray(attributes.options)).toBe(type === "dropdown");
    }
    const ids = form.body.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
