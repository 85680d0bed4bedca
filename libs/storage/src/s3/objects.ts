import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { ObjectKey, StoredObject } from '../object-store.js';
import { isMissing, s3Failure } from './failure.js';

export interface S3Place {
  client: S3Client;
  bucket: string;
  key: ObjectKey;
  /** The key in the bucket: with the store's prefix. */
  name: string;
}

/** What is stored at a place; undefined when nothing is. */
export async function headObject({ client, bucket, key, name }: S3Place): Promise<StoredObject | undefined> {
  try {
    const { ContentLength, LastModified } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: name }));
    return { key, size: ContentLength ?? 0, modifiedAt: LastModified ?? new Date(0) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw s3Failure(`cannot look at ${key}`, error);
  }
}

/** Objects whose key begins with `prefix`, in the order of their keys; `root` is cut off. */
export async function* listObjects(client: S3Client, bucket: string, root: string, prefix: string): AsyncIterable<StoredObject> {
  let from: string | undefined;
  do {
    const page = new ListObjectsV2Command({ Bucket: bucket, Prefix: root + prefix, ContinuationToken: from });
    const { Contents = [], NextContinuationToken } = await client.send(page).catch((error: unknown) => {
      throw s3Failure(`cannot list ${prefix}`, error);
    });
    for (const { Key = '', Size = 0, LastModified = new Date(0) } of Contents) {
      yield { key: Key.slice(root.length), size: Size, modifiedAt: LastModified };
    }
    from = NextContinuationToken;
  } while (from !== undefined);
}
