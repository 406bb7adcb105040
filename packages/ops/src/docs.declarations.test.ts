import { describe, expect, it } from "vitest";
import { declarationOf, namesIn, typeText } from "../../../scripts/docs/declarations.ts";
import { fieldsOf } from "../../../scripts/docs/fields.ts";

describe("what is read of a type's declaration", () => {
  const read = (text: string, name: string) => {
    const declaration = declarationOf(text, name);
    if (declaration === undefined) throw new Error(`There is no type ${name}.`);
    return declaration;
  };

  it("is its fields with their comments, those spelled out within it by their paths", () => {
    const text = `/** Seconds. */
export type A = { id: string } & B<"x", number[]> & {
  /** When it
   * goes on. */
  pause: { resumesAt: number | null } | null;
  // not told
  lines?: readonly { price: string }[];
};`;
    expect(fieldsOf([read(text, "A")])).toBe(`**A**: Seconds.

| Field | Type | Unit | What it says |
| --- | --- | --- | --- |
| \`id\` | \`string\` |  |  |
| \`pause\` | \`object \\| null\` |  | When it goes on. |
| \`pause.resumesAt\` | \`number \\| null\` | seconds since the epoch |  |
| \`lines?\` | \`object[]\` |  |  |
| \`lines[].price\` | \`string\` |  |  |`);
  });

  it("is written as it was, with the names it mentions", () => {
    const { type } = read(`type A =\n  | ("open" | B<C>)[]\n  | Record<string, D[]>;`, "A");
    expect(typeText(type)).toBe('("open" | B<C>)[] | Record<string, D[]>');
    expect(namesIn(type)).toEqual(['"open"', "B", "C", "Record", "string", "D"]);
  });

  it("may have a comment before each of its alternatives", () => {
    const text = 'type A =\n  /** One. */\n  | "one"\n  /** Another. */\n  | "other";';
    expect(typeText(read(text, "A").type)).toBe('"one" | "other"');
  });

  it("has the parameters of its methods", () => {
    const text = "type A = {\n  one<N extends B>(id: N, after?: string): Promise<N>;\n  none(): void;\n};";
    const { type } = read(text, "A");
    if (type.kind !== "object") throw new Error("It is an object.");
    expect(type.members.map(({ name, parameters }) => [name, parameters])).toEqual([
      ["one", ["id", "after"]],
      ["none", []],
    ]);
  });

  it.each([
    ["a function", "type A = () => void;"],
    ["an index signature", "type A = { [name: string]: B };"],
    ["a type of a value", "type A = typeof B;"],
    ["an indexed type", 'type A = B["c"];'],
    ["a template", "type A = `a$" + "{B}`;"],
    ["an end that never comes", "type A = { b: string"],
  ])("is refused where it is %s", (_, text) => {
    expect(() => declarationOf(text, "A")).toThrow("Line 1 is written in a way that");
  });

  it("is nothing where the name is only part of another", () => {
    expect(declarationOf("type AB = string;", "A")).toBeUndefined();
  });

  it("is refused where a number has no unit", () => {
    expect(() => fieldsOf([read("type A = { height: number };", "A")])).toThrow("A.height is a number");
    expect(fieldsOf([read("type A = {\n  /** Metres. */\n  height: number;\n};", "A")])).toContain("Metres.");
  });
});
