/** The real prober: each kind of probe in a folder of its own, loaded when the first monitor of that kind is due, and never an exception. */
import type { Monitor } from '../../core/config/config';
import type { CallingProbe, Probe } from '../../core/config/kinds/probe';
import { type Attempt, noPhases } from '../../core/observation';
import { withSecrets } from '../../core/secret';
import type { Prober } from '../../engine/ports';
import type { Secrets } from '../secrets/secrets';
import { ownFailure } from './failure';
import { discreet, without } from './hidden-texts';
import { type Means, meansOf, type ProberOptions } from './means';
import { roomForMany } from './room';
import { type Loaders, simpleTries, type Try } from './tries';

/** What a configuration does not use is never loaded. */
const loaders: Loaders<CallingProbe> = { ...simpleTries, members: async () => (await import('./members/members-probe')).probeMembers };

/** Kept for the life of the process. */
const loaded = new Map<CallingProbe['kind'], Try<CallingProbe>>();
const makeRoom = roomForMany();

export interface SecretiveProberOptions extends ProberOptions {
  /** Reads what probes refer to; without it a probe that needs a secret is an error of the prober. */
  readonly secrets?: Secrets | undefined;
}

export function createProber({ secrets, ...options }: SecretiveProberOptions): Prober {
  const usual = meansOf(options);
  return {
    attempt(monitor, timeoutMs, tell) {
      makeRoom(performance.now());
      const means = tell === undefined ? usual : { ...usual, tell };
      const { probe, hidden, budget, family } = monitor;
      const own = family === undefined && probe.kind !== 'members' ? means : { ...means, family, budget };
      if (monitor.secrets !== undefined) return attemptWithSecrets(monitor, { timeoutMs, means: own, secrets });
      return hidden === undefined ? tried(probe, timeoutMs, own) : discreetly({ probe, hidden }, timeoutMs, own);
    },
  };
}

interface Secretive {
  readonly timeoutMs: number;
  readonly means: Means;
  readonly secrets: Secrets | undefined;
}

/** A secret that cannot be read is no fault of the target. */
async function attemptWithSecrets({ probe, hidden = [], secrets: references = [] }: Monitor, { timeoutMs, means, secrets }: Secretive): Promise<Attempt> {
  try {
    if (secrets === undefined) throw new Error(`nothing says what the secret ${references[0]} is; give it with --secrets FILE`);
    const read = await secrets.read(references);
    const attempt = await discreetly({ probe: withSecrets(probe, read), hidden: [...read.values(), ...withSecrets(hidden, read)] }, timeoutMs, means);
    if (attempt.reason === 'status' && /^status 40[13]\b/.test(attempt.detail)) secrets.forget(references);
    return attempt;
  } catch (error) {
    return { ...ownFailure('reading its secrets', error), phases: noPhases };
  }
}

/** Nothing that is hidden stands in what is told of the attempt, or is sent as if it were no secret. */
async function discreetly({ probe, hidden }: { readonly probe: Probe; readonly hidden: readonly string[] }, timeoutMs: number, means: Means): Promise<Attempt> {
  const texts = secretsOf(hidden, probe);
  const attempt = await tried(probe, timeoutMs, { ...means, openContext: means.secureContext, tell: discreet(means.tell, texts) });
  return { ...attempt, detail: without(texts, attempt.detail) };
}

async function tried(probe: Probe, timeoutMs: number, means: Means): Promise<Attempt> {
  try {
    if (probe.kind === 'heartbeat') throw new Error('a heartbeat monitor calls us, and is never probed');
    return await (loaded.get(probe.kind) ?? (await load(probe.kind)))(probe, timeoutMs, means);
  } catch (error) {
    return { ...ownFailure('the probe', error), phases: noPhases };
  }
}

/** What was sent in another form than it was written in is hidden in that form too. */
const secretsOf = (hidden: readonly string[], probe: Probe): readonly string[] => {
  const asked = probe.kind === 'members' ? probe.of : probe;
  const { basic, oauth2 } = (asked.kind === 'http' ? asked.request : undefined) ?? {};
  const pairs = [basic && [basic.user, basic.password], oauth2 && [oauth2.id, oauth2.secret].map(encodeURIComponent)];
  return [...hidden, ...pairs.flatMap((pair) => (pair === undefined ? [] : [Buffer.from(pair.join(':')).toString('base64')]))];
};

async function load(kind: CallingProbe['kind']): Promise<Try<CallingProbe>> {
  // Each loader is found by the kind of the probe that is then handed to it.
  const made = (await loaders[kind]()) as Try<CallingProbe>;
  loaded.set(kind, made);
  return made;
}
