import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TABLE } from '../../storage/dynamodb/schema.ts';
import type { TableRight } from '../access.ts';

export interface StorageProps {
  /** True: the data goes with the stack. */
  readonly disposable: boolean;
}

/** The one table. Kept when the stack goes, unless the stage is disposable; restorable to any second of 35 days. */
export class Storage extends Construct {
  readonly table: TableV2;

  constructor(scope: Construct, id: string, props: StorageProps) {
    super(scope, id);
    this.table = new TableV2(this, 'Table', {
      partitionKey: text(TABLE.pk),
      sortKey: text(TABLE.sk),
      timeToLiveAttribute: TABLE.ttl,
      localSecondaryIndexes: [{ indexName: TABLE.byTime.name, sortKey: text(TABLE.byTime.sk) }],
      globalSecondaryIndexes: [
        {
          indexName: TABLE.listing.name,
          partitionKey: text(TABLE.listing.pk),
          sortKey: text(TABLE.listing.sk),
          projectionType: ProjectionType.INCLUDE,
          nonKeyAttributes: [...TABLE.listing.include],
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: !props.disposable,
      removalPolicy: props.disposable ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
  }

  /** These rights and no more. A request that names no partition (a scan) has no such right at all. */
  grant(grantee: IGrantable, rights: readonly TableRight[]): void {
    for (const { rows, actions, index } of rights)
      grantee.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({
          actions: actions.map((action) => `dynamodb:${action}`),
          resources: [index ? `${this.table.tableArn}/index/${index}` : this.table.tableArn],
          conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': rows } },
        }),
      );
  }

  /** The right to ask which table this is: a restored one must not send. */
  identify(grantee: IGrantable): void {
    grantee.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['dynamodb:DescribeTable'], resources: [this.table.tableArn] }),
    );
  }
}

const text = (name: string) => ({ name, type: AttributeType.STRING });
