import { describe, expect, it } from "vitest";
import { checkStageName, kindOf } from "./stage-name.ts";

function refusal(stage: string): string {
  try {
    checkStageName(stage);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

/** The kind that a refusal says to type. */
const meantBy = (stage: string) => /: type (\w+), /.exec(refusal(stage))?.[1];

const LIKE_PRODUCTION = [
  ["in other cases", "Production PRODUCTION PROD Prod Live MAIN"],
  ["abbreviated", "prod prd produ prods live"],
  [
    "with a typing error",
    "producton produciton prodcution productoin prodution produktion productions proudction",
  ],
  ["as a branch", "main master trunk release release-2 main-eu mainline"],
  [
    "of a region or a team",
    "prod-eu prod-1 prod2 prodEU production-eu eu-production acme-prod acme-live live-eu",
  ],
  ["with hyphens in it", "pro-duction prod-uction"],
  ["inside of a name", "my-production-2 europroduction"],
] as const;

const LIKE_STAGING = [
  ["in other cases", "Staging STAGING Stage STG"],
  ["abbreviated", "stage stg stag preprod"],
  ["with a typing error", "stagin stagng stagging stagign tsaging satging"],
  ["of a region or a team", "staging-eu stage-1 stage2 stg-eu acme-stg acme-staging staging2"],
] as const;

describe("a stage's name that reads like production", () => {
  it.each(LIKE_PRODUCTION)("%s is refused with what to type", (_, names) => {
    const meant = names.split(" ").map((name) => [name, meantBy(name)]);
    expect(meant).toEqual(names.split(" ").map((name) => [name, "production"]));
  });
});

describe("a stage's name that reads like staging", () => {
  it.each(LIKE_STAGING)("%s is refused with what to type", (_, names) => {
    const meant = names.split(" ").map((name) => [name, meantBy(name)]);
    expect(meant).toEqual(names.split(" ").map((name) => [name, "staging"]));
  });
});

it("every name of production and staging with one letter missing, doubled or swapped is refused", () => {
  for (const kind of ["production", "staging"]) {
    for (let at = 0; at < kind.length; at++) {
      const [before, letter, after] = [kind.slice(0, at), kind.charAt(at), kind.slice(at + 1)];
      for (const name of [before + after, before + letter + letter + after, `${before}x${after}`]) {
        expect([name, meantBy(name)]).toEqual([name, kind]);
      }
    }
  }
});

describe("a personal stage's name", () => {
  it.each(
    "anna ada bob dev Dev pr-123 PR-7 proda my-stage ada-stage test sandbox preview-12 feature-login fix-live-2-bug oliver olive delivery mainz stan sage string proto product-team demo qa local personal jose-maria".split(
      " ",
    ),
  )("is %s", (stage) => {
    expect([refusal(stage), kindOf(stage)]).toEqual(["", "personal"]);
  });
});

it("production and staging are what they say", () => {
  expect(["production", "staging"].map((stage) => [refusal(stage), kindOf(stage)])).toEqual([
    ["", "production"],
    ["", "staging"],
  ]);
});
