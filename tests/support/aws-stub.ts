import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a stubbed AWS answers: an object as JSON, a string as XML. */
export interface AwsAnswer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AwsQuestion {
  /** `DescribeStacks` (Query and JSON protocols) or `GET /v2/email/account` (REST). */
  readonly action: string;
  /** JSON parsed; a Query form as an object of strings. */
  readonly body: unknown;
}

export interface AwsStub {
  readonly url: string;
  /** In order. */
  readonly asked: readonly AwsQuestion[];
  /** What a child process needs to ask it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** The action is in a header (JSON), in the form (Query) or in the address (REST). */
function questionOf(method: string, url: string, headers: IncomingHttpHeaders, raw: string): AwsQuestion {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return { action: target.split('.').at(-1) ?? '', body: JSON.parse(raw) };
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded')) {
    const form = Object.fromEntries(new URLSearchParams(raw));
    return { action: form.Action ?? '', body: form };
  }
  return {
    action: `${method} ${decodeURIComponent(url.split('?')[0] ?? '')}`,
    body: raw === '' ? {} : JSON.parse(raw),
  };
}

const UNKNOWN: AwsAnswer = { status: 400, body: { __type: 'UnknownOperationException', message: 'not stubbed' } };

/** A loopback server that speaks the protocols of AWS. An action without an answer is refused, as AWS would. */
export async function startAws(answers: Readonly<Record<string, (body: never) => AwsAnswer>>): Promise<AwsStub> {
  const asked: AwsQuestion[] = [];
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const question = questionOf(method, url, headers, await text(request));
    asked.push(question);
    const { status = 200, body, headers: more } = answers[question.action]?.(question.body as never) ?? UNKNOWN;
    const xml = typeof body === 'string';
    response.writeHead(status, { 'content-type': xml ? 'text/xml' : 'application/x-amz-json-1.0', ...more });
    response.end(xml ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, asked },
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-central-1',
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A stack with these outputs, as CloudFormation describes it. */
export function stackAnswer(outputs: Readonly<Record<string, string>>): AwsAnswer {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  const stack = `<member><StackName>Dispatches-test</StackName><CreationTime>2026-11-23T06:00:00Z</CreationTime>
    <StackStatus>UPDATE_COMPLETE</StackStatus><Outputs>${members.join('')}</Outputs></member>`;
  return {
    body: `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
      <Stacks>${stack}</Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  };
}

/** What CloudFormation says of a stack that is not there. */
export const NO_STACK: AwsAnswer = {
  status: 400,
  body: `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
    <Code>ValidationError</Code><Message>Stack with id Dispatches-test does not exist</Message></Error></ErrorResponse>`,
};
