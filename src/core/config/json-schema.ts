/** The schema of `twinwatch.yaml` for editors: completion, descriptions and red lines while typing. */
import * as z from 'zod';
import { configSchema } from './schema';

/** JSON text with a newline at its end. Draft 7, because that is what YAML editors know best. */
export const jsonSchemaText = (): string => `${JSON.stringify(z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
