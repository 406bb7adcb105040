// Which settings one stage gets, from what a team sets and what is told for it, all of them checked.
import { checkNames, checkSettings } from "./checks.ts";
import { DEFAULTS, type Settings, STAGES, type StageSettings } from "./settings.ts";
import { checkStageName, kindOf } from "./stage-name.ts";

/**
 * The settings of a stage: what is told here, else what STAGES says of it by name, else of its kind, else the default.
 * @throws Error with one sentence for the first setting that is wrong.
 */
export function settingsOf(
  stage: string,
  told: StageSettings = {},
  stages: Readonly<Record<string, StageSettings>> = STAGES,
): Settings {
  for (const name of [stage, ...Object.keys(stages)]) checkStageName(name);
  const kind = kindOf(stage);
  const own = Object.hasOwn(stages, stage) ? stages[stage] : {};
  const set = { ...stages[kind], ...own, ...told };
  checkNames(Object.keys(set));
  const all = { ...DEFAULTS, ...set };
  const settings: Settings = { ...all, stage, kind, webhook: all.webhook ?? all.source === null };
  checkSettings(settings);
  return settings;
}

/**
 * Settings from JSON, such as `STAGE_SETTINGS` of the environment or of `.env.<stage>` holds; none where it is empty.
 * @throws Error with one sentence where it is no JSON object.
 */
export function toldIn(text: string | undefined): StageSettings {
  if (!text) return {};
  const told = parsed(text);
  if (typeof told === "object" && told !== null && !Array.isArray(told)) return told;
  throw new Error(
    `STAGE_SETTINGS must be a JSON object of settings, such as {"lanes":8}; got ${oneLine(text)}.`,
  );
}

/** Characters of a wrong text that are shown. */
const LONGEST_SHOWN = 100;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
