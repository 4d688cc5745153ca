import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { subscriberId } from '../../lib/subscriptions/identity.ts';
import { suppress } from '../../lib/subscriptions/suppress.ts';
import { openApi } from '../../lib/web/api/openapi.ts';
import { createWorld, KEYS, MINUTE, type World } from './world.ts';

const ADA = 'ada@example.org';
const ID = subscriberId(ADA, KEYS.identity);
const WISH = { email: ADA, consentText: 'Yes, send me the digest.' };

function call(world: World, body: unknown, more: { type?: string; address?: string } = {}) {
  const { type = 'application/json', address } = more;
  const headers = { 'Content-Type': type, Origin: 'https://elsewhere.example' };
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const request = new Request(`${world.url}/api/subscribers`, { method: 'POST', body: text, headers });
  return world.site.fetch(request, address ? { address } : {});
}

const document = openApi(createWorld().deps);
const ajv = new Ajv2020({ strict: false });
(formats as unknown as (target: Ajv2020) => void)(ajv);
ajv.addSchema({ $id: 'api', ...document });

/** What the document says about this part of the operation; `/` and `~` as in a JSON Pointer. */
function matches(pointer: string, value: unknown): boolean {
  return ajv.validate({ $ref: `api#/paths/~1api~1subscribers/post/${pointer}/schema` }, value);
}

/** Whether an answer is one that the document promises for its status. */
async function isPromised(response: Response): Promise<boolean> {
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? '';
  return matches(`responses/${response.status}/content/${type.replace('/', '~1')}`, await response.json());
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1, and is what the site hands out', async () => {
    const world = createWorld();
    const response = await world.get('/api/openapi.json');
    expect(response.headers.get('Content-Type')).toBe('application/json');
    const served = JSON.parse(await response.text());
    expect(served).toEqual(JSON.parse(JSON.stringify(document)));
    expect(await new Validator().validate(served)).toMatchObject({ valid: true });
  });

  test('names every route of the API, and no other', async () => {
    const world = createWorld();
    const paths = Object.keys(document.paths);
    expect(paths).toEqual(['/api/subscribers']);
    for (const path of paths) {
      const { status, headers } = await world.get(path);
      expect([status, headers.get('Allow')]).toEqual([405, 'POST, OPTIONS']);
    }
    expect((await world.get('/api/nothing')).status).toBe(404);
  });
});

const faulty: Record<string, readonly [body: unknown, status: number, pointer?: string]> = {
  'no JSON': ['{"email":', 400],
  'no object': ['"ada"', 422, ''],
  'no address': [{ consentText: 'Yes.' }, 422, '/email'],
  'an unusable address': [{ ...WISH, email: 'ada@example' }, 422, '/email'],
  'two addresses': [{ ...WISH, email: 'ada@example.org, eve@example.org' }, 422, '/email'],
  'no sentence that was agreed to': [{ email: ADA }, 422, '/consentText'],
  'a language that is not on offer': [{ ...WISH, locale: 'xx' }, 422, '/locale'],
  'an hour of no day': [{ ...WISH, hour: 24 }, 422, '/hour'],
  'half an hour': [{ ...WISH, hour: 7.5 }, 422, '/hour'],
  'a zone that is not listed': [{ ...WISH, zone: '+05:30' }, 422, '/zone'],
  'a rhythm that is not on offer': [{ ...WISH, cadence: 'hourly' }, 422, '/cadence'],
  'a name that is not known': [{ ...WISH, 'ca/dence': 'daily' }, 422, '/ca~1dence'],
  'too much': [{ ...WISH, consentText: 'x'.repeat(9_000) }, 413],
};

