/** What each resource is for. One that is not told here cannot be put into the inventory, so none is deployed unexplained. */
import { alarmTopicName, type DeployedFunction, functionName } from '../../src/core/names';
import { nameOf, type StackTemplate, type TemplateResource, textOf } from './template';

type Purpose = (resource: TemplateResource, stack: StackTemplate) => string;

const purposes: Readonly<Record<string, Purpose>> = {
  'AWS::DynamoDB::GlobalTable': (_resource, stack) =>
    `The one table, with a replica in every region (${replicasOf(stack)}): on demand, recoverable to any second of 35 days, protected from deletion.`,
  'AWS::Lambda::Function': purposeOfFunction,
  'AWS::Lambda::EventInvokeConfig': purposeOfRetries,
  'AWS::Lambda::Permission': purposeOfPermission,
  'AWS::Lambda::Url': () => 'Where monitors call, without credentials: the token in the path is the key.',
  'AWS::Lambda::EventSourceMapping': (resource, stack) => `Hands turns to ${textOf(resource.properties.FunctionName, stack)}, one at a time.`,
  'AWS::IAM::Role': (resource) =>
    nameOf(resource)?.includes('schedule') === true ? 'What a schedule may do: bring one function its turn.' : 'What a function may do: below, right by right.',
  'AWS::Logs::LogGroup': (resource) => `The log of a function, kept ${String(resource.properties.RetentionInDays)} days.`,
  'AWS::Scheduler::ScheduleGroup': () => 'Holds the schedules of this region; their roles trust it alone.',
  'AWS::Scheduler::Schedule': () => 'A turn for a function in every calendar minute.',
  'AWS::SQS::Queue': (resource) =>
    nameOf(resource)?.endsWith('undelivered') === true
      ? 'Keeps for 14 days what a webhook would not take.'
      : 'Holds the turn of the watchdog back for half a minute.',
  'AWS::SQS::QueuePolicy': ({ properties }, stack) =>
    `Nothing without TLS for ${textOf(properties.Queues, stack)}${JSON.stringify(properties).includes('sns.amazonaws.com') ? '; SNS may put in what it could not deliver' : ''}.`,
  'AWS::SNS::Topic': (resource) =>
    nameOf(resource) === alarmTopicName ? 'What the alarms of this region tell, without any filter policy.' : 'Everything that this region tells.',
  'AWS::SNS::TopicPolicy': ({ properties }) =>
    `Nothing without TLS${JSON.stringify(properties).includes('cloudwatch.amazonaws.com') ? '; the alarms of this account and region may publish' : ''}.`,
  'AWS::SNS::Subscription': ({ properties }, stack) => subscriptionPurpose(properties, stack),
  'AWS::CloudWatch::Alarm': (resource) =>
    nameOf(resource)?.includes('-silent-') === true
      ? 'Fires in this region, without any code of ours, when that function has given no sign of life for two whole minutes.'
      : firstSentence(String(resource.properties.AlarmDescription)),
  'AWS::Logs::MetricFilter': () => 'Counts in the log of the prober the rounds that came to nothing.',
  'AWS::CloudWatch::Dashboard': () => 'All regions on one page: what each of them sees, the alarms of all, and the beats that reach them.',
};

const functionPurposes: Readonly<Record<DeployedFunction, string>> = {
  prober: 'Probes what is due, writes the beat, judges and announces.',
  watchdog: 'Judges again, watches all other functions, delivers what is pending.',
  'probe-worker': 'Probes a shard of a round when the prober of its region asks, where the monitors outgrow one function; it writes nothing.',
  inbox: 'Takes the pings of monitors that call us, and stores them.',
  widget: 'Draws what metrics cannot show on the dashboard, when somebody looks.',
  relay: 'Brings what the topic is told to chat and paging services, and writes down what became of it.',
};

function purposeOfRetries({ properties }: TemplateResource, stack: StackTemplate): string {
  const name = textOf(properties.FunctionName, stack);
  const why = name.includes('inbox') ? 'whoever calls hears at once whether it was taken' : 'a late round is worthless';
  if (properties.MaximumRetryAttempts === 0) return `No retries of ${name}: ${why}.`;
  return `${String(properties.MaximumRetryAttempts)} retries of ${name}: a message that it could neither deliver nor write down comes again.`;
}

const deployedFunctions = Object.keys(functionPurposes) as readonly DeployedFunction[];

function purposeOfFunction(resource: TemplateResource): string {
  const role = deployedFunctions.find((candidate) => functionName(candidate) === nameOf(resource));
  if (role === undefined) throw new Error(`${resource.id} is a function that nobody knows: say what it is for in infra/inventory/purposes.ts`);
  return functionPurposes[role];
}

function purposeOfPermission({ properties }: TemplateResource, stack: StackTemplate): string {
  if (properties.SourceArn === undefined) return `Lets that URL, and nothing else, reach the inbox (${String(properties.Action)}).`;
  return `Nobody but ${textOf(properties.SourceArn, stack)} may invoke ${textOf(properties.FunctionName, stack)}.`;
}

function subscriptionPurpose({ Protocol, Endpoint, TopicArn }: TemplateResource['properties'], stack: StackTemplate): string {
  const hears = textOf(TopicArn, stack).includes(alarmTopicName) ? ', by the topic of the alarms' : '';
  if (Protocol === 'lambda') return `All channels that the relay delivers to: ${textOf(Endpoint, stack)}${hears}.`;
  return `A channel: ${String(Protocol)} to ${withoutPath(String(Endpoint))}${hears}.`;
}

const firstSentence = (text: string): string => text.replace(/ What to do: .*$/, '');

/** What follows the host of a webhook may be as good as a password. */
const withoutPath = (endpoint: string): string => endpoint.replace(/^(https?:\/\/[^/?#]+).*$/, '$1');

/** Throws where nobody has written what it is for. */
export function purposeOf(resource: TemplateResource, stack: StackTemplate): string {
  const purpose = purposes[resource.type];
  if (purpose === undefined) throw new Error(`${stack.name} deploys ${resource.id}, a ${resource.type}: say what it is for in infra/inventory/purposes.ts`);
  return purpose(resource, stack);
}

function replicasOf({ resources }: StackTemplate): string {
  const replicas = resources.flatMap(({ properties }) => (Array.isArray(properties.Replicas) ? properties.Replicas : []));
  return replicas.map(({ Region }: { readonly Region: string }) => Region).join(', ');
}
