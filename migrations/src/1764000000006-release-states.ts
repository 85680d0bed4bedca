import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A release that was published is never a draft again: its name would carry other bytes. */
export class ReleaseStates1764000000006 implements MigrationInterface {
  name = 'ReleaseStates1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND (OLD.state = 'draft' OR NEW.state <> 'draft')
          AND (NEW.id, NEW.model_id, NEW.name, NEW.license_id) IS NOT DISTINCT FROM (OLD.id, OLD.model_id, OLD.name, OLD.license_id) THEN
          RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' AND OLD.state = 'draft' THEN
          RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a release keeps its name and never becomes a draft again: % refused', TG_OP USING ERRCODE = 'restrict_violation';
      END $$;
      CREATE TRIGGER release_states BEFORE UPDATE OR DELETE ON release FOR EACH ROW EXECUTE FUNCTION guard_release();
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
