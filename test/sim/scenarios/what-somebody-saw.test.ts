/** What one observer saw is known to the others, on whatever path they learn of it: a region accuses nobody whom somebody still sees. */
import { minute, second } from '../../../src/core/basics/time';
import { dublin, frankfurt, ohio } from '../settings';
import { type Ending, scenario } from './scenario';

const about = (subject: string, { said }: Ending): readonly string[] => said.filter((line) => line.includes(subject));

describe.each([{ beatMs: 10 * second }, { beatMs: minute }])('with beats of $beatMs ms', ({ beatMs }) => {
  it('a beat that only a third region replicated counts as a sign of life', async () => {
    const story = scenario({ beatMs });
    story.linkIsCut(dublin, ohio, { from: '00:05:00', to: '00:10:00' });
    const ending = await story.endsInCalm();
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
    expect(ending.broken).toEqual([]);
  });

  it('a region accused by a third one is vouched for by whoever still reads it directly', async () => {
    const story = scenario({ beatMs });
    const during = { from: '00:05:00', to: '00:09:00' };
    story.linkIsCut(dublin, frankfurt, during);
    story.replicationStalls(dublin, ohio, during);
    const ending = await story.endsInCalm();
    expect(ending.said).toEqual([]);
    expect(ending.concluded).toEqual([]);
    expect(ending.broken).toEqual([]);
  });

  /** Dublin's words stand in Ohio first, from where nothing comes to Frankfurt: found by the storms 70114 and 71796. */
  it('a region that is cut off from the witness is vouched for by one whose own table refuses everything', async () => {
    const story = scenario({ beatMs });
    story.tableFails(dublin, { how: 'throttled', from: '00:05:00', to: '00:10:00' });
    story.linkIsCut(ohio, frankfurt, { from: '00:06:00', to: '00:09:30' });
    const ending = await story.endsInCalm();
    expect(about('prober:', ending)).toEqual([]);
    expect(about('watchdog:eu-west-1', ending).at(0)).toContain('is REFUSED by AWS');
    expect(ending.broken).toEqual([]);
  });

  it('what another region showed is still known when the path to it is lost', async () => {
    const story = scenario({ beatMs, witness: undefined });
    story.replicationStalls(dublin, ohio, { from: '00:04:00', to: '00:10:00' });
    story.linkIsCut(dublin, ohio, { from: '00:08:00', to: '00:08:50' });
    const ending = await story.endsInCalm();
    expect(about('SILENT', ending)).toEqual([]);
    expect(about('SEES NOBODY', ending)).toEqual([]);
    expect(ending.broken).toEqual([]);
  });

  /** Ohio has the return from the log alone: it reaches neither Dublin's replica nor Frankfurt's, and then Frankfurt watches no more. */
  it('a region that is dark again after a return nobody here saw is told again', async () => {
    const story = scenario({ beatMs });
    const unseen = { from: '00:06:30', to: '00:14:00' };
    story.linkIsCut(dublin, ohio, unseen);
    story.tableFails(frankfurt, { ...unseen, calls: 'reads' });
    story.regionIsDark(dublin, { from: '00:04:00', to: '00:07:00' });
    story.watchdogDies(frankfurt, { from: '00:09:50', to: '00:14:00' });
    story.regionIsDark(dublin, { from: '00:10:00', to: '00:14:00' });
    const ending = await story.endsInCalm();
    expect(about('prober:eu-west-1', ending).slice(0, 3)).toEqual([
      `${frankfurt}: PAGE prober:eu-west-1 is SILENT (single witness)`,
      `${frankfurt}: RESOLVED prober:eu-west-1 reports again`,
      `${ohio}: PAGE prober:eu-west-1 is SILENT (single witness)`,
    ]);
    expect(ending.broken).toEqual([]);
  });
});

/** Dublin's watchdog looks a moment before the record comes, and at its next look it can read no more what came at home. */
it('a record that came at home, which could not be read when it was looked for, is not missed', async () => {
  const story = scenario({ beatMs: minute, tolerateMs: 30 * second });
  story.linkIsCutOneWay(frankfurt, ohio, { from: '00:05:02', to: '00:09:51' });
  story.linkIsCutOneWay(dublin, frankfurt, { from: '00:05:16', to: '00:07:45' });
  story.tableFails(dublin, { from: '00:06:29', to: '00:07:45', calls: 'reads', how: 'answer-lost' });
  const ending = await story.endsInCalm();
  expect(about('watchdog:eu-central-1', ending)).toEqual([]);
  expect(ending.broken).toEqual([]);
});

describe('an environment that slept', () => {
  /** Ohio's prober sleeps while its link is lost, and wakes when it is lost for the second time: its watchdog saw it mended meanwhile. */
  it('takes over what the other one saw, and does not count its sleep as trouble that lasted', async () => {
    const story = scenario({ beatMs: minute });
    story.linkIsCut(dublin, ohio, { from: '00:04:00', to: '00:07:00' });
    story.scheduleIsStopped(ohio, 'prober', { from: '00:06:40', to: '00:16:40' });
    story.linkIsCut(dublin, ohio, { from: '00:15:30', to: '00:17:50' });
    const ending = await story.endsInCalm();
    expect(about('prober:us-east-2', ending)[0]).toContain('is STOPPED');
    expect(about('prober:eu-west-1', ending)).toEqual([]);
    expect(ending.concluded.filter((line) => line.includes('prober:eu-west-1'))).toEqual([]);
    expect(ending.broken).toEqual([]);
  });
});

describe('a region whose table takes no writes', () => {
  /** Dublin writes nothing but this one entry elsewhere, and is dark before it could say where: its beat of that minute stands at home. */
  it('is known to have written elsewhere though it dies before it could say so: what it opened there is ended', async () => {
    const story = scenario({ beatMs: minute });
    story.watchdogDies(frankfurt, { from: '00:05:45', to: '00:12:00' });
    story.regionIsDark(ohio, { from: '00:05:30', to: '00:12:00' });
    story.watchdogDies(dublin, { from: '00:06:15', to: '00:12:00' });
    story.tableFails(dublin, { from: '00:06:20', to: '00:06:55', calls: 'writes' });
    story.regionIsDark(dublin, { from: '00:06:55', to: '00:12:00' });
    const ending = await story.endsInCalm();
    expect(ending.concluded).toContain('opened watchdog:us-east-2:watch');
    expect(ending.concluded).toContain('resolved watchdog:us-east-2:watch');
    expect(ending.broken).toEqual([]);
  });
});
