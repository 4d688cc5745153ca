import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** An HTTP API event (payload 2.0) as a web request. The address is the site's own, not the one the caller claims. */
export function toRequest(event: APIGatewayProxyEventV2, siteUrl: string): Request {
  const { method } = event.requestContext.http;
  const query = event.rawQueryString ? `?${event.rawQueryString}` : '';
  const headers = new Headers(Object.entries(event.headers).map(([name, value]) => [name, value ?? '']));
  if (event.cookies?.length) headers.set('cookie', event.cookies.join('; '));
  const hasBody = event.body !== undefined && method !== 'GET' && method !== 'HEAD';
  const body = hasBody ? Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8') : null;
  return new Request(`${new URL(siteUrl).origin}${event.rawPath}${query}`, { method, headers, body });
}

/** A web response as the HTTP API wants it; base64, so that every body arrives byte for byte. */
export async function fromResponse(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const headers = Object.fromEntries(response.headers);
  delete headers['set-cookie'];
  return {
    statusCode: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  };
}
