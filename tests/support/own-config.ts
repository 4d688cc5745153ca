/** Text of a small configuration file of an operator: one language, feeds in `list.opml` beside it, on this machine. */
export const OWN_CONFIG = `export default {
  publication: { id: 'own', name: 'Own', from: 'own@example.org', contact: 'Own' },
  feeds: 'list.opml',
  locales: ['en'],
  digest: { hour: 7, zone: 'Europe/Amsterdam' },
  collect: { allowLoopback: true },
};
`;
