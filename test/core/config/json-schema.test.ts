import { readFileSync } from 'node:fs';
import { jsonSchemaText } from '../../../src/core/config/json-schema';

describe('the schema for editors', () => {
  it('is committed as it is', () => {
    expect(readFileSync('twinwatch.schema.json', 'utf8')).toBe(jsonSchemaText());
  });

  it('has a title, a description for each key, and no key of a later version', () => {
    const schema = JSON.parse(jsonSchemaText());
    expect(schema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(schema.title).toBe('twinwatch.yaml');
    expect(Object.keys(schema.properties)).toEqual([
      'regions',
      'defaults',
      'watch',
      'budget',
      'anchors',
      'network',
      'channels',
      'outside',
      'runbook',
      'maintenance',
      'routes',
      'cap',
      'feed',
      'monitors',
    ]);
    for (const property of Object.values(schema.properties)) expect(property).toHaveProperty('description');
    expect(schema.required).toEqual(['regions', 'monitors']);
    expect(schema.additionalProperties).toBe(false);
  });
});
