import { readFileSync, writeFileSync } from 'node:fs';
import { isRelayed } from '../src/core/config/channels/channel';
import { channelKeys } from '../src/core/config/channels/channels';
import { messagesPage } from './messages-page';

const file = 'docs/messages.md';

it('what is told is what docs/messages.md says, word for word', async () => {
  const page = await messagesPage();
  if (process.env.WRITE_MESSAGES === 'true') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

it('every channel of the relay is shown', () => {
  const shown = [...readFileSync(file, 'utf8').matchAll(/^## `(\w+)`$/gm)].map(([, kind]) => kind);
  expect(shown).toEqual(channelKeys.filter((kind) => isRelayed({ kind } as never)));
});

it('every subject is ASCII and short', () => {
  const subjects = [...readFileSync(file, 'utf8').matchAll(/^Subject: (.*)$/gm)].map(([, subject]) => subject);
  expect(subjects.length).toBe(6);
  for (const subject of subjects) expect(subject).toMatch(/^[ -~]{1,99}$/);
});
