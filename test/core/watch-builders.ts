import { second } from '../../src/core/basics/time';
import type { PeerEvidence } from '../../src/core/watch';

export const patience = { cycleMs: 10 * second, tolerateMs: 60 * second };

/** All is well, and nobody had to be asked. */
export const evidence = (over: Partial<PeerEvidence> = {}): PeerEvidence => ({
  replica: 'fresh',
  direct: 'not-asked',
  third: 'not-asked',
  poke: 'not-asked',
  overdueMs: -5 * second,
  regionOverdueMs: over.overdueMs ?? -5 * second,
  answersForMs: 3600 * second,
  unfinishedForMs: 3600 * second,
  others: 'nobody-to-ask',
  anchors: 'nobody-to-ask',
  hearsOthers: false,
  watchedMs: 3600 * second,
  sawItCome: true,
  couldStore: true,
  work: 'whole',
  isSkewed: false,
  ...over,
});

/** No path shows a beat, and the region does not answer: dark, as far as can be seen. */
export const dark = (over: Partial<PeerEvidence> = {}): PeerEvidence =>
  evidence({ replica: 'old', direct: 'failed', third: 'old', poke: 'no-answer', others: 'reached', overdueMs: 100 * second, ...over });
