import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { regionalKinds } from '../local/drills/order';
import { conditions, isOfMonitor, rowOf } from '../src/core/condition';
import { reasons } from '../src/core/observation';
import { sayWords, silenceWords, unwrittenWords, verdictWords, voiceWords } from '../src/core/why/reason-words';
import { regionBridges, tableBridges } from './emulator/bridges';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/runbook.md',
  'docs/reasons.md',
  'docs/probes.md',
  'docs/promises.md',
  'docs/drills.md',
  'docs/deadman.md',
  'docs/mutation.md',
  'docs/outside.md',
  'docs/alerts.md',
  'docs/secrets.md',
  'docs/channels.md',
  'docs/feed.md',
  'docs/webhooks.md',
  'docs/messages.md',
  'docs/emulators.md',
  ...readdirSync(join(root, 'docs/probes')).map((name) => `docs/probes/${name}`),
  'docs/deploy.md',
  'docs/restore.md',
  'docs/dashboard.md',
  ...readdirSync(join(root, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
];

/** Words in backticks that look like a file or folder of this project. */
const pathsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`((?:src|functions|local|cli|infra|test|docs|scripts|bench)\/[\w./-]+)`/g)].flatMap((match) => match[1] ?? []);

it.each(documents)('%s names only files that exist', (document) => {
  expect(pathsIn(read(document)).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

it.each(readdirSync(join(root, 'docs/decisions')))('the decision %s says what keeps it true', (name) => {
  expect(read(`docs/decisions/${name}`)).toMatch(/\*\*Kept true by\*\*/);
});

/** The rows of the table below a heading: the word, and what stands beside it. */
function explainedIn(document: string, heading: string): readonly (readonly string[])[] {
  const section =
    read(document)
      .split(/^## /m)
      .find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([\w-]+)` +\| (.*?) +\|/gm)].map(([, word = '', text = '']) => [word, text]);
}

it('every reason of a probe is explained', () => {
  expect(explainedIn('docs/reasons.md', 'Why a probe ended as it did').map(([word]) => word)).toEqual([...reasons]);
});

it.each([
  ['Why a verdict is what it is', verdictWords],
  ['Why a region has no say', voiceWords],
  ['Why nothing is written down', unwrittenWords],
  ['Why a region speaks', sayWords],
  ['Why a region keeps silent', silenceWords],
])('"%s" says every reason in the words of `twinwatch why`', (heading, words) => {
  expect(explainedIn('docs/reasons.md', heading)).toEqual(Object.entries(words));
});

it.each([...regionalKinds, 'both', 'mute', 'cut', 'lag', 'clock', 'all'])('the drill %s is explained', (drill) => {
  expect(read('docs/drills.md')).toMatch(new RegExp(`^[|] .${drill}\\b`, 'm'));
});

it('every bridge to the emulator is explained', () => {
  expect(explainedIn('docs/emulators.md', 'Bridges').map(([word]) => word)).toEqual([...tableBridges, ...regionBridges].map(({ name }) => name));
});

const sections = conditions.map((condition) => (isOfMonitor(rowOf(condition).family) ? `monitor-${condition}` : condition));

it('no two sections of the runbook have the same name: a link leads to one of them', () => {
  const names = read('docs/runbook.md').match(/^## .*$/gm) ?? [];
  expect(names.length).toBe(new Set(names).size);
});

it.each(sections)('the runbook has a section for %s', (section) => {
  expect(read('docs/runbook.md')).toMatch(new RegExp(`^## ${section}$`, 'm'));
});
