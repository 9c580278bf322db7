/** Pages that came late: others may have told the end before, or that the subject is flapping. Such a page must not be the last word. */
import { type Instant, instant, regionId } from './basics/brand';
import { minute, second } from './basics/time';
import type { SayReason } from './decision';
import { hushOf, type Step } from './flapping';
import { type EntryOf, isAbout } from './incident';
import { type Announced, entryId, type Receipt } from './log';
import { isOfMatter, type Matter } from './matter';
import { clockOffMsMost } from './promises';

/** What is announced within this time of its conclusion was announced at once. */
const promptMs = 10 * second;
/** Everybody looks at least so often, and finds then that a quiet is over. */
const lookMs = minute;
/** What was seen so long after a time had not been done before it, however long it took to come. */
const travelsMsMost = 30 * second;

/** That it was sent: by its receipt, or else as it was recorded before. */
export type Page = EntryOf<Announced> | EntryOf<Receipt>;

/** Whether the end, or that it is flapping, was told after each of these pages. Twice is enough in any case: a clock may have been set in between. */
export function isToldAfter(pages: readonly Page[], ends: readonly EntryOf<Receipt>[]): boolean {
  const sent = ends.filter(isAccepted);
  return pages.length === 0 || sent.length > 1 || sent.some((end) => pages.every((page) => isAfter(end, page)));
}

/** What the end itself knew came before it, whatever the clock said that dated the page. */
const isAfter = (end: EntryOf<Receipt>, page: Page): boolean => isLater(end, page) || end.body.knows?.includes(entryId(page)) === true;

/** Of entries of one region: by their numbers, where they count alike. */
export const isLater = (one: Page, other: Page): boolean =>
  one.writer === other.writer && one.month === other.month && isNumberedInTime(one) && isNumberedInTime(other) ? one.n > other.n : one.at >= other.at;

/** The number of what was saved later tells when that was, and not when it was sent. */
const isNumberedInTime = ({ n, body }: Page): boolean => n > 0 && !(body.kind === 'receipt' && body.savedAt !== undefined);

/** The pages after which this region must tell itself what others have told. */
export function pagesThatCameLate(matter: Matter): readonly Page[] {
  if (matter.as === 'flapping') return pagesBesideFlapping(matter);
  return matter.transition.kind === 'resolved' ? pagesBesideTheEnd(matter) : [];
}

/**
 * The trouble that this region told of a storm by itself, where it told no end after it, and nobody who told that it is flapping is known to have
 * known of it: it may have come after that, and its end is muted. What is graver than all before is told in any storm.
 */
function pagesBesideFlapping(matter: Matter): readonly Page[] {
  const { said, listener, storm } = matter;
  if (storm === undefined) return [];
  const received = said.receipts.filter((entry) => entry.region === listener.me && isAccepted(entry));
  const ends = received.filter(({ body }) => storm.steps.some(({ incident, transition }) => isResolved(transition) && isAbout(body, incident, transition)));
  const troubles = storm.steps.filter(({ transition }) => !isResolved(transition) && hushOf(storm, transition) !== 'free');
  const pages = troubles.flatMap((step) => sentOf(step, matter));
  const known = knownToTellers(matter);
  return pages.filter((page) => !isKnown(page, known) && !ends.some((end) => isAfter(end, page)));
}

const isResolved = ({ kind }: Step['transition']): boolean => kind === 'resolved';

/** All that this region sent about a step by itself. */
function sentOf(step: Step, { said, listener }: Matter): readonly Page[] {
  const isMine = ({ region, body }: Page): boolean =>
    region === listener.me && body.as !== 'flapping' && isAbout(body, step.incident, step.transition, body.as);
  const pages = withoutCopies(said.announced.filter(isMine));
  const receipts = withoutCopies(said.receipts.filter(isMine));
  return [...pages.map((page) => asReceived(page, receipts)), ...unrecorded(pages, receipts)];
}

/**
 * What this region told of an earlier step out of turn, or long after it concluded it, a quiet in between not counted. Others may have told the end before,
 * and so may its own other function: it must tell the end itself. Both times are by its own clock: no other clock could be compared with them, but
 * where all who told the end say that it was before, and do not know of the page, they are believed.
 */
function pagesBesideTheEnd(matter: Matter): readonly Page[] {
  const { incident, transition, said, listener, storm } = matter;
  const isMine = ({ region }: Page): boolean => region === listener.me;
  const mine = said.announced.filter(isMine);
  const known = knownToTellers(matter);
  const steps = [...incident.transitions.map((step) => ({ incident, transition: step })), ...(storm?.steps ?? [])];
  return steps.flatMap((step) => {
    if (step.transition === transition) return [];
    const concludedAt = step.transition.entries.find((entry) => entry.region === listener.me)?.at ?? Number.POSITIVE_INFINITY;
    const isOfStep = ({ body }: Page): boolean => isAbout(body, step.incident, step.transition, body.as);
    const receipts = withoutCopies(said.receipts.filter(isMine).filter(isOfStep));
    const lookedAfterQuiet = (at: Instant): number => (listener.arranged?.quietEndedBefore(incident.subject, at) ?? 0) + lookMs;
    const dueAt = (at: Instant): number => Math.max(concludedAt, lookedAfterQuiet(at));
    const wasLateToSpeak = (entry: EntryOf<Announced>): boolean =>
      !promptReasons.includes(entry.body.reason) || entry.at - dueAt(entry.at) > promptMs || wasToldBefore(entry, matter);
    const pages = withoutCopies(mine.filter(isOfStep));
    const late = pages.flatMap((page) => {
      const sent = asReceived(page, receipts);
      return wasLateToSpeak(page) || isAfterOwnEnd(sent, matter) ? [sent] : [];
    });
    return [...late, ...unrecorded(pages, receipts)].filter((page) => !isKnown(page, known) && !endedAfter(page, matter));
  });
}

