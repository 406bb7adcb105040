// Ctrl-C once ends a run cleanly, with its report; twice ends it at once.

export type Interruption = {
  signal: AbortSignal;
  /** Resolves when the run was interrupted. */
  happened: Promise<void>;
  release(): void;
};

const INTERRUPTED = 130;

export function interruption(): Interruption {
  const controller = new AbortController();
  const happened = new Promise<void>((resolve) =>
    controller.signal.addEventListener("abort", () => resolve()),
  );
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const release = () => {
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  };
  return { signal: controller.signal, happened, release };
}
