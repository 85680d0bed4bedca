import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('access_grant')
export class GrantRecord {
  @PrimaryColumn('uuid') id!: string;
  /** null for a public grant. */
  @Column('uuid', { nullable: true }) licenseeId!: string | null;
  @Column('boolean') isPublic!: boolean;
  @Column('uuid') modelId!: string;
  @Column('uuid') licenseId!: string;
  /** The terms that it was given under; null for a public one, and for those from before terms were kept. */
  @Column('uuid', { nullable: true }) termsId!: string | null;
  @Column('text') origin!: 'approval' | 'acceptance' | 'publication';
  @Column('uuid', { nullable: true }) requestId!: string | null;
  /** null while the grant awaits the acceptance. */
  @Column('uuid', { nullable: true }) acceptanceId!: string | null;
  @Column('timestamptz', { nullable: true }) endedAt!: Date | null;
  @Column('uuid', { nullable: true }) endedBy!: string | null;
  @Column('text', { nullable: true }) endReason!: string | null;
  @Column('timestamptz', { nullable: true }) pendingUntil!: Date | null;
}
