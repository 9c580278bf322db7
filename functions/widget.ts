/** Draws what metrics cannot show on the CloudWatch dashboard, when somebody looks at it: reads the table of its own region, and writes nothing. */
import { createWidget } from '../src/adapters/lambda/widget';

export const handler = createWidget();
