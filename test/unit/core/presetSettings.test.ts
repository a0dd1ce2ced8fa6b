import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formerNames, overrideBounds, overrideHelp } from '../../../src/core/overrides';

interface Property {
  readonly type: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly description: string;
  readonly deprecationMessage?: string;
}

const manifest = JSON.parse(fs.readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  contributes: {
    configuration: {
      properties: Record<string, { properties: Record<string, Property>; additionalProperties: boolean }>;
    };
  };
};
const { properties, additionalProperties } = manifest.contributes.configuration.properties['digits.presetValues']!;

describe('the setting digits.presetValues', () => {
  it('offers the values that a preset has, and no others', () => {
    const offered = Object.keys(properties).filter(name => properties[name]!.deprecationMessage === undefined);
    expect(offered).toEqual(overrideHelp.map(([name]) => name));
    expect(additionalProperties).toBe(false);
  });

  it.each(Object.entries(formerNames))('still takes %s, and points to its present name', (former, present) => {
    const { type, minimum, maximum, deprecationMessage } = properties[former]!;
    expect(deprecationMessage).toBe(`Use "${present}" instead.`);
    expect(properties[present]).toMatchObject({ type, minimum, maximum });
  });

  it.each(overrideHelp)('says of %s what training says: bounds and meaning', (name, what) => {
    const { least, most, whole } = overrideBounds[name];
    expect(properties[name]).toMatchObject({ type: whole ? 'integer' : 'number', minimum: least, maximum: most });
    expect(properties[name]!.description.toLowerCase()).toBe(`${what}.`.toLowerCase());
  });
});
