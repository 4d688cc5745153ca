import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { fromResponse, toRequest } from '../lib/runtime/aws/http.ts';
import { awsRuntime } from '../lib/runtime/aws.ts';

const runtime = awsRuntime('web', import.meta.url);

/** Called by the HTTP API: the reader site. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { app, env } = await runtime();
  const address = event.requestContext.http.sourceIp;
  return fromResponse(await app.site.fetch(toRequest(event, env.SITE_URL), { address }));
}
