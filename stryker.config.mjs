/** Mutation tests of what decides: `npm run mutate`. A mutant of core that survives is a missing test. */
import { readFileSync } from 'node:fs';

const { jest } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default {
  testRunner: 'jest',
  jest: { projectType: 'custom', config: { ...jest, testMatch: ['<rootDir>/test/core/**/*.test.ts'] } },
  mutate: [
    'src/core/verdict.ts',
    'src/core/voices.ts',
    'src/core/watch.ts',
    'src/core/watchdog-watch.ts',
    'src/core/local-health.ts',
    'src/core/freshness.ts',
    'src/core/incident.ts',
    'src/core/conclusion.ts',
    'src/core/speaker.ts',
    'src/core/announcement.ts',
    'src/core/timeline.ts',
  ],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: '.stryker/incremental.json',
  tempDirName: '.stryker/sandbox',
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: '.stryker/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
  ignorePatterns: ['.cdk.out', 'cdk.out', 'docs', 'local/page', '.twinwatch*', 'bundles'],
};
