import type { Ctx } from '../context.ts';

/** Says which part of what was sent is wrong; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

const TITLES = {
  400: 'The body is not JSON',
  404: 'There is no such resource',
  405: 'This method is not supported here',
  413: 'The body is too large',
  415: 'The body must be application/json',
  422: 'Some values are not usable',
  500: 'Something went wrong here',
  503: 'The request cannot be taken now',
} as const;

export type ProblemStatus = keyof typeof TITLES;

/** An error as `application/problem+json` (RFC 9457). `type` is left out: the status says what it is. */
export function problem(c: Ctx, status: ProblemStatus, more: { detail?: string; errors?: readonly Fault[] } = {}) {
  return c.json({ title: TITLES[status], status, ...more }, status, { 'Content-Type': 'application/problem+json' });
}

/** Whether an address belongs to the API, whose errors are JSON. */
export function isApi(c: Ctx): boolean {
  return c.req.path.startsWith('/api/');
}
