/** Mutation tests of what decides. `npm run mutate` tries each file with the tests that speak about it: a mutant that survives is a missing test. */
import { readFileSync } from 'node:fs';

const { jest } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Every mutant loads every test file it is tried with, so each source file has its own few. */
export const testsOf = {
  verdict: ['verdict', 'verdict-reasons'],
  voices: ['voices'],
  flaky: ['flaky'],
  watch: ['watch', 'watch-words'],
  'watchdog-watch': ['watchdog-watch'],
  'local-health': ['local-health'],
  freshness: ['freshness', 'freshness-arrivals'],
  incident: ['incident', 'growing-logs'],
  evidence: ['evidence', 'incident'],
  conclusion: ['conclusion'],
  speaker: ['speaker'],
  announcement: ['announcement', 'settled', 'late-page', 'flapping-log', 'quiet'],
  'late-page': ['late-page', 'flapping-log', 'announcement', 'quiet'],
  matter: ['announcement', 'late-page', 'flapping-log'],
  repeat: ['repeat'],
  quiet: ['quiet', 'dependency'],
  dependency: ['dependency'],
  gathering: ['gathering'],
  route: ['route'],
  timeline: ['timeline'],
  coverage: ['coverage'],
};

export const jestOf = (names) => ({
  ...jest,
  roots: ['<rootDir>/src/core', '<rootDir>/test/core'],
  testMatch: names.map((name) => `<rootDir>/test/core/${name}.test.ts`),
  setupFiles: ['<rootDir>/test/fewer-runs.ts'],
});

export default {
  testRunner: 'jest',
  jest: { projectType: 'custom', config: jestOf(['**/*']), enableFindRelatedTests: false },
  mutate: Object.keys(testsOf).map((name) => `src/core/${name}.ts`),
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  reporters: [],
  thresholds: { high: 95, low: 85, break: null },
  warnings: { slow: false },
  ignorePatterns: ['**', '!src/**', '!test/**', '!package.json', '!tsconfig.json'],
};
