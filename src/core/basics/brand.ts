/** Values that look like strings or numbers but must not be mixed up; made only here and in decoders. */
declare const brand: unique symbol;
type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** Milliseconds since 1970-01-01 UTC, by the clock of whoever read it. */
export type Instant = Branded<number, 'Instant'>;
export type MonitorId = Branded<string, 'MonitorId'>;
/** An AWS region name, such as `eu-west-1`. */
export type RegionId = Branded<string, 'RegionId'>;
export type IncidentId = Branded<string, 'IncidentId'>;
/** Hash of one monitor's own configuration, 12 hex digits. */
export type MonitorHash = Branded<string, 'MonitorHash'>;
/**
 * The second in which a round was scheduled to begin, since 1970-01-01 UTC, on the grid of the beat interval.
 * Named by the second and not by a count, so that a changed beat interval can never make sequences run backwards.
 */
export type Slot = Branded<number, 'Slot'>;

export const instant = (ms: number): Instant => ms as Instant;
export const monitorId = (id: string): MonitorId => id as MonitorId;
export const regionId = (name: string): RegionId => name as RegionId;
export const incidentId = (id: string): IncidentId => id as IncidentId;
export const monitorHash = (hex: string): MonitorHash => hex as MonitorHash;
export const slotAt = (seconds: number): Slot => seconds as Slot;
