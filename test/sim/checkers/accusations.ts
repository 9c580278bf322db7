/** Everything that anybody concluded or said of a subject, with who did and when. */
import { type RegionId, regionId } from '../../../src/core/basics/brand';
import type { Logged } from '../history';
import { startsAt } from '../world';
import type { Evidence } from './evidence';

export interface Accusation {
  readonly at: number;
  /** When it was concluded, if that was before it could be written down, by the clock of whoever did. */
  readonly concludedAt?: number | undefined;
  /** Who concluded it; where nobody could write that down, who said it. */
  readonly by: RegionId;
  readonly key: string;
  readonly subject: string;
  readonly condition: string;
  /** Nobody claims that it still is so: it was found afterwards, in what was written down. */
  readonly isOver: boolean;
}

export function accusationsOf({ history }: Pick<Evidence, 'history'>): readonly Accusation[] {
  const concluded = history.logged.flatMap(({ at, region, body }): Accusation[] =>
    isAccusing(body)
      ? [{ at, by: region, key: String(body.key), subject: String(body.subject), condition: String(body.condition), isOver: body.isOver === true }]
      : [],
  );
  const written = new Set(concluded.map(nameOf));
  const onlySaid = history.announced.filter((one) => isAccusing(one) && !written.has(nameOf(one)));
  const writtenLate = concludedBefore(history.logged);
  return [
    ...concluded,
    ...onlySaid.map(({ at, sender, key, subject, condition }) => ({
      at,
      concludedAt: writtenLate.get(nameOf({ key, condition })),
      by: sender,
      key,
      subject,
      condition,
      isOver: false,
    })),
  ];
}

/** Who could not write when it concluded something writes it with the rest of its incident, and with the time that it then was. */
function concludedBefore(logged: readonly Logged[]): ReadonlyMap<string, number> {
  const entries = logged.flatMap(({ body }) => (body.kind === 'restated' ? (body.entries as readonly Restated[]) : []));
  const accusing = entries.filter(({ body }) => isAccusing(body));
  return new Map(accusing.map(({ at, body }) => [nameOf({ key: String(body.key), condition: String(body.condition) }), at - startsAt]));
}

interface Restated {
  /** In milliseconds since 1970. */
  readonly at: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Who says that an outage has become milder accuses nobody, however long ago it was seen last from elsewhere. */
const isAccusing = ({ kind, condition }: { readonly kind?: unknown; readonly condition?: unknown }): boolean =>
  kind === 'opened' || (kind === 'changed' && condition !== 'partial' && condition !== 'flaky');
const nameOf = ({ key, condition }: { readonly key: string; readonly condition: string }): string => `${key} ${condition}`;

/** `prober:eu-west-1`, `watchdog:eu-west-1` and `outside:eu-west-1` are of the region eu-west-1; a monitor, and all probers together, are of none. */
export function regionOf(subject: string): RegionId | undefined {
  const name = /^(?:prober|watchdog|outside):(.+)$/.exec(subject)?.[1];
  return name === undefined ? undefined : regionId(name);
}
