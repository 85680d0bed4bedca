import { Injectable } from '@nestjs/common';
import { RegistryFault, type RepositoryName } from '@paddock/delivery';
import { DataSource } from 'typeorm';
import { BELIEVED_MS, BelievedAnswers } from '../../database/believed-answers.js';
import { prepared } from '../../database/prepared.js';

/** What a repository's name stands for: the releases of a model, or the images of a runtime. */
export interface Repository {
  kind: 'model' | 'runtime';
  id: string;
  publisher: string;
  /** `publisher/name`. */
  path: string;
  /** Of a runtime. */
  access: 'public' | 'licensees' | null;
}

const FIND = `
  SELECT 'model' AS kind, m.id, p.id AS publisher, p.slug || '/' || m.slug AS path, NULL AS access
  FROM model m JOIN publisher p ON p.id = m.publisher_id WHERE p.slug = $1 AND m.slug = $2
  UNION ALL
  SELECT 'runtime', r.id, p.id, p.slug || '/' || r.name, r.access
  FROM runtime r JOIN publisher p ON p.id = r.publisher_id WHERE p.slug = $1 AND r.name = $2`;

@Injectable()
export class Repositories {
  private readonly known = new BelievedAnswers<Repository | undefined>();

  constructor(private readonly database: DataSource) {}

  /** @throws RegistryFault */
  async find({ publisher, name }: RepositoryName, believedMs = BELIEVED_MS): Promise<Repository> {
    const { answer } = await this.known.of(`${publisher}/${name}`, believedMs, async () => {
      const [row] = await prepared<Repository>(this.database, 'repository', FIND, [publisher, name]);
      return row;
    });
    if (!answer) throw new RegistryFault('NAME_UNKNOWN', 'There is no such repository.');
    return answer;
  }
}
