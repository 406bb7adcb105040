// SVG as text: every word escaped, every coordinate short.

export type Attributes = Record<string, string | number>;

export function element(name: string, attributes: Attributes, inner?: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(short(value))}"`);
  const open = `<${name}${written.join("")}`;
  return inner === undefined ? `${open}/>` : `${open}>${inner}</${name}>`;
}

export function words(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escaped(text));
}

export function rectangle(x: number, y: number, width: number, height: number, kind: string): string {
  return element("rect", { x, y, width, height, class: kind });
}

/** From point to point. */
export function path(points: [x: number, y: number][], kind: string): string {
  const d = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${short(x)} ${short(y)}`).join("");
  return element("path", { d, class: kind });
}

export function straight(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return element("path", { d: `M${short(x1)} ${short(y1)}L${short(x2)} ${short(y2)}`, class: kind });
}

/** Its parts, moved there together. What it says is what a pointer or a reader is told of them. */
export function group(x: number, y: number, parts: string[], says?: string): string {
  const title = says === undefined ? [] : [element("title", {}, escaped(says))];
  return element(
    "g",
    { transform: `translate(${short(x)} ${short(y)})` },
    `\n${[...title, ...parts].join("\n")}\n`,
  );
}

const NAMED: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => NAMED[sign] ?? sign);
}

function short(value: string | number): string {
  return typeof value === "string" ? value : String(Number(value.toFixed(1)));
}
