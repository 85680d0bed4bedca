import type { PresentationState, ShownScreen, Surface } from '@paddock/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('presentation')
export class PresentationRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') agreementId!: string;
  @Column('uuid') accountId!: string;
  @Column('uuid') licenseeId!: string;
  @Column('uuid') modelId!: string;
  @Column('uuid', { nullable: true }) releaseId!: string | null;
  @Column('uuid') termsId!: string;
  @Column('uuid', { nullable: true }) answersId!: string | null;
  /** Set where a member would accept for themselves alone. */
  @Column('uuid', { nullable: true }) joinsId!: string | null;
  @Column('text') surface!: Surface;
  @Column('jsonb') screen!: ShownScreen;
  @Column('text') state!: PresentationState;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz') expiresAt!: Date;
}

@Entity('acceptance')
export class AcceptanceRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') presentationId!: string;
  @Column('text') agreementId!: string;
  @Column('uuid') signerId!: string;
  @Column('uuid') licenseeId!: string;
  @Column('uuid') modelId!: string;
  @Column('uuid', { nullable: true }) releaseId!: string | null;
  @Column('uuid') licenseVersionId!: string;
  @Column('text') outcome!: 'accepted' | 'declined';
  @Column('jsonb') attestations!: Record<string, boolean>;
  /** Of typed name and attestations: tells a repeated acceptance from another one. */
  @Column('uuid') sealedId!: string;
  /** The organization's acceptance that this member's own joins. */
  @Column('uuid', { nullable: true }) joinsId!: string | null;
  @Column('timestamptz') createdAt!: Date;
}
