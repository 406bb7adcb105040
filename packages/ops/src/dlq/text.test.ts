import { describe, expect, it } from "vitest";
import { aligned, printable } from "./text.ts";

describe("text for a terminal", () => {
  it("stands in columns, with nothing behind the last", () => {
    expect(
      aligned([
        ["a", "bbb", ""],
        ["cc", "d", ""],
      ]),
    ).toBe("a   bbb\ncc  d");
  });

  it("lets no escape sequence of a message through", () => {
    expect(aligned([["\u001b[2Jgone\r\nnext", "\u009b1m"]])).toBe(" [2Jgone  next   1m");
    expect(printable("a\u001b]0;x\u0007\n\tb")).toBe("a ]0;x \n\tb");
  });
});
