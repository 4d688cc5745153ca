import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import mjml2html from 'mjml';
import MailComposer from 'nodemailer/lib/mail-composer';
import { buildMime } from '../../lib/delivery/mime.ts';
import { createSesTransport, sesClientConfig } from '../../lib/delivery/ses.ts';
import type { Message } from '../../lib/editions/message.ts';

/**
 * How fast mail leaves, next to what bounds it: copying the same bytes, and the SDK sending the same bytes.
 * Run: node tests/bench/delivery.bench.ts. Absolute rates depend on the machine; read the ratios of one run.
 */
const ROUNDS = 9;
const BYTES = 80_000;
const OPTIONS = { validationLevel: 'strict', ignoreIncludes: true, fonts: {} } as const;
const sender = { name: 'Dispatches', from: 'digest@dispatches.example', listId: 'war.dispatches.example' };
const date = new Date('2026-11-23T06:00:00.000Z');

if (process.argv[2] === 'stub') stub();
else await main();

/** An SES that takes everything, in a process of its own so that it does not slow down the one measured. */
function stub(): void {
  const answer =
    '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>';
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(answer));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit());
}

function edition(): Message {
  const story =
    '<p>De artillerie trof vannacht opnieuw de haven; het leger meldt gevechten langs de rivier — “zwaar”.</p>\n';
  const text = story.replace(/<[^>]+>/g, '');
  const foot = (before: string) => [
    before,
    { slot: 'unsubscribeUrl' } as const,
    '\n',
    { slot: 'preferencesUrl' } as const,
  ];
  const html = story.repeat(Math.ceil((BYTES * 0.8) / story.length));
  return {
    subject: 'Beschietingen bij de haven: wat we weten',
    preheader: '',
    lang: 'nl',
    html: foot(html),
    text: foot(text.repeat(Math.ceil((BYTES * 0.2) / text.length))),
  };
}

function addressee(n: number) {
  const token = `t1.0123abcd.u.${n.toString(16).padStart(32, '0')}..0.${'ab'.repeat(16)}`;
  const links = {
    unsubscribeUrl: `https://dispatches.example/unsubscribe/${token}`,
    preferencesUrl: `https://dispatches.example/preferences/${token}`,
  };
  return { to: `reader-${n}@example.org`, links };
}

interface Rate {
  readonly name: string;
  readonly calls: number;
  readonly run: (n: number) => unknown;
}

/** Calls per second, median of rounds; the contenders take turns, so that noise hits all alike. */
async function rates(contenders: readonly Rate[]): Promise<Record<string, number>> {
  const found = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const { name, calls, run } of contenders) {
      const start = performance.now();
      for (let n = 0; n < calls; n += 1) await run(n);
      found.get(name)?.push((calls * 1000) / (performance.now() - start));
    }
  const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
  return Object.fromEntries([...found].map(([name, values]) => [name, median(values)]));
}

async function building(): Promise<void> {
  const message = edition();
  const fill = buildMime(message, sender, date);
  const sample = fill(addressee(1));
  const pieces = Array.from({ length: 13 }, (_, n) =>
    Buffer.from(sample.subarray(Math.floor((n * sample.length) / 13), Math.floor(((n + 1) * sample.length) / 13))),
  );
  const story = '<mj-text><p>De artillerie trof vannacht opnieuw de haven; het leger meldt gevechten.</p></mj-text>';
  const stories = story.repeat(Math.ceil(60_000 / 250));
  const source = `<mjml><mj-body><mj-section><mj-column>${stories}</mj-column></mj-section></mj-body></mjml>`;
  const { html } = await mjml2html(source, OPTIONS);
  const { text } = message;
  const compose = (n: number, body: string) => {
    const { to, links } = addressee(n);
    return new MailComposer({
      ...{ from: sender.from, to, subject: message.subject, html: body, date, newline: 'windows' },
      text: text.map((part) => (typeof part === 'string' ? part : links[part.slot])).join(''),
      headers: { 'List-Unsubscribe': `<${links.unsubscribeUrl}>` },
      textEncoding: 'quoted-printable',
    })
      .compile()
      .build();
  };
  const found = await rates([
    { name: 'ours', calls: 2000, run: (n) => fill(addressee(n)) },
    { name: 'copy', calls: 2000, run: () => Buffer.concat(pieces) },
    { name: 'encode', calls: 5, run: () => buildMime(message, sender, date) },
    { name: 'mjml', calls: 3, run: () => mjml2html(source, OPTIONS) },
    { name: 'nodemailer', calls: 10, run: (n) => compose(n, html) },
    { name: 'both', calls: 3, run: async (n) => compose(n, (await mjml2html(source, OPTIONS)).html) },
  ]);
  const { ours = 0, copy = 1, encode = 1, mjml = 1, nodemailer = 1, both = 1 } = found;
  console.log(`Message of ${sample.length} bytes`);
  console.log(`  built per reader        ${ours.toFixed(0)} /s`);
  console.log(`  Buffer.concat, same     ${copy.toFixed(0)} /s   ratio ${(ours / copy).toFixed(2)}`);
  console.log(
    `  MJML alone per reader   ${mjml.toFixed(0)} /s   ratio ${(ours / mjml).toFixed(0)} (${html.length} bytes of HTML, no MIME yet)`,
  );
  console.log(`  nodemailer per reader   ${nodemailer.toFixed(0)} /s   ratio ${(ours / nodemailer).toFixed(0)}`);
  console.log(`  MJML and nodemailer     ${both.toFixed(1)} /s   ratio ${(ours / both).toFixed(0)}`);
  console.log(`  encoding, once a batch  ${(1000 / encode).toFixed(1)} ms`);
}

async function sending(): Promise<void> {
  const child = fork(import.meta.filename, ['stub']);
  const [port] = (await once(child, 'message')) as [number];
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const fill = buildMime(edition(), sender, date);
  const bytes = fill(addressee(1));
  const bare = new SESClient({ ...settings, maxAttempts: 1 });
  const ours = new SESClient({ ...settings, ...sesClientConfig() });
  const transport = createSesTransport(ours, { configurationSet: 'mail' });
  const tags = { edition: 'war-daily-nl-20261123T0600Z', recipient: 'f'.repeat(32), attempt: 'w-1' };
  const { built = 0, plain = 1 } = await rates([
    {
      name: 'built',
      calls: 100,
      run: (n) => transport.send({ from: sender.from, to: 'reader@example.org', raw: fill(addressee(n)), tags }),
    },
    {
      name: 'plain',
      calls: 100,
      run: () => bare.send(new SendRawEmailCommand({ RawMessage: { Data: bytes } })),
    },
  ]);
  console.log('Through the SES SDK to a loopback stub, one at a time');
  console.log(`  built and sent          ${built.toFixed(0)} /s`);
  console.log(`  bare SDK, same bytes    ${plain.toFixed(0)} /s   ratio ${(built / plain).toFixed(2)}`);
  child.disconnect();
  await once(child, 'exit');
}

async function main(): Promise<void> {
  await building();
  await sending();
}
