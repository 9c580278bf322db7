import { spawnSync } from 'node:child_process';
import { manyProbes, pauseMs, roomFlags, roomForMany } from '../../src/adapters/probes/room';
import { functionVariables } from '../../src/core/names';

function room() {
  const flags: string[] = [];
  const probed = roomForMany((flag) => void flags.push(flag));
  const probe = (times: number, atMs: number): void => {
    for (let count = 0; count < times; count += 1) probed(atMs);
  };
  return { flags, probe };
}

it('makes room once, when many were probed without a pause', () => {
  const { flags, probe } = room();
  probe(manyProbes - 1, 1000);
  expect(flags).toEqual([]);
  probe(1, 1000 + pauseMs);
  expect(flags).toEqual([roomFlags]);
  probe(3 * manyProbes, 60_000);
  expect(flags).toEqual([roomFlags]);
});

it('makes none for a prober of few monitors, however long it probes', () => {
  const { flags, probe } = room();
  for (let round = 0; round < 100; round += 1) probe(manyProbes / 10, round * 10_000);
  expect(flags).toEqual([]);
});

/** MB of the room for what lives shortly, in a process that has just kept a little more than that room held. */
const roomMb = (tell: string): number => {
  const keepALittle = 'let kept = []; for (let at = 0; at < 40000; at += 1) { kept.push(new Array(8).fill(at)); if (kept.length > 10000) kept = []; }';
  const seen = "v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 1024 ** 2";
  const program = `const v8 = require('node:v8'); ${tell} ${keepALittle} console.log(${seen});`;
  return Number(said(['--max-semi-space-size=16', '-e', program]));
};

/** What a process says; nothing, where it says that something is amiss. */
function said(args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return stderr === '' ? stdout : '';
}

it('is understood by the engine, which grows in one step', () => {
  expect(roomMb(`v8.setFlagsFromString('${roomFlags}');`)).toBeGreaterThan(roomMb(''));
});

it('has its bound in the variables of a function, which Node takes', () => {
  const env = { ...process.env, ...functionVariables };
  const { stdout, stderr } = spawnSync(process.execPath, ['-p', '1'], { encoding: 'utf8', env });
  expect([functionVariables.NODE_OPTIONS, stdout.trim(), stderr]).toEqual(['--max-semi-space-size=16', '1', '']);
});

it('is not cleared step by step, as an idle process is', () => {
  const keepSome = 'const kept = []; for (let at = 0; at < 1200; at += 1) kept[at % 40] = Array.from({ length: 2000 }, () => ({ at }));';
  const clearings = (tell: string): string => said(['--max-semi-space-size=1', '--max-old-space-size=64', '--trace-gc', '-e', `${tell} ${keepSome}`]);
  const inSteps = /Mark-Compact .*steps since start of marking/;
  expect(clearings('')).toMatch(inSteps);
  const ours = clearings(`require('node:v8').setFlagsFromString('${roomFlags}');`);
  expect(ours).toMatch(/Mark-Compact/);
  expect(ours).not.toMatch(inSteps);
});
