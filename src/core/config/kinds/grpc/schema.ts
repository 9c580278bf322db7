/** What a grpc monitor may say. */
import * as z from 'zod';
import { parseHostPort } from '../../host-port';
import { because, flag, map, text, within } from '../../pieces';
import { hasReference } from '../../references';
import { isHeaderName } from '../http/schema';
import { line, tlsOptions } from '../tls-options';
import type { GrpcRule } from './rules';

const own = because<GrpcRule>;

const host = text<GrpcRule>('grpc-host', (value) => typeof parseHostPort(value, { needsPort: false }) === 'object', {
  description: 'The host, and its port where that is not 443, or 80 without TLS.',
  examples: ['api.example.com', 'api.example.com:50051'],
});

/** What the protocol itself sends cannot be said. */
const isMetadataName = (name: string): boolean => isHeaderName(name) && !/^grpc-|^(host|content-type|user-agent)$/i.test(name);

const isBase64 = (value: string): boolean => /^[A-Za-z0-9+/]*={0,2}$/.test(value) || hasReference(value);

const metadatum = line('');
const valueWords = 'Its value, or a list where it is sent more than once; bytes, under a name that ends with `-bin`, in base64.';

export const grpcSchema = z
  .union(
    [
      host,
      map({
        host,
        service: text<GrpcRule>('grpc-service', (value) => /^[\x21-\x7e]{1,200}$/.test(value), {
          description: 'Whose health is asked for. Default: that of the server as a whole.',
          examples: ['shop.v1.Orders'],
        }).optional(),
        plaintext: flag('Whether HTTP/2 is spoken without TLS.', false).optional(),
        tls: tlsOptions('host').optional(),
        metadata: z
          .record(z.string(), z.union([metadatum, z.array(metadatum).min(1)], own('grpc-value')).meta({ description: valueWords }), own('grpc-metadata'))
          .refine((value) => Object.keys(value).every(isMetadataName), own('grpc-metadata'))
          .refine((value) => Object.entries(value).every(([name, said]) => !/-bin$/i.test(name) || [said].flat().every(isBase64)), own('grpc-bytes'))
          .meta({ description: 'Metadata that is sent along.', examples: [{ 'x-api-version': '2' }] })
          .optional(),
        expect: map({ within: within().optional() }).meta({ description: 'What a good answer is, besides SERVING.' }).optional(),
      }),
    ],
    own('grpc'),
  )
  .meta({ description: 'Asks for the health of a gRPC server, by its health checking protocol.' });

export type GrpcSource = z.output<typeof grpcSchema>;
