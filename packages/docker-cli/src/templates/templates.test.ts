import { describe, expect, it } from "vitest";
import { releases } from "../releases.js";
import { declareTypes } from "./declare-types.js";
import { executeTemplate } from "./execute.js";
import { templateFunctions } from "./functions.js";
import { parseTemplate, TemplateError } from "./parse-template.js";
import { type GoType, rawMapType } from "./types.js";

const types = declareTypes(
  `
inner = pkg.Inner { Port int; Tags []string }
outer = pkg.Outer {
  Name string; ID:Id string; On bool; Count int64; Ratio float64; Inner *inner; None *inner; Labels map[string]string
  List []inner; Since time; Wait duration; Any any; Empty? string
}
`,
  releases["28.5"],
);
const value = {
  Name: "web<1>",
  Id: "abcdef",
  On: true,
  Count: 3,
  Ratio: 0.5,
  Inner: { Port: 80, Tags: ["a", "b"] },
  None: null,
  Labels: { z: "1", a: "2" },
  List: [{ Port: 1 }, { Port: 2, Tags: ["x"] }],
  Since: "2024-01-02T03:04:05.6Z",
  Wait: 90_000_000_000,
  Any: { k: [1, "two", null] },
};

function run(text: string, type: GoType = types.outer!, missingKeyIsError = false): string {
  const template = parseTemplate("", text, (name) => templateFunctions.has(name));
  return executeTemplate(
    template,
    { type, value },
    {
      functions: templateFunctions,
      missingKeyIsError,
      rangesOverNumbers: true,
    },
  );
}

function problem(text: string, type?: GoType, missing?: boolean): string {
  try {
    return `printed ${run(text, type, missing)}`;
  } catch (error) {
    if (error instanceof TemplateError) return error.message;
    throw error;
  }
}

// What Go 1.24's text/template with docker's functions prints for the same.
describe("templates print", () => {
  it.each([
    ["plain", "plain"],
    ["{{.Name}} {{.ID}} {{.On}} {{.Count}} {{.Ratio}}", "web<1> abcdef true 3 0.5"],
    ["{{.Inner.Port}} {{.Inner}} {{.None}}", "80 {80 [a b]} <nil>"],
    ["{{.Labels}} {{.Labels.a}} {{.Labels.nope}}", "map[a:2 z:1] 2 <no value>"],
    ['{{index .Labels "nope"}}|{{index .List 1 | printf "%v"}}', "|{2 [x]}"],
    ["{{range $k, $v := .Labels}}{{$k}}={{$v}};{{end}}", "a=2;z=1;"],
    ["{{range .List}}{{.Port}}{{else}}none{{end}}", "12"],
    ["{{range .List}}{{if eq .Port 2}}{{break}}{{end}}{{.Port}}{{end}}", "1"],
    ["{{range .List}}{{if eq .Port 1}}{{continue}}{{end}}{{.Port}}{{end}}", "2"],
    ["{{range $i, $e := .List}}{{$i}}{{end}} {{range 3}}{{.}}{{end}}", "01 012"],
    ["{{with .None}}yes{{else}}no{{end}} {{with $x := .Inner}}{{$x.Port}}{{end}}", "no 80"],
    ["{{if and .On (gt .Count 2)}}a{{else if .None}}b{{else}}c{{end}}", "a"],
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .Name}}', "<web<1>>"],
    ["a {{- .Count -}} b{{/* comment */}}", "a3b"],
    [
      "{{json .Labels}} {{json .Inner}} {{json .Name}}",
      '{"a":"2","z":"1"} {"Port":80,"Tags":["a","b"]} "web<1>"',
    ],
    ["{{json .Any}} {{json .None}} {{json .Since}}", '{"k":[1,"two",null]} null "2024-01-02T03:04:05.6Z"'],
    [
      '{{join .Inner.Tags ","}} {{split "a-b" "-"}} {{upper .ID}} {{title "ab cd"}}',
      "a,b [a b] ABCDEF Ab Cd",
    ],
    ["{{truncate .ID 3}} {{pad .ID 1 2}}| {{len .List}} {{len .Labels}}", "abc  abcdef  | 2 2"],
    [
      '{{printf "%5d|%-5s|%05.1f|%q|%x|%T" .Count .ID .Ratio "x" 255 .Count}}',
      '    3|abcdef|000.5|"x"|ff|int64',
    ],
    [
      '{{printf "%d" "x"}} {{printf "%s %s" "x"}} {{printf "x" 1}}',
      "%!d(string=x) x %!s(MISSING) x%!(EXTRA int=1)",
    ],
    ['{{print 1 2 "x" 3}}|{{println "a" 1}}|', "1 2x3|a 1\n|"],
    ['{{html .Name}} {{js "a\'b<"}} {{urlquery "a b&c"}}', "web&lt;1&gt; a\\'b\\u003C a+b%26c"],
    ["{{.Wait}} {{.Since}}", "1m30s 2024-01-02 03:04:05.6 +0000 UTC"],
    ["{{not .On}} {{or .None .ID}} {{and .On .None}}", "false abcdef <nil>"],
    [
      '{{eq .ID "x" "abcdef"}} {{ne 1 2}} {{lt "a" "b"}} {{le 1 1}} {{ge 1.5 1.0}}',
      "true true true true true",
    ],
    ["{{slice .ID 1 3}} {{index .Inner.Tags 0}} {{(index .List 0).Port}}", "bc a 1"],
    ["{{$x := 1}}{{if .On}}{{$x = 2}}{{end}}{{$x}}", "2"],
    ["{{1_000}} {{0x10}} {{'a'}} {{1.5}} {{true}}", "1000 16 97 1.5 true"],
    ['{{"a\\tb"}} {{`raw\\n`}}', "a\tb raw\\n"],
    ['{{.ID | printf "%s-%s" .Name}}', "web<1>-abcdef"],
  ])("%s", (text, expected) => {
    expect(run(text)).toBe(expected);
  });
});

