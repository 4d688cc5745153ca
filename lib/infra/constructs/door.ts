import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ARecord, type IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';

/** No path and no query: links in mails carry a reader's token. No network address: nobody needs it here. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  error: '$context.integrationErrorMessage',
});

/** Requests a second for everybody together; readers come one by one, robots do not. */
const THROTTLE = { rateLimit: 25, burstLimit: 100 };

/** The public door: an HTTP API that hands every request to one function. */
export class Door extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { createDefaultStage: false, description: 'The reader site' });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'Access', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
        ),
        format: AccessLogFormat.custom(ACCESS_LOG),
      },
    });
  }

  /** Without trailing slash. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /**
   * Answers at an address of its own. With a zone its record, and a certificate unless there is one, are made too.
   * @returns where the host's record has to point
   */
  name(host: string, { certificate, zone }: { readonly certificate?: string; readonly zone?: IHostedZone }): string {
    const name = new DomainName(this, 'Name', {
      domainName: host,
      certificate: certificate
        ? Certificate.fromCertificateArn(this, 'Certificate', certificate)
        : new Certificate(this, 'Certificate', { domainName: host, validation: CertificateValidation.fromDns(zone) }),
    });
    new ApiMapping(this, 'Mapping', { api: this.api, domainName: name, stage: this.stage });
    const target = new ApiGatewayv2DomainProperties(name.regionalDomainName, name.regionalHostedZoneId);
    if (zone) new ARecord(this, 'Host', { zone, recordName: `${host}.`, target: RecordTarget.fromAlias(target) });
    return name.regionalDomainName;
  }

  /** Lets this function answer every request. */
  open(handler: IFunction): void {
    const route = new HttpRoute(this, 'All', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('Web', handler),
    });
    Validations.of(route).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The reader site is public; what concerns one reader is behind a signed token in its address.',
    });
  }
}
