/** Of a service and its members: when it is well, and what is said when it is not. */
import { answeredAs, answererIn } from '../../src/core/identity';
import { couldBeCut, judgeMembers, type MemberSeen } from '../../src/core/members';
import type { Attempt } from '../../src/core/observation';
import { attempt } from './builders';

const well = (address: string): MemberSeen => ({ address, attempt: attempt() });
const out = (address: string, detail = 'status 503, wanted 2xx'): MemberSeen => ({ address, attempt: attempt({ reason: 'status', detail }) });
const refused = (address: string): MemberSeen => ({ address, attempt: attempt({ reason: 'connect-refused', detail: 'nothing listens there' }) });
const notAsked = (address: string): MemberSeen => ({ address, attempt: attempt({ reason: 'address-refused', detail: 'it is private' }) });
const byName = attempt({ phases: { dnsMs: 1, connectMs: 2, tlsMs: 3, firstByteMs: 4, transferMs: 5 }, address: '192.0.2.10:443' });
const [a, b, c, d, e] = ['192.0.2.10', '192.0.2.11', '192.0.2.12', '192.0.2.13', '192.0.2.14'] as const;

it.each<[string, readonly MemberSeen[], number | undefined, string, string]>([
  ['all well', [well(a), well(b)], undefined, 'ok', ''],
  ['one of four out', [well(a), out(b), well(c), well(d)], undefined, 'members', '3 of 4, 192.0.2.11 is out: status 503, wanted 2xx'],
  ['one out, which is tolerated', [well(a), out(b)], 1, 'ok', ''],
  [
    'too many out',
    [well(a), out(b), refused(c)],
    2,
    'members',
    '1 of 3, wanted 2, out are 192.0.2.11 (status 503, wanted 2xx), 192.0.2.12 (connect-refused: nothing listens there)',
  ],
  [
    'all out',
    [out(a), out(b), out(c), out(d), out(e)],
    undefined,
    'members',
    '0 of 5, out are 192.0.2.10 (status 503, wanted 2xx), 192.0.2.11 (status 503, wanted 2xx), 3 more',
  ],
  ['one could not be asked, and enough are well', [well(a), notAsked(b)], 1, 'ok', ''],
  [
    'one could not be asked, and it matters',
    [well(a), notAsked(b), out(c)],
    2,
    'address-refused',
    '1 of 3, wanted 2, 192.0.2.12 is out: status 503, wanted 2xx, and 192.0.2.11 could not be asked: it is private',
  ],
  ['one could not be asked, and it makes no difference', [notAsked(a), out(b)], 2, 'members', '0 of 2, 192.0.2.11 is out: status 503, wanted 2xx'],
])('%s', (_case, members, atLeast, reason, detail) => {
  expect(judgeMembers({ byName, members, atLeast })).toEqual({ ...byName, reason, detail });
});

it('a member that somebody else answers for is told as that, with who it was', () => {
  const answered = attempt({ reason: 'misidentified', detail: answeredAs('pay-3', ['pay-1', 'pay-2']) });
  const { reason, detail } = judgeMembers({ byName, members: [well(a), { address: b, attempt: answered }] });
  expect([reason, detail]).toEqual(['misidentified', '1 of 2, 192.0.2.11 is out: misidentified: answered as "pay-3", wanted "pay-1" or "pay-2"']);
  expect(answererIn(detail)).toBe('pay-3');
  const two = judgeMembers({ byName, members: [out(a), { address: b, attempt: answered }] });
  expect([two.reason, answererIn(two.detail)]).toEqual(['misidentified', undefined]);
  expect(couldBeCut(two)).toBe(false);
});

it('what users get comes first: the name is out, however its members are', () => {
  const broken = { ...byName, reason: 'tls-expired', detail: 'the certificate expired' } as const;
  expect(judgeMembers({ byName: broken, members: [well(a), well(b)] })).toEqual({ ...broken, detail: 'the certificate expired; of its members 2 of 2' });
  const unasked = { ...byName, reason: 'prober-error', detail: 'no sockets' } as const;
  expect(judgeMembers({ byName: unasked, members: [out(a)] })).toMatchObject({ reason: 'prober-error' });
});

it('only what more time might have mended is cut off by the end of a round', () => {
  const judged = (member: MemberSeen): Attempt => judgeMembers({ byName, members: [member] });
  const late: MemberSeen = { address: a, attempt: attempt({ reason: 'first-byte-timeout', detail: 'no response began within 900 ms' }) };
  expect([judged(late), judged(refused(a)), judged(well(a)), late.attempt].map(couldBeCut)).toEqual([true, false, false, true]);
});
