/** One try of a tcp monitor: reach, secure if so wanted, hold the dialogue. */
import type { TcpProbe } from '../../../core/config/kinds/tcp/probe';
import type { Attempt } from '../../../core/observation';
import { secure } from '../connection';
import { cutAt, type Progress } from '../conversation/progress';
import { type Failure, isFailure } from '../failure';
import { splitHost } from '../host-port';
import type { Means } from '../means';
import { contextOf, judgedOf } from '../own-context';
import { type Reached, reach } from '../reach';
import { slowFailure, type Trying, tryOut } from '../trying';
import { unheardRefusal } from './unheard-refusal';

export async function probeTcp(probe: TcpProbe, timeoutMs: number, means: Means): Promise<Attempt> {
  const progress: Progress = { place: '' };
  // Patterns bring an engine along that a mere connection does not need; loading it is no time of the target's.
  const holdDialogue = probe.dialogue.length === 0 ? undefined : (await import('./dialogue')).holdDialogue;
  const attempt = await tryOut<object>(timeoutMs, means, {
    async run(trying) {
      const speaking = await connect(probe, trying);
      if (isFailure(speaking) || holdDialogue === undefined) return speaking;
      return (await holdDialogue(probe.dialogue, { ...speaking, trying, newline: probe.newline, progress })) ?? speaking;
    },
    judge: (_, phases) => slowFailure(phases, probe.expect.withinMs),
  });
  return cutAt(progress, attempt);
}

/** The connection, and the name that its certificate is for. */
async function connect(probe: TcpProbe, trying: Trying): Promise<(Reached & { readonly host: string }) | Failure> {
  const { host, port } = splitHost(probe.host, 0);
  const reached = await reach(probe.connectTo ?? host, port, trying);
  if (isFailure(reached)) return reached;
  const { at } = reached;
  const name = probe.tls?.name ?? host;
  const { course, means } = trying;
  if (probe.tls === undefined) return { socket: reached.socket, at, host: name };
  const socket = await secure(reached.socket, name, {
    course,
    at,
    secureContext: contextOf(probe.tls, means),
    certificate: judgedOf(probe.tls),
    tell: means.tell,
    protocols: [],
  });
  if (isFailure(socket)) return socket;
  return (await unheardRefusal(socket, probe.tls, { next: probe.dialogue, trying })) ?? { socket, at, host: name };
}
