// Metadata as objects have it, and as requests change it: keys are added or replaced, and null takes one away.

export type Metadata = Readonly<Record<string, string>>;

export type MetadataChanges = { readonly [key: string]: string | null };

export function withMetadata(metadata: Metadata, changes: MetadataChanges): Metadata {
  const kept = Object.entries({ ...metadata, ...changes }).filter(([, value]) => value !== null);
  return Object.fromEntries(kept) as Metadata;
}
