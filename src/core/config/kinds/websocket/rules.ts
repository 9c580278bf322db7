/** What the rules of websocket monitors say when they are broken. */
import type { RuleWords } from '../../rules';

export type WebsocketRule =
  | 'websocket'
  | 'websocket-url'
  | 'websocket-header'
  | 'websocket-subprotocol'
  | 'websocket-step'
  | 'websocket-dialogue'
  | 'websocket-message'
  | 'websocket-path'
  | 'websocket-value';

const rule = (advice: string, what: string): RuleWords => ({ advice, words: ({ shown }) => ({ problem: `${shown} ${what}`, advice }) });

const stepAdvice = 'write either `expect` or `send`';
const headerAdvice = 'write text without line breaks, below a name other than connection, upgrade and those of the handshake';

export const websocketRules: Readonly<Record<WebsocketRule, RuleWords>> = {
  websocket: rule('write an address such as wss://shop.example.com/live, or a map with `url`', 'is neither an address nor a map'),
  'websocket-url': {
    advice: 'write an address such as wss://shop.example.com/live',
    words: ({ shown, isReferenced }) => ({
      problem: `${isReferenced ? `what ${shown} stands for` : shown} is no WebSocket address`,
      advice: 'begin it with wss:// or ws://, without a user, a password, spaces or a #',
    }),
  },
  'websocket-header': { advice: headerAdvice, words: () => ({ problem: 'is no header that may be sent', advice: headerAdvice }) },
  'websocket-subprotocol': rule('write a name such as chat.v2, or a list of names, the best first', 'is no subprotocol'),
  'websocket-step': { advice: stepAdvice, words: () => ({ problem: 'is not exactly one thing to do', advice: stepAdvice }) },
  'websocket-dialogue': rule('write a list of 1 to 50 steps such as `- expect: ready`', 'is no dialogue'),
  'websocket-message': rule('write a pattern in the syntax of RE2, or a map such as { json: $.status, equals: ok }', 'is nothing that a message can be'),
  'websocket-path': rule('write a JSON path such as $.status', 'is no JSON path'),
  'websocket-value': rule('write text, a number, true, false or null', 'is no value that can be compared'),
};
