import { spawnSync } from 'node:child_process';

const simulator = (...words: readonly string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'test/sim/main.ts', ...words], { encoding: 'utf8' });

describe('the simulator as a program', () => {
  it('says how it is used when it is asked, which is no mistake', () => {
    const { status, stdout, stderr } = simulator('--help');
    expect({ status, stdout, stderr }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^usage: npm run sim/), stderr: '' });
    expect(stdout).toContain('--heavy events,clocks');
  });

  it('refuses what it does not know, and says how it is used', () => {
    const { status, stderr } = simulator('--heavy', 'clouds');
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringMatching(/^--heavy must name .*, not "clouds"\nusage: npm run sim/) });
  });
});
