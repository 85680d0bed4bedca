import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('account')
export class AccountRecord {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { nullable: true }) passwordHash!: string | null;
  @Column('timestamptz', { nullable: true }) verifiedAt!: Date | null;
  @Column('timestamptz', { nullable: true }) erasedAt!: Date | null;
}

/** The plain search fields of an account; erasure nulls them. */
@Entity('person')
export class PersonRecord {
  @PrimaryColumn('uuid') accountId!: string;
  @Column('text', { nullable: true }) email!: string | null;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) organization!: string | null;
  @Column('text', { nullable: true }) country!: string | null;
}