describe("templates refuse", () => {
  it.each([
    ["{{.", 'template: :1: illegal number syntax: "."'],
    ["{{.Name", "template: :1: unclosed action"],
    ["{{nope}}", 'template: :1: function "nope" not defined'],
    ["{{if .On}}", "template: :1: unexpected EOF"],
    ["{{end}}", "template: :1: unexpected {{end}}"],
    ["{{break}}", "template: :1: {{break}} outside {{range}}"],
    ["{{$x}}", 'template: :1: undefined variable "$x"'],
    ["{{}}", "template: :1: missing value for command"],
    ["{{(.On}}", "template: :1: unclosed left paren"],
    ['{{"abc}}', "template: :1: unterminated quoted string"],
    ["{{.On | 3}}", "template: :1: non executable command in pipeline stage 2"],
    ["{{3.x}}", 'template: :1: bad number syntax: "3.x"'],
    ["{{.Nope}}", `template: :1:2: executing "" at <.Nope>: can't evaluate field Nope in type pkg.Outer`],
    [
      "a\n {{.Inner.Nope}}",
      `template: :2:9: executing "" at <.Inner.Nope>: can't evaluate field Nope in type *pkg.Inner`,
    ],
    [
      "{{.None.Port}}",
      `template: :1:7: executing "" at <.None.Port>: nil pointer evaluating *pkg.Inner.Port`,
    ],
    ["{{.Name.x}}", `template: :1:7: executing "" at <.Name.x>: can't evaluate field x in type string`],
    [
      "{{index .List 5}}",
      `template: :1:2: executing "" at <index .List 5>: error calling index: index out of range: 5`,
    ],
    ["{{len 3}}", `template: :1:2: executing "" at <len 3>: error calling len: len of type int`],
    ["{{upper 3}}", `template: :1:8: executing "" at <3>: expected string; found 3`],
    ["{{upper}}", `template: :1:2: executing "" at <upper>: wrong number of args for upper: want 1 got 0`],
    [
      '{{eq 1 "a"}}',
      `template: :1:2: executing "" at <eq 1 "a">: error calling eq: incompatible types for comparison`,
    ],
    ["{{range .On}}{{end}}", `template: :1:8: executing "" at <.On>: range can't iterate over true`],
    ['{{template "x"}}', `template: :1:11: executing "" at <{{template "x"}}>: template "x" not defined`],
    [
      "{{.Name 3}}",
      `template: :1:2: executing "" at <.Name>: Name has arguments but cannot be invoked as function`,
    ],
  ])("%s", (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it("a key that is not there, in an answer as it is", () => {
    expect(problem("{{.Nope}}", rawMapType, true)).toBe(
      'template: :1:2: executing "" at <.Nope>: map has no entry for key "Nope"',
    );
  });
});
