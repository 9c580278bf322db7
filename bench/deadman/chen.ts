/** Failure detectors after Chen, Toueg and Aguilera, IEEE Transactions on Computers 51(5), 2002. Times in any one unit. */

export interface Link {
  /** The chance that a heartbeat is lost. */
  readonly loss: number;
  /** Pr(D > x): the chance that one takes longer. */
  readonly isLater: (x: number) => number;
}

export interface Required {
  /** At most so long from a crash to a suspicion that lasts. */
  readonly detectionTime: number;
  /** On average at least so long between two mistakes. */
  readonly mistakeRecurrence: number;
  /** On average a mistake lasts at most so long. */
  readonly mistakeDuration: number;
}

export interface Configuration {
  /** Time between two heartbeats. */
  readonly eta: number;
  /** How much later than it was sent a heartbeat is waited for. */
  readonly delta: number;
}

/** The largest interval, and so the least cost, with which NFD-S keeps what is required. */
export function configure({ loss, isLater }: Link, required: Required): Configuration {
  const limit = (1 - loss) * (1 - isLater(required.detectionTime)) * required.mistakeDuration;
  const misses = (x: number): number => loss + (1 - loss) * isLater(x);
  return largestInterval(required, limit, misses);
}

/** The same where only the mean and the variance of the delay are known (Cantelli's inequality). */
export function configureByMoments(link: { readonly loss: number; readonly mean: number; readonly variance: number }, required: Required): Configuration {
  const { loss, mean, variance } = link;
  const spread = (required.detectionTime - mean) ** 2;
  const limit = (((1 - loss) * spread) / (variance + spread)) * required.mistakeDuration;
  const misses = (x: number): number => (variance + loss * Math.max(0, x - mean) ** 2) / (variance + Math.max(0, x - mean) ** 2);
  return largestInterval(required, limit, misses);
}

function largestInterval({ detectionTime, mistakeRecurrence }: Required, limit: number, misses: (x: number) => number): Configuration {
  const recurrence = (eta: number): number => {
    let chance = 1;
    for (let beat = 1; beat < Math.ceil(detectionTime / eta); beat += 1) chance *= misses(detectionTime - beat * eta);
    return eta / chance;
  };
  const highest = Math.min(limit, detectionTime);
  for (let eta = highest; eta > 0; eta -= step) {
    if (recurrence(eta) < mistakeRecurrence) continue;
    return refined(eta, Math.min(highest, eta + step), (candidate) => recurrence(candidate) >= mistakeRecurrence, detectionTime);
  }
  throw new Error('no interval keeps what is required');
}

const step = 0.001;

function refined(good: number, bad: number, isGood: (eta: number) => boolean, detectionTime: number): Configuration {
  let [low, high] = [good, bad];
  for (let halving = 0; halving < 40; halving += 1) {
    const middle = (low + high) / 2;
    if (isGood(middle)) low = middle;
    else high = middle;
  }
  return { eta: low, delta: detectionTime - low };
}

export interface Quality {
  /** E(T_MR): mean time between the beginnings of two mistakes. */
  readonly mistakeRecurrence: number;
  /** E(T_M): mean time until a mistake is corrected. */
  readonly mistakeDuration: number;
}

/** How good NFD-S is on a link, exactly but for the integral, which is summed by trapezes. */
export function qualityOf({ eta, delta }: Configuration, { loss, isLater }: Link): Quality {
  const beats = Math.ceil(delta / eta - 1e-12);
  const suspects = (x: number): number => {
    let chance = 1;
    for (let beat = 0; beat <= beats; beat += 1) chance *= loss + (1 - loss) * isLater(delta + x - beat * eta);
    return chance;
  };
  const begins = (1 - loss) * (1 - isLater(delta + eta)) * suspects(0);
  return { mistakeRecurrence: eta / begins, mistakeDuration: integral(suspects, eta) / begins };
}

function integral(f: (x: number) => number, to: number): number {
  const steps = 20_000;
  let sum = (f(0) + f(to)) / 2;
  for (let at = 1; at < steps; at += 1) sum += f((at * to) / steps);
  return (sum * to) / steps;
}

/** Pr(D > x) of an exponential delay. */
export const exponentialDelay =
  (mean: number) =>
  (x: number): number =>
    x <= 0 ? 1 : Math.exp(-x / mean);
