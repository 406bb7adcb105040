// Who may be parked: only what was made bad, and what had the bad luck to be alone in two processes that vanished.
import type { Message, ParkNote } from "@stripe-lanes/core/ports";
import type { Checks } from "./checks.ts";
import { type BadInputs, eventIn } from "./inputs.ts";
import type { Process, WorkerListener } from "./worker.ts";
import type { World } from "./world.ts";

/** Deaths after which an event counts as one that kills (D8). */
const MOST_DEATHS = 2;

export function innocence(
  world: World,
  deserved: Pick<BadInputs, "deserves">[],
  checks: Checks,
): Pick<WorkerListener, "noted" | "withdrew" | "vanished" | "parked"> {
  const alone = new Map<Process, Set<string>>();
  const deaths = new Map<string, number>();
  const wasUnlucky = ({ eventId = "", reason }: ParkNote) =>
    reason === "crash" && (deaths.get(eventId) ?? 0) >= MOST_DEATHS;
  return {
    noted(process, ledgerKey) {
      const noted = alone.get(process) ?? new Set();
      alone.set(process, noted.add(eventIn(ledgerKey)));
    },
    withdrew: (process, ledgerKey) => void alone.get(process)?.delete(eventIn(ledgerKey)),
    vanished(process) {
      for (const event of alone.get(process) ?? []) deaths.set(event, (deaths.get(event) ?? 0) + 1);
      alone.delete(process);
    },
    parked(message: Message, note: ParkNote) {
      world.tell(`parked ${note.eventId ?? message.id} as ${note.reason}`);
      if (deserved.some(({ deserves }) => deserves(note)) || wasUnlucky(note)) return;
      checks.violated("no innocent is parked", `${note.eventId} was parked as ${note.reason}: ${note.error}`);
    },
  };
}
