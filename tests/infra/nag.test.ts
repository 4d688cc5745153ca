import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, test } from 'vitest';
import type { StageSettings } from '../../lib/config/schema.ts';
import { synthesise } from './synth.ts';

const everything: Partial<StageSettings> = {
  siteUrl: 'https://news.dispatches.example',
  dns: { zoneId: 'Z0123456789ABC', zoneName: 'dispatches.example', dmarc: 'reject' },
  ...{ operator: 'me@example.org', budget: 25, testRecipients: ['me@example.org'], doorConcurrency: 20 },
};

test.each([
  ['bare', {}],
  ['with all that a stage can have', everything],
])(
  'a stage %s breaks no rule of AwsSolutions that is not acknowledged with a reason',
  (_name, settings) => {
    const { app } = synthesise(settings);
    const { violations } = new AwsSolutionsChecks(app).validateScope(app);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath}`),
    );
    expect(found).toEqual([]);
  },
  60_000,
);
