// What a person got wrong, in one sentence that says what to do; the command prints it and exits with 2.

export class Mistake extends Error {
  override readonly name = "Mistake";
}

const MISTAKE = 2;

/** Gives the command's exit code, or 2 with a mistake's sentence on stderr; what nobody named is thrown on. */
export async function tellingMistakes(command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    console.error(error.message);
    return MISTAKE;
  }
}
