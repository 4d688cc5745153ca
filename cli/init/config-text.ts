/** What `dispatches init` writes: every setting that somebody who begins has to look at. */
export const CONFIG_TEXT = `/** Settings of Dispatches. "npx dispatches doctor" checks them. */
export default {
  publication: {
    id: 'war', // part of every edition's id: never change it once mail went out
    name: 'Dispatches',
    from: 'digest@dispatches.example', // an address of a domain of yours
    contact: 'Dispatches, a sample publication. Replies reach the editors.',
  },
  feeds: 'feeds.opml',
  locales: ['en', 'nl'], // of: nl, en, de, fr, es, pl, uk
  digest: { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam' },

  // To publish from this machine ("npx dispatches serve"):
  // serve: {
  //   siteUrl: 'https://news.example.org', // where a reverse proxy hands on to port 8080 here
  //   mail: { smtp: { host: 'smtp.example.org', port: 587, user: 'dispatches' } }, // password: DISPATCHES_SMTP_PASSWORD
  // },
};
`;
