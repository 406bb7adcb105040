// What a person got wrong, in one sentence that says what to do; the command prints it and exits with 2.

export class Mistake extends Error {
  override readonly name = "Mistake";
}
