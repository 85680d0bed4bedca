import type { ReleaseState } from '@paddock/domain';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('model')
export class ModelRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') publisherId!: string;
  @Column('text') slug!: string;
  @Column('text') title!: string;
  @Column('text') summary!: string;
  @Column('jsonb') openness!: Record<string, 'open' | 'licensed' | 'closed'>;
}

@Entity('release')
export class ReleaseRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') modelId!: string;
  @Column('text') name!: string;
  @Column('uuid', { nullable: true }) licenseId!: string | null;
  @Column('text') state!: ReleaseState;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('uuid', { nullable: true }) replacementId!: string | null;
  @Column('timestamptz', { nullable: true }) publishedAt!: Date | null;
}

@Entity('artifact')
export class ArtifactRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid') releaseId!: string;
  @Column('text') path!: string;
  @Column('bigint', { transformer: { to: (size: number) => size, from: Number } }) size!: number;
  @Column('text') sha256!: string;
  @Column('text') mediaType!: string;
  @Column('text') access!: 'gated' | 'public';
  @Column('text') storageKey!: string;
  @Column('jsonb', { nullable: true }) header!: Record<string, unknown> | null;
}
