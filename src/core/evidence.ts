/** Which of two conclusions knew more: what each region had finished when it was drawn. Clocks are never compared. */
import type { EvidenceSlots } from './log';

/** Whether evidence is newer: further on in at least one region that both know, and behind in none. */
export function isNewerEvidence(evidence: EvidenceSlots, than: EvidenceSlots): boolean {
  const common = commonRegions(evidence, than);
  return common.some((region) => (evidence[region] ?? 0) > (than[region] ?? 0)) && common.every((region) => (evidence[region] ?? 0) >= (than[region] ?? 0));
}

/** Whether evidence lags behind in any region that both know: whoever sees so little is not in a position to open anything. */
export const isBehind = (evidence: EvidenceSlots, than: EvidenceSlots): boolean =>
  commonRegions(evidence, than).some((region) => (evidence[region] ?? 0) < (than[region] ?? 0));

/** Whether evidence is older, or the same of fewer regions. */
export const knewLess = (evidence: EvidenceSlots, than: EvidenceSlots): boolean =>
  isNewerEvidence(than, evidence) || (!isNewerEvidence(evidence, than) && isPartOf(evidence, than));

const isPartOf = (evidence: EvidenceSlots, all: EvidenceSlots): boolean =>
  Object.keys(evidence).length < Object.keys(all).length && Object.entries(evidence).every(([region, slot]) => all[region as keyof EvidenceSlots] === slot);

/** The same for every order in which a region's slots were written down. */
export const evidenceText = (evidence: EvidenceSlots): string => JSON.stringify(Object.entries(evidence).sort());

/** What knew less comes first; what no evidence puts in order keeps the order it came in. */
export function inOrderOfEvidence<Item extends { readonly body: { readonly evidence: EvidenceSlots } }>(items: readonly Item[]): Item[] {
  const waiting = [...items];
  const ordered: Item[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((item) => !waiting.some((other) => isNewerEvidence(item.body.evidence, other.body.evidence)));
    ordered.push(...waiting.splice(Math.max(0, next), 1));
  }
  return ordered;
}

const commonRegions = (one: EvidenceSlots, other: EvidenceSlots): (keyof EvidenceSlots)[] =>
  Object.keys(one).filter((region) => region in other) as (keyof EvidenceSlots)[];
