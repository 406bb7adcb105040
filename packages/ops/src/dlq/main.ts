// From arguments to an exit code.
import { runCommand } from "../command.ts";
import { interruption } from "../interrupt.ts";
import { discardCommand } from "./discard.ts";
import { exportCommand } from "./export.ts";
import { asMistake } from "./failure.ts";
import { listCommand } from "./list.ts";
import { moveCommand } from "./move.ts";
import { type Options, readOptions } from "./options.ts";
import { previewCommand } from "./preview.ts";
import { redriveCommand } from "./redrive-command.ts";
import { showCommand } from "./show.ts";
import { openStage, type Stage } from "./stage.ts";
import { USAGE } from "./usage.ts";

const INTERRUPTED = 130;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives the exit code: 0, 1 where a message was not redriven or discarded, or was parked again, 2 for a usage error,
 * 130 when interrupted.
 */
export function main(args: string[], env: Environment): Promise<number> {
  return runCommand({ usage: USAGE, run: (given) => run(readOptions(given), env) }, args);
}

const COMMANDS = {
  list: listCommand,
  show: showCommand,
  redrive: redriveCommand,
  move: moveCommand,
  discard: discardCommand,
  export: exportCommand,
};

async function run(options: Options, env: Environment): Promise<number> {
  const interrupt = interruption();
  let stage: Stage | undefined;
  try {
    stage = await openStage(options.where, env);
    const perform = options.dryRun ? previewCommand : COMMANDS[options.command];
    const code = await perform(stage, options, interrupt.signal);
    return interrupt.signal.aborted ? INTERRUPTED : code;
  } catch (error) {
    throw asMistake(error, stage);
  } finally {
    interrupt.release();
    stage?.close();
  }
}
