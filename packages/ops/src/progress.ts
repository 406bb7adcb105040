// Shows how far a run is: a bar on a terminal, a line now and then elsewhere; always on stderr.

const WIDTH = 30;
/** Milliseconds between two looks. */
const ON_TERMINAL = 100;
const ELSEWHERE = 2_000;

export type Progress = { stop(): void };

/** `done` and `total` are deliveries. */
export function showProgress(
  state: () => { done: number; total: number },
  stream: NodeJS.WriteStream,
): Progress {
  const show = () => {
    const { done, total } = state();
    if (stream.isTTY) stream.write(`\r\x1b[2K${barOf(done, total)}`);
    else if (total > 0) stream.write(`${done} of ${total} deliveries settled\n`);
  };
  const timer = setInterval(show, stream.isTTY ? ON_TERMINAL : ELSEWHERE);
  return {
    stop() {
      clearInterval(timer);
      if (stream.isTTY) stream.write("\r\x1b[2K");
    },
  };
}

function barOf(done: number, total: number): string {
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  return `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)} ${done} of ${total} deliveries settled`;
}
