// A doubly linked list whose links are members of its items: appending and unlinking cost the same at any length.

export type Linked<T> = { first: T | undefined; last: T | undefined };
type Linkable<T> = { previous: T | undefined; next: T | undefined };

/** An empty list. */
export function linked<T>(): Linked<T> {
  return { first: undefined, last: undefined };
}

/** The item must be in no list: its links are overwritten. */
export function append<T extends Linkable<T>>(list: Linked<T>, item: T): void {
  item.previous = list.last;
  item.next = undefined;
  if (list.last) list.last.next = item;
  list.first ??= item;
  list.last = item;
}

/** The item must be in this list; appending it again makes it the last. */
export function unlink<T extends Linkable<T>>(list: Linked<T>, item: T): void {
  if (item.previous) item.previous.next = item.next;
  if (item.next) item.next.previous = item.previous;
  if (list.first === item) list.first = item.next;
  if (list.last === item) list.last = item.previous;
  item.previous = undefined;
  item.next = undefined;
}
