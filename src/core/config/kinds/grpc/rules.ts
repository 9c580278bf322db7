/** What the rules of grpc monitors say when they are broken. */
import { hostWords } from '../../host-port';
import type { RuleWords, Seen } from '../../rules';

export type GrpcRule = 'grpc' | 'grpc-host' | 'grpc-service' | 'grpc-metadata' | 'grpc-value' | 'grpc-bytes';

const rule = (what: string, advice: string): RuleWords => ({
  advice,
  words: ({ shown }: Seen) => ({ problem: `${shown} ${what}`, advice }),
});

export const grpcRules: Readonly<Record<GrpcRule, RuleWords>> = {
  grpc: rule('is neither a host nor a map', 'write a host such as api.example.com:443, or a map with `host`'),
  'grpc-host': hostWords('api.example.com:443', { needsPort: false }),
  'grpc-service': rule('is no name of a service', 'write a name such as shop.v1.Orders, or leave it out for the server as a whole'),
  'grpc-metadata': rule('holds a name that cannot stand here', 'write names such as x-api-version; `grpc-` belongs to gRPC'),
  'grpc-value': rule('is no value that can be sent', 'write text, or a list of texts'),
  'grpc-bytes': rule('holds bytes that are not in base64', 'write what stands under a name that ends with `-bin` in base64, such as dGVzdA=='),
};
