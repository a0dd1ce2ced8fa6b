import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { overrideBounds, overrideHelp } from '../../../src/core/overrides';

interface Property {
  readonly type: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly description: string;
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
    expect(Object.keys(properties)).toEqual(overrideHelp.map(([name]) => name));
    expect(additionalProperties).toBe(false);
  });

  it.each(overrideHelp)('says of %s what training says: bounds and meaning', (name, what) => {
    const { least, most, whole } = overrideBounds[name];
    expect(properties[name]).toMatchObject({ type: whole ? 'integer' : 'number', minimum: least, maximum: most });
    expect(properties[name]!.description.toLowerCase()).toBe(`${what}.`.toLowerCase());
  });
});
