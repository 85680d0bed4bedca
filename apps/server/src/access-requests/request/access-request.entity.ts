import type { RequestKind, RequestState } from '@paddock/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('access_request')
export class AccessRequestRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: RequestKind;
  @Column('uuid') applicantId!: string;
  @Column('uuid') licenseeId!: string;
  @Column('uuid') modelId!: string;
  @Column('uuid') termsId!: string;
  @Column('uuid', { nullable: true }) formVersionId!: string | null;
  @Column('uuid', { nullable: true }) answersId!: string | null;
  @Column('uuid', { nullable: true }) statementId!: string | null;
  @Column('uuid', { nullable: true }) previousId!: string | null;
  @Column('text') answersHash!: string;
  @Column('uuid') licenseVersionId!: string;
  @Column('text') state!: RequestState;
  @Column('int') round!: number;
  @Column('boolean') appealed!: boolean;
  @Column('timestamptz', { nullable: true }) appealUntil!: Date | null;
  @Column('uuid', { nullable: true }) assignedTo!: string | null;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;
  @Column('timestamptz') updatedAt!: Date;
}

@Entity('decision')
export class DecisionRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') requestId!: string;
  @Column('int') round!: number;
  @Column('text') outcome!: 'approve' | 'reject' | 'return';
  @Column('uuid', { nullable: true }) accountId!: string | null;
  @Column('text', { nullable: true }) ruleVersion!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text') answersHash!: string;
  @Column('uuid') licenseVersionId!: string;
  @Column('timestamptz') createdAt!: Date;
}
