/** Handing the relay of this region a message once more, past its topic and so without a signature, and not waiting for what it does. */
import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { RegionId } from '../../core/basics/brand';
import type { RelayBody } from '../../core/message/notice';
import { functionArn, topicArn } from '../../core/names';
import type { OwnRelay } from '../../engine/ports';
import { limited } from '../aws/limited-call';
import { clientOptions, oncePerRegion } from '../aws/regional-client';

const limitMs = 3000;

export function createOwnRelay({ account, region }: { readonly account: string; readonly region: RegionId }): OwnRelay {
  return {
    async hand({ subject, text, json, about }, channels) {
      const body: RelayBody = { text, event: JSON.parse(json), about };
      const handed = {
        MessageId: randomUUID(),
        TopicArn: topicArn(account, region),
        Subject: subject,
        Message: JSON.stringify(body),
        Timestamp: new Date().toISOString(),
        MessageAttributes: { channels: { Type: 'String.Array', Value: JSON.stringify(channels) } },
      };
      const command = new InvokeCommand({
        FunctionName: functionArn(account, region, 'relay'),
        InvocationType: 'Event',
        Payload: JSON.stringify({ handed }),
      });
      await limited({ what: `relay ${region}: Invoke`, limitMs }, (signal) => clientOf(region).send(command, { abortSignal: signal }));
    },
  };
}

const clientOf = oncePerRegion((region) => new LambdaClient(clientOptions(region)));
