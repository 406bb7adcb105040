// How a part of a row is written down in the table (D13): only what neither the row nor the part beside it says already.
import { canonical, type Json } from "./json.ts";
import type { Part, Remembered, State } from "./part.ts";
import type { Row } from "./row.ts";

/** A part as it is kept: what equals the default, or the state beside it, is left out to stay under one write unit. */
export type PartItem = Pick<Part, "second" | "rank"> & {
  /** Of its source, where that is not the row's own. An id is never a key here: it may be `__proto__`. */
  id?: string;
  via?: "fetch";
  finality?: Exclude<Part["finality"], "open">;
  deleted?: true;
  tie?: true;
  crowd?: Part["crowd"];
  until?: number;
  state?: State;
  told: RememberedItem[];
};

type RememberedItem = {
  event: string;
  found?: string;
  /** Its members that the part's state has otherwise, and the names of those that it lacks: most are the same. */
  state?: State;
  lacks?: string[];
  deleted?: true;
  raw?: Uint8Array;
};

export function partItem(id: string, part: Part, row: Row): PartItem {
  const { via, finality, second, rank, state, deleted, tie, crowd, until } = part;
  return {
    ...(id === row.identity.id ? {} : { id }),
    second,
    rank,
    ...(via === "fetch" ? { via } : {}),
    ...(finality === "open" ? {} : { finality }),
    ...(deleted ? { deleted } : {}),
    ...(tie ? { tie } : {}),
    ...(crowd === undefined ? {} : { crowd }),
    ...(until === undefined ? {} : { until }),
    ...(state === row.state ? {} : { state }),
    told: part.remembered.map((remembered) => rememberedItem(remembered, state)),
  };
}

function rememberedItem({ event, found, state, deleted, raw }: Remembered, partState: State): RememberedItem {
  return {
    event,
    ...(found === null ? {} : { found }),
    ...(state === partState ? {} : differenceOf(state, partState)),
    ...(deleted ? { deleted } : {}),
    ...(raw instanceof Uint8Array ? { raw } : {}),
  };
}

function differenceOf(state: State, from: State): Pick<RememberedItem, "state" | "lacks"> {
  const changed = Object.entries(state).filter(([name, value]) => {
    return !Object.hasOwn(from, name) || canonical(from[name] as Json) !== canonical(value);
  });
  const lacks = Object.keys(from).filter((name) => !Object.hasOwn(state, name));
  return { state: Object.fromEntries(changed), ...(lacks.length > 0 ? { lacks } : {}) };
}

function stateOf({ state, lacks = [] }: RememberedItem, from: State): State {
  if (state === undefined) return from;
  const same = Object.entries(from).filter(([name]) => !lacks.includes(name));
  return { ...Object.fromEntries(same), ...state };
}

export function partOf(item: PartItem, rowState: State): Part {
  const state = item.state ?? rowState;
  return {
    via: item.via ?? "event",
    finality: item.finality ?? "open",
    second: item.second,
    rank: item.rank,
    state,
    deleted: item.deleted ?? false,
    tie: item.tie ?? false,
    ...(item.crowd === undefined ? {} : { crowd: item.crowd }),
    ...(item.until === undefined ? {} : { until: item.until }),
    remembered: item.told.map((told) => ({
      event: told.event,
      found: told.found ?? null,
      state: stateOf(told, state),
      deleted: told.deleted ?? false,
      ...(told.raw && { raw: told.raw }),
    })),
  };
}
