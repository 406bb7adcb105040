// Shows how far a run is: a bar on a terminal, a line now and then elsewhere; always on stderr.

const WIDTH = 30;
/** Milliseconds between two looks. */
const ON_TERMINAL = 100;
const ELSEWHERE = 2_000;

export type Progress = { stop(): void };

export type Standing = {
  done: number;
  total: number;
  /** What is counted, and became of it; deliveries settled where nothing is said. */
  what?: string;
};

export function showProgress(state: () => Standing, stream: NodeJS.WriteStream): Progress {
  const show = () => {
    const { done, total, what = "deliveries settled" } = state();
    const told = `${done} of ${total} ${what}`;
    if (stream.isTTY) stream.write(`\r\x1b[2K${barOf(done, total)} ${told}`);
    else if (total > 0) stream.write(`${told}\n`);
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
  return `${"█".repeat(filled)}${"░".repeat(WIDTH - filled)}`;
}
