/** What all probes share, whatever their kind. */
import { rootCertificates } from 'node:tls';
import type { RegionId } from '../../core/basics/brand';
import type { AddressFamily, HostBudget } from '../../core/config/config';
import type { Finding } from '../../engine/ports';
import { type Lookup, lookupBySystem } from './resolve';
import { contextsFor, type SecureContexts } from './secure-contexts';

export type { Finding } from '../../engine/ports';

export interface Means extends SecureContexts {
  readonly userAgent: string;
  readonly allowPrivate: boolean;
  readonly lookup: Lookup;
  /** Certificate authorities to trust instead of the well-known ones, as PEM. */
  readonly trusted?: string | undefined;
  /** The certificate authorities of that, as PEM. The same list each time. */
  readonly authorities: () => readonly string[];
  /** Told of everything that was looked at, where somebody wants to know. Whoever reports makes no text without it. */
  readonly tell?: ((finding: Finding) => void) | undefined;
  /** How much the host may be asked by one probe, where that asks it more than once. */
  readonly budget?: HostBudget | undefined;
  /** From which family an address is taken, where that was said. */
  readonly family?: AddressFamily | undefined;
}

export interface ProberOptions {
  readonly region: RegionId;
  /** Version of twinwatch, told to targets in the User-Agent. */
  readonly version: string;
  /** Whether loopback, private and link-local addresses may be contacted. */
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup | undefined;
  /** Certificate authorities to trust instead of the well-known ones, as PEM. */
  readonly trusted?: string | undefined;
  readonly tell?: Means['tell'];
}

export function meansOf({ region, version, allowPrivate, lookup, trusted, tell }: ProberOptions): Means {
  const contexts = trusted === undefined ? shared : contextsFor(trusted);
  const pems = trusted === undefined ? undefined : [trusted];
  return {
    userAgent: `twinwatch/${version} (${region})`,
    allowPrivate,
    lookup: lookup ?? lookupBySystem,
    ...contexts,
    trusted,
    authorities: () => pems ?? rootCertificates,
    tell,
  };
}

/** Who trusts the well-known authorities shares these for the life of the process. */
const shared = contextsFor(undefined);
