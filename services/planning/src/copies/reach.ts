/** From when until when an agency may be told of the family; the end is outside. */
interface Stretch {
  /** The consent, or the decision to share without one. */
  readonly ground: string;
  readonly agency: string;
  readonly from: string;
  readonly until: string | null;
}
export type Reach = readonly Stretch[];

interface Begun {
  readonly ground: string;
  readonly agencies: readonly string[];
  readonly from: string;
  readonly until: string | null;
}

/** A ground begins, or is renewed: its stretch before ends where the new one begins. */
export const begun = (reach: Reach, { ground, agencies, from, until }: Begun): Reach => [
  ...ended(reach, { ground, agencies, at: from }),
  ...agencies.map((agency) => ({ ground, agency, from, until })),
];

interface Ended {
  readonly ground: string;
  /** null: all. */
  readonly agencies: readonly string[] | null;
  readonly at: string;
}

/** Ends what holds at that moment, and nothing else: a withdrawal that is told late leaves alone what the family gave after it. */
export const ended = (reach: Reach, { ground, agencies, at }: Ended): Reach =>
  reach
    .map((stretch) =>
      stretch.ground === ground && holdsAt(stretch, at) && (agencies?.includes(stretch.agency) ?? true)
        ? { ...stretch, until: at }
        : stretch,
    )
    .filter(({ from, until }) => until === null || from < until);

const holdsAt = ({ from, until }: Stretch, at: string): boolean => from <= at && (until === null || at < until);

export const reachedAt = (reach: Reach, at: string): readonly string[] => [
  ...new Set(reach.filter((stretch) => holdsAt(stretch, at)).map(({ agency }) => agency)),
];
