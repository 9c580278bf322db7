/** Every promise that is checked after a run; what is checked at every write stands in single-writer.ts. */
import { blip } from './blip';
import { convergence } from './convergence';
import { downTarget } from './down-target';
import { duplicates } from './duplicates';
import type { Checker } from './evidence';
import { justAccusation } from './just-accusation';
import { orderly } from './orderly';
import { stoppedProber } from './stopped-prober';
import { trueOutage } from './true-outage';
import { unwatchedTime } from './unwatched-time';

export const checkers: readonly Checker[] = [justAccusation, trueOutage, blip, duplicates, stoppedProber, downTarget, unwatchedTime, convergence, orderly];
