import type { SiteDeps } from '../deps.ts';

const ref = (name: string) => ({ $ref: `#/components/${name}` });
const problemOf = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('schemas/Problem') } },
});

/** The API as an OpenAPI 3.1 document; a test holds the answers to it. */
export function openApi({ site, locales, digest }: SiteDeps) {
  return {
    openapi: '3.1.0',
    info: {
      title: site.name,
      version: '1',
      summary: 'Subscribe readers to the newsletter.',
      description:
        'Call it from the reader’s browser: limits count per network, and calls from one server share that server’s. ' +
        'Nobody is subscribed by a call: a letter with a button goes to the address.',
    },
    servers: [{ url: site.url }],
    security: [],
    paths: { '/api/subscribers': { post: subscribe(), options: preflight() } },
    components: {
      schemas: { Subscription: subscription(locales, digest), Asked: ASKED, Problem: PROBLEM },
    },
  };
}

function subscribe() {
  return {
    operationId: 'subscribe',
    summary: 'Ask for a subscription',
    description:
      'The answer is the same for every usable address: new, subscribed, left, blocked, or asked for too often.',
    requestBody: { required: true, content: { 'application/json': { schema: ref('schemas/Subscription') } } },
    responses: {
      '202': { description: 'Taken.', content: { 'application/json': { schema: ref('schemas/Asked') } } },
      '400': problemOf('The body is not JSON.'),
      '413': problemOf('The body is larger than 8 KB.'),
      '415': problemOf('The content type is not application/json.'),
      '422': problemOf('A value is missing, unknown or not usable; `errors` says which.'),
      '503': problemOf('No letter can be posted now; try again after a quarter of an hour.'),
      default: problemOf('Anything else that went wrong.'),
    },
  };
}

function preflight() {
  return {
    operationId: 'preflight',
    summary: 'What browsers ask before a call from another site: any site may call',
    responses: { '204': { description: 'POST with Content-Type is allowed.' } },
  };
}

function subscription(locales: SiteDeps['locales'], { cadence, hour, zone }: SiteDeps['digest']) {
  return {
    type: 'object',
    required: ['email', 'consentText'],
    additionalProperties: false,
    properties: {
      email: { type: 'string', minLength: 1, maxLength: 254, description: 'Domains may be international (IDN).' },
      consentText: {
        type: 'string',
        minLength: 1,
        maxLength: 1000,
        description: 'The sentence beside your button. Its hash is kept as evidence of what was agreed to.',
      },
      locale: { type: 'string', enum: locales, default: locales[0], description: 'Language of the digest.' },
      cadence: { type: 'string', enum: ['daily', 'weekly'], default: cadence },
      hour: { type: 'integer', minimum: 0, maximum: 23, default: hour, description: 'Local hour of the digest.' },
      zone: { type: 'string', default: zone, description: 'IANA time zone, like Europe/Amsterdam.' },
    },
  };
}

const ASKED = {
  type: 'object',
  required: ['status', 'detail'],
  additionalProperties: false,
  properties: { status: { const: 'asked' }, detail: { type: 'string' } },
};

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457.',
  required: ['title', 'status'],
  additionalProperties: false,
  properties: {
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        additionalProperties: false,
        properties: {
          pointer: { type: 'string', format: 'json-pointer', description: 'RFC 6901, into the body.' },
          detail: { type: 'string' },
        },
      },
    },
  },
};
