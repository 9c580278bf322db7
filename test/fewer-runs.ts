/** While mutants are tried, a law needs few runs, and a broken one is not made smaller: that would take minutes for each mutant. */
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 5, seed: 1, endOnFailure: true });
