/** The wire format of the SES v1 Query API: form fields in, XML out. */

const NAMESPACE = 'http://ses.amazonaws.com/doc/2010-12-01/';

/** A refusal in the words of SES: `code` becomes the name of the error that the AWS SDK throws. */
export class SesRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The answer to an action: one element per field. */
export function answer(action: string, fields: Readonly<Record<string, string>>, requestId: string): string {
  const content = Object.entries(fields).map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`);
  return (
    `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${content.join('')}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`
  );
}

/** An error as SES answers it. */
export function refusal(error: SesRefusal, requestId: string): string {
  return (
    `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Sender</Type><Code>${error.code}</Code>` +
    `<Message>${escapeText(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
  );
}

/** `Destinations.member.1`, `.2` ... -> their values, in order. */
export function members(form: URLSearchParams, prefix: string, suffix = ''): string[] {
  const found: string[] = [];
  for (let n = 1; ; n += 1) {
    const value = form.get(`${prefix}.member.${n}${suffix}`);
    if (value === null) return found;
    found.push(value);
  }
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
