/** The real prober: one kind of probe per file, and never an exception. */
import { createSecureContext, type SecureContext } from 'node:tls';
import type { RegionId } from '../../core/basics/brand';
import { noPhases } from '../../core/observation';
import type { Prober } from '../../engine/ports';
import { ownFailure } from './failure';
import { type Means, probeHttp } from './http-probe';
import { type Lookup, lookupBySystem } from './resolve';

export interface ProberOptions {
  readonly region: RegionId;
  /** Version of twinwatch, told to targets in the User-Agent. */
  readonly version: string;
  /** Whether loopback, private and link-local addresses may be contacted. */
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup | undefined;
  /** Certificate authorities to trust instead of the well-known ones, as PEM. */
  readonly trusted?: string | undefined;
}

export function createProber(options: ProberOptions): Prober {
  const means = meansOf(options);
  return {
    async attempt(monitor, timeoutMs) {
      try {
        return await probeHttp(monitor.probe, timeoutMs, means);
      } catch (error) {
        return { ...ownFailure('the probe', error), phases: noPhases };
      }
    },
  };
}

export function meansOf({ region, version, allowPrivate, lookup, trusted }: ProberOptions): Means {
  let own: SecureContext | undefined;
  const ownContext = (): SecureContext => {
    own ??= createSecureContext({ ca: trusted });
    return own;
  };
  return {
    userAgent: `twinwatch/${version} (${region})`,
    allowPrivate,
    lookup: lookup ?? lookupBySystem,
    secureContext: trusted === undefined ? sharedContext : ownContext,
  };
}

let shared: SecureContext | undefined;

/** Kept for the life of the process. */
function sharedContext(): SecureContext {
  shared ??= createSecureContext();
  return shared;
}
