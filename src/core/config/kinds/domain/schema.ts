/** What a domain monitor may say. */
import * as z from 'zod';
import { numberRule } from '../../condition-pieces';
import { because, map, text, url, within } from '../../pieces';
import type { DomainRule } from './rules';

const nameForm = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/i;

const name = text<DomainRule>('domain-name', (value) => nameForm.test(value) && value.length <= 253 && !/\.\d+$/.test(value), {
  description: 'The domain as it was registered, in ASCII.',
  examples: ['example.com'],
});

export const domainSchema = z
  .union(
    [
      name,
      map({
        name,
        server: url('The RDAP server that is asked, instead of the one of the registry.', 'https://rdap.example.net/').optional(),
        bootstrap: url("The file that names the RDAP server of each registry, instead of IANA's.", 'https://data.iana.org/rdap/dns.json').optional(),
        expect: map({
          daysLeft: numberRule('How many days the registration must have left. A number alone: at least so many.').meta({ default: 30 }).optional(),
          within: within().optional(),
        })
          .meta({ description: 'What a good answer is.' })
          .optional(),
      }),
    ],
    because<DomainRule>('domain'),
  )
  .meta({ description: 'Asks the registry how long a domain is still registered. At most once an hour.' });

export type DomainSource = z.output<typeof domainSchema>;
