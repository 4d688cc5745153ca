import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

export interface KeysProps {
  /** True: the keys go with the stack. */
  readonly disposable: boolean;
}

const RANDOM = { excludePunctuation: true, passwordLength: 64 };

/**
 * The two secrets, generated in the account and never seen by the template. The token key signs links and rotates
 * (`previous` keeps old mails' links alive); the identity key turns an address into a row's name and never changes:
 * without it no row is found again, so it is kept even when the stack goes.
 */
export class Keys extends Construct {
  readonly tokens: Secret;
  readonly identity: Secret;

  constructor(scope: Construct, id: string, props: KeysProps) {
    super(scope, id);
    const removalPolicy = props.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN;
    this.tokens = new Secret(this, 'Tokens', {
      description: 'Signs the links in mails: {"current": key, "previous": [keys that still count]}',
      generateSecretString: { ...RANDOM, secretStringTemplate: '{"previous":[]}', generateStringKey: 'current' },
      removalPolicy,
    });
    this.identity = new Secret(this, 'Identity', {
      description: 'Hashes addresses into row names. Never change it.',
      generateSecretString: RANDOM,
      removalPolicy,
    });
    Validations.of(this.tokens).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Rotated by the operator: every rotation ends the life of links in mails older than two rotations.',
    });
    Validations.of(this.identity).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Names the rows of all readers; another key would find none of them.',
    });
  }
}
