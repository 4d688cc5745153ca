import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Deployed, nextSteps } from '../../cli/deploy-steps.ts';

const root = resolve(import.meta.dirname, '../..');

interface End {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in an environment that holds no credentials and can find none. */
function deploy(...args: string[]): Promise<End> {
  const env = { HOME: '/nowhere', PATH: process.env.PATH, AWS_EC2_METADATA_DISABLED: 'true' };
  return new Promise((done) => {
    execFile(process.execPath, [join(root, 'cli/deploy.ts'), ...args], { cwd: root, env }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

describe('npm run deploy ends in one sentence that says what to do', () => {
  test('when there is no such stage', async () => {
    const { code, stderr } = await deploy('--stage', 'nope');
    expect(code).toBe(1);
    expect(stderr).toBe(
      'dispatches.config.ts has no stage "nope"; it has dev, prod. Name one with --stage, or add it under "stages".\n',
    );
  }, 60_000);

  test('when there is no such configuration', async () => {
    const { code, stderr } = await deploy('--config', 'nope.ts');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no configuration file');
  }, 60_000);

  test('when there are no credentials, after it said which stage it took by itself', async () => {
    const { code, stdout, stderr } = await deploy();
    expect(stdout).toBe('Stage "dev" (the default; choose with --stage), in eu-central-1.\n');
    expect(code).toBe(1);
    expect(stderr).toContain('There are no AWS credentials to deploy to eu-central-1 with. Sign in');
  }, 60_000);
});

describe('what is left to do after a deploy', () => {
  const deployed: Deployed = {
    stage: 'dev',
    settings: { region: 'eu-central-1', disposable: true },
    outputs: { SiteUrl: 'https://abc.example', ApiUrl: 'https://abc.example' },
    mail: { domain: 'dispatches.example', verified: true, sandbox: false, dkimTokens: ['one', 'two', 'three'] },
  };
  const steps = (change: Partial<Deployed>) => nextSteps({ ...deployed, ...change }).join('\n');

  test('is nothing, when mail can leave', () => {
    expect(steps({})).toBe('Stage "dev" is deployed. The reader site: https://abc.example');
  });

  test('is the DNS records, while SES has not seen them', () => {
    const text = steps({ mail: { ...deployed.mail, verified: false } });
    expect(text).toContain('  two._domainkey.dispatches.example CNAME two.dkim.amazonses.com');
    expect(text).toContain('  mail.dispatches.example MX 10 feedback-smtp.eu-central-1.amazonses.com');
    expect(text).toContain('  _dmarc.dispatches.example TXT "v=DMARC1; p=none"');
  });

  test('is to hear the alarms, on a stage that is for good', () => {
    const settings = { region: 'eu-central-1', disposable: false };
    expect(steps({ settings })).toContain('Nobody hears the alarms: name an "operator" of the stage');
    expect(steps({ settings: { ...settings, operator: 'me@example.org' } })).toContain('AWS asks me@example.org once');
  });

  test('is the way out of the sandbox, while the account is in it', () => {
    expect(steps({ mail: { ...deployed.mail, sandbox: true } })).toContain('SES sandbox in eu-central-1');
  });

  test('is no record of mail, when they are in a zone that the stack keeps', () => {
    const dns = { zoneId: 'Z1', zoneName: 'dispatches.example', dmarc: 'none' } as const;
    const text = steps({ settings: { ...deployed.settings, dns }, mail: { ...deployed.mail, verified: false } });
    expect(text).toContain('Its records are in dispatches.example; it takes minutes to hours.');
    expect(text).not.toContain('CNAME');
  });

  describe('with an address of its own', () => {
    const settings = { ...deployed.settings, siteUrl: 'https://news.example' };

    test('is to get a certificate first', () => {
      expect(steps({ settings })).toContain('Ask ACM in eu-central-1 for a certificate for it');
    });

    test('is one record, once the stack has the certificate', () => {
      const outputs = { ...deployed.outputs, SiteTarget: 'd-1.execute-api.eu-central-1.amazonaws.com' };
      expect(steps({ settings, outputs })).toContain('  news.example CNAME d-1.execute-api.eu-central-1.amazonaws.com');
    });

    test('is nothing, when it is in a zone that the stack keeps', () => {
      const dns = { zoneId: 'Z1', zoneName: 'example', dmarc: 'none' } as const;
      expect(steps({ settings: { ...settings, dns } })).toBe(steps({}));
    });
  });
});