describe('POST /api/subscribers', () => {
  test('posts one letter and stores the choices with their evidence', async () => {
    const world = createWorld();
    const wish = { ...WISH, locale: 'uk', cadence: 'weekly', hour: 18, zone: 'Europe/Kyiv' };
    expect(matches('requestBody/content/application~1json', wish)).toBe(true);
    const response = await call(world, wish, { address: '203.0.113.5' });
    expect(response.status).toBe(202);
    expect(await isPromised(response)).toBe(true);
    expect(world.jobs).toMatchObject([{ kind: 'letter', letter: 'confirm', subscriberId: ID }]);
    const { email: _, consentText: _text, ...preferences } = wish;
    const consent = { source: 'api', network: '203.0.113.0/24' };
    const row = await world.deps.subscribers.get(ID);
    expect(row).toMatchObject({ status: 'pending', preferences, consent });
    expect(row?.consent.textHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('takes the publication’s own appointment where nothing else is said', async () => {
    const world = createWorld();
    await call(world, WISH);
    const preferences = { cadence: 'daily', hour: 7, zone: 'Europe/Amsterdam', locale: 'nl' };
    expect((await world.deps.subscribers.get(ID))?.preferences).toEqual(preferences);
  });

  test('answers the same to the byte for every state that an address can be in', async () => {
    const answers = new Set<string>();
    const states: ((world: World) => Promise<unknown>)[] = [
      async () => undefined,
      (world) => call(world, WISH),
      async (world) => {
        await call(world, WISH);
        await world.post(new URL(world.deps.links.confirm(ID, 'n')).pathname);
      },
      (world) => suppress(world.deps, ID, 'bounce'),
    ];
    for (const prepare of states)
      for (const rest of [0, 20 * MINUTE]) {
        const world = createWorld();
        await prepare(world);
        world.pass(rest);
        const response = await call(world, WISH);
        expect(response.status).toBe(202);
        answers.add(JSON.stringify([[...response.headers].toSorted(), await response.text()]));
      }
    expect(answers.size).toBe(1);
  });

  test.each(Object.keys(faulty))('refuses %s as the document says', async (what) => {
    const [body, status, pointer] = faulty[what] ?? [];
    const world = createWorld();
    const response = await call(world, body);
    expect(response.status).toBe(status);
    const said = (await response.clone().json()) as { errors?: { pointer: string; detail: string }[] };
    expect(said.errors?.map((error) => error.pointer)).toEqual(pointer === undefined ? undefined : [pointer]);
    expect(await isPromised(response)).toBe(true);
    expect(JSON.stringify(said)).not.toContain('ada@');
    expect(world.jobs).toEqual([]);
  });

  test('refuses every request that the document does not allow', () => {
    for (const [what, [body, status]] of Object.entries(faulty))
      if (status === 422 && !/unusable|two addresses|zone/.test(what))
        expect(matches('requestBody/content/application~1json', body), what).toBe(false);
    expect(Object.keys(faulty).length).toBeGreaterThan(10);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])(
    'refuses the content type %j, which a foreign form could send unasked',
    async (type) => {
      const world = createWorld();
      const response = await call(world, WISH, { type });
      expect(response.status).toBe(415);
      expect(await isPromised(response)).toBe(true);
      expect(world.jobs).toEqual([]);
    },
  );

  test('owns up when no letter can be posted, and says when to come back', async () => {
    const world = createWorld({ queue: { enqueue: async (jobs) => jobs } });
    const response = await call(world, WISH);
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '900']);
    expect(await isPromised(response)).toBe(true);
  });

  test('may be called from any site, without cookies', async () => {
    const world = createWorld();
    const headers = {
      Origin: 'https://elsewhere.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type',
    };
    const asked = await world.site.fetch(new Request(`${world.url}/api/subscribers`, { method: 'OPTIONS', headers }));
    expect(asked.status).toBe(204);
    expect(asked.headers.get('Access-Control-Allow-Headers')).toMatch(/content-type/i);
    const response = await call(world, WISH);
    const tooLarge = await call(world, { ...WISH, consentText: 'x'.repeat(9_000) });
    for (const { headers: got } of [asked, response, tooLarge]) {
      expect(got.get('Access-Control-Allow-Origin')).toBe('*');
      expect(got.has('Access-Control-Allow-Credentials')).toBe(false);
      expect(got.has('Set-Cookie')).toBe(false);
    }
  });

  test('takes ten an hour from one network, and a flood from many leaves our own form its share', async () => {
    const world = createWorld();
    for (let n = 0; n < 20; n++) await call(world, { ...WISH, email: `r${n}@example.org` }, { address: '203.0.113.7' });
    expect(world.jobs).toHaveLength(10);
    for (let n = 0; n < 600; n++)
      await call(world, { ...WISH, email: `f${n}@example.org` }, { address: `10.${n >> 8}.${n & 255}.1` });
    expect(world.jobs).toHaveLength(500);
    const token = /name="token" value="([^"]+)"/.exec(await (await world.get('/')).text())?.[1] ?? '';
    world.pass(5_000);
    await world.post('/subscribe', { token, email: 'honest@example.org' }, '198.51.100.1');
    expect(world.jobs).toHaveLength(501);
  });
});
