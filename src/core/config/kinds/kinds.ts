/** Every kind of probe that a monitor may have, by its key: exactly one of them stands in each monitor. */
import type * as z from 'zod';
import { isMap } from '../plain-value';
import type { RuleWords } from '../rules';
import { dns } from './dns/dns';
import { domain } from './domain/domain';
import { grpc } from './grpc/grpc';
import { heartbeat } from './heartbeat/heartbeat';
import { http } from './http/http';
import { identityRules } from './identity/rules';
import type { Kind } from './kind';
import { members } from './members/members';
import type { Probe } from './probe';
import { tcp } from './tcp/tcp';
import { tls } from './tls/tls';
import { websocket } from './websocket/websocket';

/** In the order in which they are named to people. */
export const kinds = { http, tcp, tls, dns, websocket, grpc, domain, members, heartbeat } as const;

export type KindKey = keyof typeof kinds;

export const kindKeys = Object.keys(kinds) as readonly KindKey[];

/** A kind of which only what all have in common is known. */
export type AnyKind = Kind<KindKey, z.ZodType, Probe>;
export const kindOf = (key: KindKey): AnyKind => kinds[key] as unknown as AnyKind;

/** The kinds that a monitor names, validated or not. */
export const kindsIn = (monitor: unknown): readonly KindKey[] => (isMap(monitor) ? kindKeys.filter((key) => monitor[key] !== undefined) : []);

/** And those of what stands beside a kind. */
export const kindRules: Readonly<Record<string, RuleWords>> = Object.assign({}, identityRules, ...kindKeys.map((key) => kinds[key].rules));
