/** The course of one try: which phase it is in, what each took, when it is cut off, and what must be let go at its end. */
import type { Phases, Reason } from '../../core/observation';
import type { Failure } from './failure';

/** `token`, `aside`: what is done before and beside the answer, which is no time of the answer's. */
type Phase = 'dns' | 'connect' | 'tls' | 'first-byte' | 'transfer' | 'token' | 'aside';

export interface Course {
  /** Ends the current phase and begins another; the first one is `dns`. */
  enter(phase: Phase): void;
  /** Says who is told when the time is over, in which phase that happened. */
  whenCut(tell: (failure: Failure) => void): void;
  /** Has something destroyed at the end; at once, if the end is past. */
  hold(thing: { destroy(): unknown }): void;
  /** How much of its time is left. */
  leftMs(): number;
  /** Lets go of everything. Returns what each phase of the answer took, to a tenth of a millisecond. */
  end(): Phases;
}

const cutReasons: Readonly<Record<Phase, Exclude<Reason, 'ok'>>> = {
  dns: 'dns-timeout',
  connect: 'connect-timeout',
  tls: 'tls-timeout',
  'first-byte': 'first-byte-timeout',
  transfer: 'transfer-timeout',
  token: 'token',
  aside: 'first-byte-timeout',
};

const cutWords: Readonly<Record<Phase, string>> = {
  dns: 'the name was not resolved',
  connect: 'the connection was not accepted',
  tls: 'the TLS handshake was not done',
  'first-byte': 'no response began',
  transfer: 'the response did not end',
  token: 'no token was given',
  aside: 'who answered was not proven',
};

/** A timer that is this late shows that the prober stood still: what it missed is no fault of the target. */
const standstillMs = 500;

export function startCourse(timeoutMs: number): Course {
  const startedAt = performance.now();
  const spent: Record<Phase, number> = { dns: 0, connect: 0, tls: 0, 'first-byte': 0, transfer: 0, token: 0, aside: 0 };
  const held: { destroy(): unknown }[] = [];
  let phase: Phase = 'dns';
  let phaseSince = 0;
  let isOver = false;

  const enter = (next: Phase): void => {
    if (isOver) return;
    const at = Math.round((performance.now() - startedAt) * 10);
    spent[phase] += at - phaseSince;
    phaseSince = at;
    phase = next;
  };

  let tellOfCut: ((failure: Failure) => void) | undefined;
  const timer = setTimeout(() => tellOfCut?.(cutFailure(phase, { timeoutMs, tookMs: performance.now() - startedAt })), timeoutMs);

  return {
    enter,
    whenCut(tell) {
      tellOfCut = tell;
    },
    hold(thing) {
      if (isOver) thing.destroy();
      else held.push(thing);
    },
    leftMs: () => Math.max(0, startedAt + timeoutMs - performance.now()),
    end() {
      clearTimeout(timer);
      enter(phase);
      isOver = true;
      // The last one first: Node crashes when a socket goes before the TLS session on top of it.
      for (const thing of held.splice(0).reverse()) thing.destroy();
      return phasesOf(spent);
    },
  };
}

function cutFailure(phase: Phase, { timeoutMs, tookMs }: { timeoutMs: number; tookMs: number }): Failure {
  if (tookMs > timeoutMs + standstillMs) {
    return { reason: 'prober-error', detail: `the prober itself stood still: it looked after ${Math.round(tookMs)} ms at what had ${timeoutMs} ms` };
  }
  return { reason: cutReasons[phase], detail: `${cutWords[phase]} within ${timeoutMs} ms` };
}

function phasesOf(tenths: Readonly<Record<Phase, number>>): Phases {
  return {
    dnsMs: tenths.dns / 10,
    connectMs: tenths.connect / 10,
    tlsMs: tenths.tls / 10,
    firstByteMs: tenths['first-byte'] / 10,
    transferMs: tenths.transfer / 10,
  };
}
