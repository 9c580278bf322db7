/** What the simulator runs: the code of one function, started in a cold environment. */
import type { Invocation, ProberEvent, Self } from '../../src/engine/invocation';
import type { Ports } from '../../src/engine/ports';

export type ScheduledEvent = ProberEvent;
export type Handler = (event: ScheduledEvent, invocation: Invocation) => Promise<unknown>;
/** What the handler remembers dies with its environment. */
export type Engine = (self: Self, ports: Ports) => Handler;
