/** The name of an order: short enough to be typed, and no two are likely to meet. */
import { randomBytes } from 'node:crypto';

export const orderName = (): string => `o-${randomBytes(4).toString('hex')}`;
