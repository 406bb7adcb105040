import { describe, expect, it } from "vitest";
import { readOptions } from "../options.ts";
import { hasToken, newSigningSecret, newToken, signingSecrets } from "./credentials.ts";

describe("the token of a run", () => {
  const token = newToken();

  it("is another one each time", () => {
    expect(token).toMatch(/^[\da-f]{32}$/);
    expect(newToken()).not.toBe(token);
  });

  it.each([`Bearer ${token}`, `bearer ${token}`, `Bearer  ${token} `])("is carried by %j", (header) => {
    expect(hasToken(header, token)).toBe(true);
  });

  it.each([
    undefined,
    "",
    "Bearer",
    "Bearer ",
    token,
    `Basic ${token}`,
    `Bearer ${token}0`,
    `Bearer ${token.slice(1)}`,
    `Bearer ${token.toUpperCase()}x`,
    `Bearer ${token} ${token}`,
    `Bearer ${token},Bearer ${token}`,
  ])("is not carried by %j", (header) => {
    expect(hasToken(header, token)).toBe(false);
  });
});

describe("a signing secret", () => {
  it("of the run's own is one that the option takes", () => {
    const secret = newSigningSecret();
    expect(signingSecrets("--webhook-secret", secret)).toEqual([secret]);
  });

  it("may stand among several, with a line end behind", () => {
    expect(signingSecrets("WEBHOOK_SECRET", "whsec_a, whsec_b\n")).toEqual(["whsec_a", "whsec_b"]);
  });

  it.each(["", "x", "whsec_", "sk_test_1", "whsec_a b", "whsec_a,", "whsec_a;whsec_b", "WHSEC_A"])(
    "is not %j, which is told in one sentence that does not repeat it",
    (text) => {
      expect(() => signingSecrets("--webhook-secret", text)).toThrow(
        expect.objectContaining({
          name: "Mistake",
          message:
            "--webhook-secret takes a signing secret as stripe listen --print-secret prints it: whsec_… (several with commas between).",
        }),
      );
    },
  );
});

describe("the secrets that npm start is told", () => {
  const env = { WEBHOOK_SECRET: "whsec_env" };

  it("are the option's, else the environment's", () => {
    expect(readOptions(["--webhook-secret", "whsec_a,whsec_b"], env).webhookSecrets).toEqual([
      "whsec_a",
      "whsec_b",
    ]);
    expect(readOptions([], env).webhookSecrets).toEqual(["whsec_env"]);
    expect(readOptions([]).webhookSecrets).toEqual([]);
  });

  it("are a usage error where one is wrong, named by where it was told", () => {
    expect(() => readOptions(["--webhook-secret", "sk_test_1"])).toThrow(
      /^--webhook-secret takes a signing secret/,
    );
    expect(() => readOptions([], { WEBHOOK_SECRET: "sk_test_1" })).toThrow(
      /^WEBHOOK_SECRET takes a signing secret/,
    );
  });

  it("have no use with --exit: the option is a usage error, and the environment is not looked at", () => {
    expect(() => readOptions(["--exit", "--webhook-secret", "whsec_a"])).toThrow(
      "--webhook-secret goes with a run that stays up: leave out --exit.",
    );
    expect(readOptions(["--exit"], { WEBHOOK_SECRET: "sk_test_1" }).webhookSecrets).toEqual([]);
  });
});
