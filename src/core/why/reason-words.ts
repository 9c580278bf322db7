/** Every reason of a decision in words, silence included: the same that docs/reasons.md lists. */
import type { UnwrittenReason } from '../conclusion';
import type { SayReason, SilenceReason } from '../decision';
import type { VerdictReason, Voice } from '../verdict';

type Words<Reason extends string> = Readonly<Record<Reason, string>>;

export const verdictWords: Words<VerdictReason> = {
  'every-region-fails': 'the newest sample of every fresh region fails, and together they failed often enough',
  'every-region-succeeds': 'the newest sample of every fresh region succeeds, and together they succeeded often enough',
  'enough-regions-down': 'as many regions as it takes have each seen it fail often enough',
  'down-from-some-regions': 'some regions have seen it fail for long, and others see it up',
  'only-witness-fails': 'the only region with a fresh view has seen it fail twice as often as it takes two',
  'only-witness-succeeds': 'the only region with a fresh view sees it succeed',
  'no-region-is-fresh': 'no region has a view that is fresh enough to count',
  'newer-configuration-elsewhere': 'another region has a newer configuration of it, and judges it',
  'fails-now-and-then': 'it is up, and fails too often to be called steady',
  'somebody-else-answers': 'it is confirmed as failing, and where it fails somebody else answers, or nobody who proves to be it',
  'not-yet-confirmed': 'what is seen is not enough to say something else, so what was said before stands',
};

export const voiceWords: Words<Extract<Voice, { kind: '?' }>['why']> = {
  'never-heard': 'nothing of it was ever seen from there',
  'not-fresh': 'its newest sample is too old to count',
  'other-configuration': 'it runs another configuration of this monitor',
  'newer-configuration': 'it runs a newer configuration of this monitor',
};

export const unwrittenWords: Words<UnwrittenReason> = {
  'nothing-wrong': 'all is well, and nothing is open',
  'nothing-known': 'too little is known to say anything',
  'not-yet-confirmed': 'something was seen, and has to be confirmed first',
  'not-long-enough': 'it has to last for longer before it is written down',
  'already-open': 'it is written down already',
  'milder-than-told': 'it was written down as something graver, and becomes no milder before it is over',
  'end-not-newer': 'it looks well, but not by evidence newer than that of each opening and change',
  'change-not-newer': 'it looks different, but not by evidence newer than that of each opening and change',
  'behind-the-end': 'it looks wrong, but by evidence that lags behind the end that is written down',
};

export const sayWords: Words<SayReason> = {
  'first-speaker': 'it completed the evidence, or is first by the hash of the incident: it speaks at once',
  flapping: 'it changed too often: that is told once, in place of each change',
  'others-stayed-silent': 'nobody before it had a receipt when its turn came',
  'no-receipt-yet': 'what it sent was not accepted by any topic, so it is sent again',
  'still-so': 'it lasts, and nobody has taken it: it is said again',
  'nobody-took-it': 'nobody has taken it in time: others are told, too',
  'my-page-came-late': 'its page may have come after others told the end, or FLAPPING: it tells that itself',
};

export const silenceWords: Words<SilenceReason | 'just-learnt'> = {
  told: 'it was told, and a topic accepted it',
  'told-by-its-end': 'it was over before anybody could tell it: its end tells it all',
  'a-later-one-was-told': 'a later step was told: this one would be out of date',
  'muted-while-flapping': 'it was told as flapping: nothing more of it is told before it is calm',
  'only-noted-on-the-page': 'its severity is note: it is shown, and wakes nobody',
  'being-sent': 'it is being sent',
  'waiting-for-my-turn': 'another region speaks before it; it speaks if that one has no receipt in time',
  'not-found-by-me': 'it is the first to speak, but does not find this itself now; it waits as others do',
  'in-maintenance': 'work on it is planned now: nothing new is told before that is over',
  'silenced-by-order': 'somebody ordered silence: nothing new is told before that is over',
  'its-parent-is-down': 'what it depends on is down, and told: this is told when that mends and this does not',
  'over-before-anybody-was-told': 'it began and ended while it was quiet: nobody was told of it, so nobody is told of its end',
  'a-later-one-tells-it': 'it was quiet when this happened: what came of it is told instead',
  'not-yet-due': 'it is not yet time to say it again',
  taken: 'somebody has taken it: it is not said again',
  'not-told-yet': 'it has to be told once before it is said again',
  'gathered-soon': 'there were too many messages: what is due is gathered, and leaves within a minute',
  'just-learnt': 'it has just learnt of this, and counts its turn from now',
};
