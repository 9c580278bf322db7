/** Exact 95 % bounds of a Poisson mean, after Garwood: the means under which so many, or so few, would be seen 2.5 % of the time. */
export function poissonBounds(count: number): readonly [number, number] {
  const lower = count === 0 ? 0 : solve((mean) => 1 - atMost(count - 1, mean), 0.025, count);
  return [lower, solve((mean) => 1 - atMost(count, mean), 0.975, count)];
}

/** The chance of at most `count` events where `mean` are expected. */
function atMost(count: number, mean: number): number {
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let events = 1; events <= count; events += 1) {
    logTerm += Math.log(mean) - Math.log(events);
    sum += Math.exp(logTerm);
  }
  return Math.min(1, sum);
}

/** Where a rising function reaches `wanted`, by halving. */
function solve(rising: (mean: number) => number, wanted: number, count: number): number {
  let [low, high] = [0, count + 10 * Math.sqrt(count + 1) + 10];
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2;
    if (rising(middle) < wanted) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
