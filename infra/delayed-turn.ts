/**
 * Holds a function's turn back: the schedule puts it into a queue, and the queue gives it to the function later. A schedule
 * cannot do this by itself: it is on the minute, and one that starts at another second is refused when its start is past.
 */
import { type Duration, Validations } from 'aws-cdk-lib';
import { EventSourceMapping, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { FunctionRole } from '../src/core/names';
import { turnQueueName } from './deployed-names';
import { staleAfter } from './watched-function';

export interface DelayedTurnProps {
  readonly role: FunctionRole;
  readonly delay: Duration;
  /** Its role must be allowed to take turns out of the queue. */
  readonly runs: IFunction;
}

export class DelayedTurn extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, id: string, { role, delay, runs }: DelayedTurnProps) {
    super(scope, id);
    // Invisible for as long as it is kept: what failed, or waited too long, is not tried again, the next turn comes anyway.
    this.queue = new Queue(this, 'Queue', {
      queueName: turnQueueName(role),
      deliveryDelay: delay,
      retentionPeriod: staleAfter,
      visibilityTimeout: staleAfter,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    Validations.of(this.queue).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'A turn that failed or waited too long is worthless a minute later, and its silence is what the alarms hear: there is nothing to keep.',
    });
    new EventSourceMapping(this, 'Turns', { target: runs, eventSourceArn: this.queue.queueArn, batchSize: 1, maxConcurrency: 2 });
  }
}
