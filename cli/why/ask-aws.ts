/** Why something is said in what is deployed, or not. */
import { unknownName } from '../../src/core/config/unknown-name';
import type { WhyView } from '../../src/core/why/why-view';
import { type AskAws, openAws } from '../aws-overview';
import { CannotAsk } from '../local-http';

export async function askAws(name: string, asked: AskAws): Promise<WhyView> {
  const { overview } = await openAws(asked);
  await overview.refresh();
  const answer = overview.why(name);
  if (answer.kind === 'unknown') throw new CannotAsk(unknownName(name, answer.known));
  return answer.view;
}
