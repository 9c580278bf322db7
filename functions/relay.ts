/** Runs when the topic of its region is told something: brings it to chat and paging services, and writes down what became of it. */
import { createRelay } from '../src/adapters/lambda/relay';

export const handler = createRelay();
