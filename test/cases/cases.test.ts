/** What other monitors do in a case, and what ours does in the same: every fact is shown by a test, or stands among the differences with its reason. */
import { existsSync } from 'node:fs';
import { differences } from './differences';
import { factOf, facts } from './facts';
import type { Proofs } from './proof';
import { alerts } from './proofs/alerts';
import { answers } from './proofs/answers';
import { bodies } from './proofs/bodies';
import { conditions } from './proofs/conditions';
import { configuration } from './proofs/configuration';
import { furtherConditions } from './proofs/further-conditions';
import { furtherHttp } from './proofs/further-http';
import { furtherPeers } from './proofs/further-peers';
import { judgement } from './proofs/judgement';
import { maintenance } from './proofs/maintenance';
import { prober } from './proofs/prober';
import { requests } from './proofs/requests';

const all: readonly Proofs[] = [
  alerts,
  answers,
  bodies,
  conditions,
  configuration,
  judgement,
  maintenance,
  prober,
  requests,
  furtherHttp,
  furtherConditions,
  furtherPeers,
];
const proofs = all.flatMap((one) => Object.entries(one));

describe('as the peer does, or better', () => {
  it.each(proofs.map(([id, proof]) => [id, factOf(id).fact, factOf(id).peer, proof] as const))('%s: %s The peer: %s', async (_id, _fact, _peer, proof) => {
    await proof();
  });
});

describe('on purpose in another way', () => {
  const shown = differences.flatMap(({ ids, why, ours }) => (ours === undefined ? [] : [[ids.join(', '), why, ours] as const]));
  it.each(shown)('%s: %s', async (_ids, _why, ours) => {
    await ours();
  });
});

describe('the facts', () => {
  const different = differences.flatMap(({ ids }) => ids);

  it('are each shown by a test or told as a difference, and never both', () => {
    const placed = [...proofs.map(([id]) => id), ...different];
    expect(placed.toSorted()).toEqual(facts.map(({ id }) => id).toSorted());
  });

  it(`are ${facts.length}: ${proofs.length} shown, ${different.length} among the differences`, () => {
    const kinds = [...new Set(differences.map(({ kind }) => kind))];
    const counted = kinds.map((kind) => `${differences.filter((one) => one.kind === kind).flatMap(({ ids }) => ids).length} ${kind}`);
    process.stdout.write(`facts of peers: ${facts.length}, shown by a test: ${proofs.length}, ${counted.join(', ')}\n`);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(facts.length);
  });

  it.each(differences.filter(({ kind }) => kind === 'shown elsewhere').map(({ ids, why }) => [why, ids.join(', ')]))('%s has the tests of %s', (file) => {
    expect(existsSync(file)).toBe(true);
  });
});
