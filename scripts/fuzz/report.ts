// What a run of the fuzz came to, for people.
import type { FuzzReport } from "./run.ts";

/** Characters of an input that are printed. */
const LONGEST = 2_000;

export function reportText({ requests, bodies, violations }: FuzzReport): string {
  const { accepted, refused, tooLarge, claimChecks, toFunction } = requests;
  const ended = Object.entries(bodies).map(([outcome, count]) => `${told(count)} ${outcome}`);
  return [
    `webhook   ${told(accepted + refused + tooLarge)} requests: ${told(accepted)} accepted, ${told(claimChecks)} of them with a claim check; ${told(refused)} refused, ${told(tooLarge)} too large; ${told(toFunction)} sent to the function too`,
    `worker    ${told(Object.values(bodies).reduce((sum, count) => sum + count, 0))} bodies: ${ended.join(", ")}`,
    ...violations.flatMap(({ of, wrong, input }) => [`violation a ${of}: ${wrong}`, input.slice(0, LONGEST)]),
    `${violations.length} violations`,
  ].join("\n");
}

function told(count: number): string {
  return count.toLocaleString("en");
}
