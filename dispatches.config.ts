import { defineConfig } from './lib/config/schema.ts';

export default defineConfig({
  publication: {
    id: 'war',
    name: 'Dispatches',
    from: 'digest@dispatches.example',
    contact: 'Dispatches, a sample publication. Replies reach the editors.',
  },
  feeds: 'feeds.opml',
  locales: ['nl', 'en', 'de', 'fr', 'es', 'pl', 'uk'],
  digest: { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam' },
  stages: {
    dev: { region: 'eu-central-1', disposable: true },
    prod: { region: 'eu-central-1' },
  },
});
