import { cruise } from 'dependency-cruiser';
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { describe, expect, it } from 'vitest';

describe('the floor plan', () => {
  it('holds: no import goes up, sideways or round', async () => {
    const config = await extractDepcruiseConfig('./.dependency-cruiser.cjs');
    const { output } = await cruise(['src'], {
      ...config.options,
      ruleSet: { forbidden: config.forbidden },
      validate: true,
    } as Parameters<typeof cruise>[1]);
    if (typeof output === 'string') throw new Error('expected a structured result');
    expect(output.summary.totalCruised).toBeGreaterThan(100);
    expect(output.summary.violations).toEqual([]);
  });
});
