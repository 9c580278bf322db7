import { realEngine } from './real-engine';
import { runSeed } from './seed';
import { tellStory } from './story';

describe('a seed', () => {
  it('tells the same story, to the byte, each time it is run', async () => {
    const once = tellStory(await runSeed({ seed: 5, engine: realEngine, keepsNotes: true }));
    const again = tellStory(await runSeed({ seed: 5, engine: realEngine, keepsNotes: true }));
    expect(again).toBe(once);
  });

  it('tells another story than the next seed', async () => {
    const one = await runSeed({ seed: 5, engine: realEngine });
    const other = await runSeed({ seed: 6, engine: realEngine });
    expect(other.hash).not.toBe(one.hash);
  });
});
