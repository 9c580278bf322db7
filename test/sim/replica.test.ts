import type { Replica } from '../../src/engine/ports';
import { describeReplica } from '../engine/replica-contract';
import { Environment } from './environment';
import { Events } from './events';
import { Network } from './network';
import { Random } from './random';
import { dublin, ohio } from './settings';
import { GlobalTable } from './table';

/** Virtual time moves only when somebody moves it: after each call it runs until the answer is there. */
function selfDriven(replica: Replica, events: Events): Replica {
  const drive = async <T>(answer: Promise<T>): Promise<T> => {
    const settled = answer.catch(() => undefined);
    await events.runUntil(events.now + 1_000);
    await settled;
    return answer;
  };
  return {
    region: replica.region,
    get: (keys) => drive(replica.get(keys)),
    query: (partition, from, to) => drive(replica.query(partition, from, to)),
    put: (item) => drive(replica.put(item)),
    putIfAbsent: (item) => drive(replica.putIfAbsent(item)),
    putIfNewer: (item) => drive(replica.putIfNewer(item)),
  };
}

describeReplica('a simulated one', async () => {
  const events = new Events(0);
  const network = new Network(events, new Random(1, 'network'));
  const table = new GlobalTable({ events, random: new Random(1, 'table'), network, regions: [dublin, ohio] });
  const caller = new Environment({ region: dublin, role: 'prober', bootId: 'one' });
  caller.thaw();
  return { replica: selfDriven(table.replicaFor(caller, dublin), events), close: async () => undefined };
});
