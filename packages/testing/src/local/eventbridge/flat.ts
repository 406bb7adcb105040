// Flattens an event into its leaves, once for all rules: path → values, each with the array elements around it.

export type Scalar = string | number | boolean | null;

/** Array → index of the element that a leaf lies in. Arrays are numbered as they are met. */
export type Places = ReadonlyMap<number, number>;
export type Leaf = { readonly value: Scalar; readonly places: Places };
export type FlatEvent = ReadonlyMap<string, readonly Leaf[]>;

type Walk = { leaves: Map<string, Leaf[]>; arrays: number };

export const NOWHERE: Places = new Map();

/** The leaves of an event by their paths, with dots between; an empty array or object has none. */
export function flatten(event: object): FlatEvent {
  const walk: Walk = { leaves: new Map(), arrays: 0 };
  addMembers(walk, "", event, NOWHERE);
  return walk.leaves;
}

/** Whether it is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The path of a member; the event itself has the path "". */
export function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function addMembers(walk: Walk, path: string, object: object, places: Places) {
  for (const [key, value] of Object.entries(object)) add(walk, join(path, key), value, places);
}

function add(walk: Walk, path: string, value: unknown, places: Places) {
  if (Array.isArray(value)) addElements(walk, path, value, places);
  else if (isObject(value)) addMembers(walk, path, value, places);
  else addLeaf(walk, path, { value: value as Scalar, places });
}

function addElements(walk: Walk, path: string, elements: readonly unknown[], places: Places) {
  const array = walk.arrays++;
  for (const [index, element] of elements.entries()) {
    // A scalar is a value of the array's own path: only objects and arrays tie what they hold to an element.
    const within = element instanceof Object ? new Map(places).set(array, index) : places;
    add(walk, path, element, within);
  }
}

function addLeaf(walk: Walk, path: string, leaf: Leaf) {
  const leaves = walk.leaves.get(path);
  if (leaves) leaves.push(leaf);
  else walk.leaves.set(path, [leaf]);
}
