/** One try of a websocket monitor: reach, secure, upgrade, hold the dialogue. */
import type { WebsocketProbe } from '../../../core/config/kinds/websocket/probe';
import type { Attempt } from '../../../core/observation';
import { secure } from '../connection';
import { cutAt, type Progress } from '../conversation/progress';
import { type Failure, isFailure } from '../failure';
import type { Means } from '../means';
import { contextOf, judgedOf } from '../own-context';
import { reach } from '../reach';
import { slowFailure, type Trying, tryOut } from '../trying';
import { type Opened, upgrade } from './upgrade';

export async function probeWebsocket(probe: WebsocketProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  const progress: Progress = { place: '' };
  // Patterns and paths bring engines along that a mere upgrade does not need; loading them is no time of the target's.
  const dialogue = probe.dialogue.length === 0 ? undefined : await (await import('./dialogue')).dialogueOf(probe.dialogue);
  const attempt = await tryOut<Opened>(timeoutMs, means, {
    async run(trying) {
      const opened = await open(probe, trying);
      if (isFailure(opened)) return opened;
      const failure = await dialogue?.(opened, { progress, means });
      // Many servers log whoever goes without a word.
      if (failure === undefined) opened.webSocket.close(1000);
      return failure ?? opened;
    },
    judge: (_, phases) => slowFailure(phases, probe.expect.withinMs),
  });
  return cutAt(progress, attempt);
}

async function open(probe: WebsocketProbe, trying: Trying): Promise<Opened | Failure> {
  const { course, means } = trying;
  const url = new URL(probe.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isSecure = url.protocol === 'wss:';
  const reached = await reach(probe.connectTo ?? host, Number(url.port || (isSecure ? 443 : 80)), trying);
  if (isFailure(reached)) return reached;
  const { socket, at } = reached;
  const securing = { course, at, secureContext: contextOf(probe.tls, means), certificate: judgedOf(probe.tls), tell: means.tell };
  const ready = isSecure ? await secure(socket, probe.tls?.serverName ?? host, securing) : socket;
  if (isFailure(ready)) return ready;
  const opened = await upgrade(probe, ready, trying);
  if (isFailure(opened)) return opened;
  means.tell?.({ what: 'upgrade', seen: `101${opened.webSocket.protocol === '' ? '' : `, ${opened.webSocket.protocol}`}`, isGood: true });
  return opened;
}
