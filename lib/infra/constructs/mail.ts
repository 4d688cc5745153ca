import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  MailFromBehaviorOnMxFailure,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { senderDomain } from '../../config/schema.ts';

export interface MailProps {
  /** Address that readers see as the sender; its domain is the SES identity. */
  readonly from: string;
  /** In the sandbox: addresses and domains that may be mailed. */
  readonly testRecipients?: readonly string[];
  /** Where SES events (bounces, complaints, accepted sends ...) go, as plain SES JSON. */
  readonly events: Queue;
}

/**
 * Opens and clicks are left out: readers are not followed. So are deliveries: `Send` tells already that SES accepted the
 * mail, and a second event per mail would cost as much as the first (docs/cost.md).
 */
const EVENTS = [
  EmailSendingEvent.SEND,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.DELIVERY_DELAY,
  EmailSendingEvent.RENDERING_FAILURE,
];

/** The SES identity, the rules its mail leaves by, and the way its events come back. */
export class Mail extends Construct {
  readonly identity: EmailIdentity;
  readonly configurationSet: ConfigurationSet;
  readonly topic: Topic;
  readonly #from: string;
  readonly #testRecipients: readonly string[];

  constructor(scope: Construct, id: string, props: MailProps) {
    super(scope, id);
    this.#from = props.from;
    this.#testRecipients = props.testRecipients ?? [];
    const domain = senderDomain(props.from);
    this.configurationSet = new ConfigurationSet(this, 'Rules', {
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    this.identity = new EmailIdentity(this, 'Sender', {
      identity: Identity.domain(domain),
      configurationSet: this.configurationSet,
      mailFromDomain: `mail.${domain}`,
      mailFromBehaviorOnMxFailure: MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
      feedbackForwarding: false,
    });
    this.topic = new Topic(this, 'Events', { enforceSSL: true });
    this.topic.addSubscription(new SqsSubscription(props.events, { rawMessageDelivery: true }));
    this.configurationSet.addEventDestination('ToTopic', {
      destination: EventDestination.snsTopic(this.topic),
      events: EVENTS,
    });
  }

  #identityArn(resourceName: string): string {
    return Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName });
  }

  /**
   * The right to send raw mail from our address. `EmailIdentity.grantSendEmail` leaves out the configuration set, without
   * which SES refuses the first real mail (aws-cdk issue 34402).
   */
  grantSend(grantee: IGrantable): void {
    const set = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: this.configurationSet.configurationSetName,
    });
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['ses:SendRawEmail'],
        resources: [
          this.identity.emailIdentityArn,
          set,
          ...this.#testRecipients.map((name) => this.#identityArn(name)),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': this.#from } },
      }),
    );
    const role = grantee.grantPrincipal;
    role.addToPrincipalPolicy(new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }));
    if (Construct.isConstruct(role))
      Validations.of(role).acknowledge({
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'ses:GetSendQuota, how much the account may send, knows no resource.',
      });
  }
}
