// From arguments to an exit code; a mistake is told in one sentence.
import { interruption } from "../interrupt.ts";
import { tellingMistakes } from "../mistake.ts";
import { asMistake } from "./failure.ts";
import { listCommand, showCommand } from "./list.ts";
import { moveCommand } from "./move.ts";
import { type Options, readOptions, USAGE } from "./options.ts";
import { redriveCommand } from "./redrive-command.ts";
import { openStage, type Stage } from "./stage.ts";

const SUCCESS = 0;
const INTERRUPTED = 130;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Gives the exit code: 0, 1 where a message could not be redriven or was parked again, 2 for a mistake, 130 when
 * interrupted.
 */
export function main(args: string[], env: Environment): Promise<number> {
  return tellingMistakes(async () => {
    const options = readOptions(args);
    if (options.command !== "help") return run(options.command, options, env);
    console.log(USAGE);
    return SUCCESS;
  });
}

const COMMANDS = { list: listCommand, show: showCommand, redrive: redriveCommand, move: moveCommand };

async function run(command: keyof typeof COMMANDS, options: Options, env: Environment): Promise<number> {
  const interrupt = interruption();
  let stage: Stage | undefined;
  try {
    stage = await openStage(options.where, env);
    const code = await COMMANDS[command](stage, options, interrupt.signal);
    return interrupt.signal.aborted ? INTERRUPTED : code;
  } catch (error) {
    throw asMistake(error, stage);
  } finally {
    interrupt.release();
    stage?.close();
  }
}
