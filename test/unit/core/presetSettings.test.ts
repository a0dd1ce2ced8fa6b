import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formerNames, overrideHelp, parseOverrides } from '../../../src/core/overrides';

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
    const { type, minimum, maximum, description } = properties[name]!;
    const takes = (value: number): boolean => {
      try {
        return parseOverrides({ [name]: value })[name] === value;
      } catch {
        return false;
      }
    };
    expect([minimum, maximum].map(takes)).toEqual([true, true]);
    expect([minimum - 1e-7, minimum - 1, maximum + 1e-7, maximum + 1].map(takes)).toEqual([false, false, false, false]);
    expect(takes((minimum + maximum) / 2 + 0.25)).toBe(type === 'number');
    expect(description.toLowerCase()).toBe(`${what}.`.toLowerCase());
  });
});
