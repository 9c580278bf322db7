/** What a real clock judges shows nothing where this process stood still meanwhile: then it is done again. A failure of a process that was awake stands. */
export const awake = (run: () => Promise<void>) => async (): Promise<void> => {
  for (;;) {
    const looking = lookForStandstill();
    try {
      return await run();
    } catch (error) {
      if (!looking.stoodStill()) throw error;
    } finally {
      looking.end();
    }
  }
};

/** Longer than any test is at work without a pause. */
const standstillMs = 1000;

function lookForStandstill(): { stoodStill(): boolean; end(): void } {
  let last = performance.now();
  let longestMs = 0;
  const look = (): void => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  };
  const timer = setInterval(look, 50);
  const stoodStill = (): boolean => {
    look();
    return longestMs > standstillMs;
  };
  return { stoodStill, end: () => clearInterval(timer) };
}