/** A record whose writing at home was not answered may stand under another name as well: the number that it has at home tells when it was sent. */
const withoutCopies = <Entry extends Page>(pages: readonly Entry[]): readonly Entry[] =>
  pages.filter((page) => page.writer === page.region || !pages.some((other) => other.writer === other.region && other.at === page.at));

/**
 * It leaves after its record, by slow topics seconds after it, and before its receipt: what did not come after both may have come before it. The clock may
 * have been set back in between.
 */
function asReceived(page: EntryOf<Announced>, receipts: readonly EntryOf<Receipt>[]): Page {
  const receipt = receipts.find((candidate) => isAccepted(candidate) && isReceiptOf(page, candidate, receipts));
  return receipt === undefined ? page : { ...receipt, at: instant(Math.max(receipt.at, page.at)) };
}

/**
 * No store took the record of what these are the receipts of, so whoever sent them may not have known what its log says: they left out of turn.
 */
const unrecorded = (pages: readonly EntryOf<Announced>[], receipts: readonly EntryOf<Receipt>[]): readonly EntryOf<Receipt>[] =>
  receipts.filter(isAccepted).filter((receipt) => !pages.some((page) => isReceiptOf(page, receipt, receipts)));

const isAccepted = ({ body }: EntryOf<Receipt>): boolean => body.level === 'accepted';

/** Whether this receipt, of all about the same step, is the one of this page: a record stands for the message that was received first after it. */
function isReceiptOf(page: Page, receipt: EntryOf<Receipt>, receipts: readonly EntryOf<Receipt>[]): boolean {
  const isBetween = (other: EntryOf<Receipt>): boolean => isLater(other, page) && isLater(receipt, other);
  const isOther = ({ body }: EntryOf<Receipt>): boolean => body.messageId !== receipt.body.messageId;
  return isLater(receipt, page) && !receipts.filter(isAccepted).some((other) => isOther(other) && isBetween(other));
}

/**
 * Whoever was cut off concludes from what is old, at once and in good faith, what others have seen the end of. Of two that speak at the same moment, as
 * when a quiet is over, nobody knows who was first.
 */
const wasToldBefore = ({ at }: Page, matter: Matter): boolean =>
  matter.said.receipts.every((end) => !isOfMatter(end.body, matter) || (end.region !== matter.listener.me && end.at < at + promptMs));

/** Where stores or topics are slow one function of this region may have concluded and told the end while the page of the other was on its way. */
const isAfterOwnEnd = (page: Page, matter: Matter): boolean =>
  matter.said.receipts.some((end) => end.region === matter.listener.me && isOfMatter(end.body, matter) && !isAfter(end, page));

/**
 * The receipts of this region that those who told the end, or that it is flapping, knew of: what was sent before any of these came before.
 * Their receipts say so where their records have not arrived yet.
 */
function knownToTellers(matter: Matter): readonly EntryOf<Receipt>[] {
  const { said, listener } = matter;
  const told = said.receipts.filter((entry) => isOfMatter(entry.body, matter));
  const tellers = told.map(({ region }) => region);
  const recorded = said.announced.filter((entry) => isOfMatter(entry.body, matter) && tellers.includes(entry.region));
  const theirs = [...told, ...recorded].filter((entry) => entry.region !== listener.me);
  const known = new Set(theirs.flatMap(({ body }) => body.knows ?? []));
  return said.receipts.filter((entry) => entry.region === listener.me && known.has(entryId(entry)));
}

const isKnown = (page: Page, known: readonly Page[]): boolean => known.some((entry) => entryId(entry) === entryId(page) || isLater(entry, page));

/**
 * Whether the end was concluded from a round that this region began after it had told its page. Since its clock was set back its slots may be named
 * ahead of it, so that they are no times: what they leave open is no "after". Where none of its own counted, as none of a witness does, others' do:
 * by when it sees them, or else by their slots. The page was told by its clock of then, and the rest is by that of now, or by theirs: it must be later
 * by more than a clock can be wrong.
 */
const endedAfter = ({ at }: Page, { incident, transition, listener }: Matter): boolean =>
  transition.entries.every(({ body: { evidence } }) => {
    const own = evidence[listener.me];
    if (own !== undefined) {
      const begunAt = listener.seesAt?.(listener.me, own, incident) ?? own * second;
      return begunAt > at && begunAt <= listener.now;
    }
    return Object.entries(evidence).every(([region, slot]) => {
      const seenAt = listener.seesAt?.(regionId(region), slot, incident);
      return seenAt === undefined ? slot * second > at + clockOffMsMost : seenAt > at + clockOffMsMost + travelsMsMost;
    });
  });

const promptReasons: readonly string[] = ['first-speaker', 'flapping'] satisfies readonly SayReason[];
