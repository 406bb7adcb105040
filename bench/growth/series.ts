// One thing that grows, and what is measured of ours at each of its sizes.
import { FIGURES, type Growth, type Sample } from "../results.ts";
import { median } from "../statistics.ts";

export type Series = Omit<Growth, "points"> & {
  at: readonly number[];
  /** @throws Error when it cannot be measured, or what is measured is wrong */
  measured(at: number): Promise<Omit<Growth["points"][number], "at">>;
};

/** The median of each figure; null where one of the samples has none. @throws RangeError when there are none. */
export function medianOf(samples: readonly Sample[]): Sample {
  const figures = FIGURES.map((figure) => {
    const values = samples.map((sample) => sample[figure]);
    const known = values.filter((value) => value !== null);
    return [figure, known.length < values.length ? null : median(known)] as const;
  });
  return Object.fromEntries(figures) as Sample;
}

/** The median of so many, one after another. */
export async function repeated(times: number, measure: (time: number) => Promise<Sample>): Promise<Sample> {
  const samples: Sample[] = [];
  for (let time = 0; time < times; time++) samples.push(await measure(time));
  return medianOf(samples);
}
