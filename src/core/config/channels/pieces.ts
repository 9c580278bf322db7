/** Pieces of which the schemas of channels are made. */
import * as z from 'zod';
import { secretsIn, withSecrets } from '../../secret';
import type { Destination } from '../kinds/kind';
import type { Path } from '../mistakes';
import { because } from '../pieces';
import { isMap } from '../plain-value';
import { type HttpUrl, parseHttpUrl } from '../urls';
import type { ChannelRule } from './rules';

export const own = because<ChannelRule>;

/** Text that may be a secret: a key, a token. */
export const key = (description: string, example: string) =>
  z
    .string(own('key'))
    .refine((value) => value.trim() !== '' && [...value].every((letter) => letter > ' ' && letter <= '~'), own('key'))
    .meta({ description, examples: [example] });

/** An address, the whole of which or parts of whose path may be secret. */
export const secretUrl = (description: string, example: string) =>
  z
    .string(because('url'))
    .refine((value) => isSecretWhole(value) || typeof readUrl(value) === 'object', because('url'))
    .meta({ description, examples: [example] });

const isSecretWhole = (value: string): boolean => /^\$\{secret:[^}]*\}$/.test(value);

/** As far as it is known: a secret in it stands for something that a path may hold. */
function readUrl(value: string): HttpUrl | string {
  return parseHttpUrl(withSecrets(value, new Map(secretsIn(value).map((name) => [name, 'x']))));
}

/** A URL that stands alone below the key, or under `url` in a map. */
const urlOf = (value: unknown): unknown => (isMap(value) ? value.url : value);

export function urlDestination(value: unknown): readonly Destination[] {
  const text = urlOf(value);
  const path: Path = isMap(value) ? ['url'] : [];
  const leadsTo = typeof text === 'string' ? readUrl(text) : 'no-url';
  return typeof leadsTo === 'string' ? [] : [{ path, leadsTo }];
}

/** The host of a URL; where all of it is secret, the reference says that two are the same. */
export function hostOf(url: string): string {
  const read = readUrl(url);
  return typeof read === 'string' ? url : read.host;
}

/** What is put before pages. */
export const mention = (example: string) =>
  z
    .string(own('mention'))
    .refine((value) => /^[^\p{C}]{1,100}$/u.test(value), own('mention'))
    .meta({ description: 'Put before what wakes people.', examples: [example] });
