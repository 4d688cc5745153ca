import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { fromResponse, toRequest } from '../../../lib/runtime/aws/http.ts';

function event(change: Partial<APIGatewayProxyEventV2> & { method?: string } = {}): APIGatewayProxyEventV2 {
  const { method = 'GET', ...rest } = change;
  return {
    version: '2.0',
    rawPath: '/editions',
    rawQueryString: '',
    headers: { host: 'evil.example', 'content-type': 'text/plain' },
    isBase64Encoded: false,
    requestContext: { http: { method, path: '/editions', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' } },
    ...rest,
  } as APIGatewayProxyEventV2;
}

describe('an HTTP API event becomes a request', () => {
  test('to the site itself, whatever host the caller claims', () => {
    const request = toRequest(event({ rawPath: '/a%20b', rawQueryString: 'lang=nl&x=%26' }), 'https://news.example');
    expect(request.url).toBe('https://news.example/a%20b?lang=nl&x=%26');
    expect(request.method).toBe('GET');
  });

  test('that leads nowhere else, however odd its path', () => {
    for (const rawPath of ['//evil.example/x', '/\\evil.example', '/@evil.example', '/..//evil.example'])
      expect(new URL(toRequest(event({ rawPath }), 'https://news.example').url).host).toBe('news.example');
  });

  test('with its body, plain or base64, and its cookies', async () => {
    const plain = toRequest(event({ method: 'POST', body: 'a=é', cookies: ['a=1', 'b=2'] }), 'https://news.example');
    expect([await plain.text(), plain.headers.get('cookie')]).toEqual(['a=é', 'a=1; b=2']);
    const body = Buffer.from('List-Unsubscribe=One-Click').toString('base64');
    const encoded = toRequest(event({ method: 'POST', body, isBase64Encoded: true }), 'https://news.example');
    expect(await encoded.text()).toBe('List-Unsubscribe=One-Click');
  });

  test('without a body when it is a GET, whatever came along', () => {
    expect(toRequest(event({ body: 'x' }), 'https://news.example').body).toBeNull();
  });
});

test('a response arrives byte for byte, each cookie on its own', async () => {
  const headers = new Headers({ 'content-type': 'image/png' });
  headers.append('set-cookie', 'a=1');
  headers.append('set-cookie', 'b=2');
  const bytes = new Uint8Array([0, 255, 128, 10]);
  expect(await fromResponse(new Response(bytes, { status: 201, headers }))).toEqual({
    statusCode: 201,
    headers: { 'content-type': 'image/png' },
    cookies: ['a=1', 'b=2'],
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  });
});
