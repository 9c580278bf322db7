import { execFileSync } from 'node:child_process';
import { growsAtOnce, manyProbes, roomForMany } from '../../src/adapters/probes/room';

it('makes room once, when many have been probed', () => {
  const flags: string[] = [];
  const probed = roomForMany((flag) => void flags.push(flag));
  for (let count = 1; count < manyProbes; count += 1) probed();
  expect(flags).toEqual([]);
  for (let count = 0; count < 3 * manyProbes; count += 1) probed();
  expect(flags).toEqual([growsAtOnce]);
});

/** MB of the room for what lives shortly, in a process that has just kept a little more than that room held. */
const roomMb = (tell: string): number => {
  const keepALittle = 'let kept = []; for (let at = 0; at < 40000; at += 1) { kept.push(new Array(8).fill(at)); if (kept.length > 10000) kept = []; }';
  const seen = "v8.getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 1024 ** 2";
  const program = `const v8 = require('node:v8'); ${tell} ${keepALittle} console.log(${seen});`;
  return Number(execFileSync(process.execPath, ['--max-semi-space-size=16', '-e', program], { encoding: 'utf8' }));
};

it('is understood by the engine, which grows in one step', () => {
  expect(roomMb(`v8.setFlagsFromString('${growsAtOnce}');`)).toBeGreaterThan(roomMb(''));
});
