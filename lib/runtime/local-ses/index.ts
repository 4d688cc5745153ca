import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { answerSes, type EndpointOptions } from './endpoint.ts';
import { createInbox, type InboxOptions } from './inbox.ts';

/** A message of 10 MB as base64 in a form, and some room. */
const MAX_BODY = 20 * 1024 * 1024;

/**
 * A mail service on this machine that speaks the SES v1 Query API at `POST /` and shows what it took at `GET /`. Mail
 * goes no further than the outbox folder.
 */
export function createLocalSes(options: EndpointOptions & InboxOptions): Hono {
  const app = createInbox(options);
  app.post('/', bodyLimit({ maxSize: MAX_BODY }), (context) => answerSes(options, context.req.raw));
  return app;
}
