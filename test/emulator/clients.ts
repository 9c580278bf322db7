/** Clients of the emulator's regions, with the right of its root user. */
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SNSClient } from '@aws-sdk/client-sns';
import { credentials } from './emulator';
import type { Reached } from './signed-call';

export interface Clients {
  table(region: string): DynamoDBClient;
  lambda(region: string): LambdaClient;
  topics(region: string): SNSClient;
  metrics(region: string): CloudWatchClient;
}

export function createClients({ endpoint, agent }: Reached): Clients {
  const handler = endpoint.startsWith('https:') ? { httpsAgent: agent } : { httpAgent: agent };
  const options = (region: string) => ({ region, endpoint, credentials, requestHandler: { ...handler, requestTimeout: 30_000 } });
  return {
    table: once((region) => new DynamoDBClient(options(region))),
    lambda: once((region) => new LambdaClient(options(region))),
    topics: once((region) => new SNSClient(options(region))),
    metrics: once((region) => new CloudWatchClient(options(region))),
  };
}

function once<Client>(make: (region: string) => Client): (region: string) => Client {
  const made = new Map<string, Client>();
  return (region) => {
    const client = made.get(region) ?? make(region);
    made.set(region, client);
    return client;
  };
}
