import { format } from '@cdktn/hcl-tools';
import { parse } from '@cdktn/hcl2json';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../../apps/server/src/config.js';
import { unknownSettings } from './settings.js';

const FOLDER = resolve('infra/terraform/aws');

/** The provider cannot be had everywhere, so these look at what Terraform itself and the module say of each other. */
describe('infra/terraform/aws', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.tf'));
  const text = files.map((name) => readFileSync(join(FOLDER, name), 'utf8')).join('\n');
  const code = text.replaceAll(/^\s*#.*$/gm, '');
  const named = (pattern: RegExp) => new Set([...code.matchAll(pattern)].map((match) => match.slice(1).join('.')));

  test('refers only to what it declares, and declares nothing in vain', () => {
    const variables = named(/^variable "(\w+)"/gm);
    const used = named(/\bvar\.(\w+)/g);
    expect([...used].toSorted()).toEqual([...variables].toSorted());
    const resources = named(/^resource "(\w+)" "(\w+)"/gm);
    const data = named(/^data "(\w+)" "(\w+)"/gm);
    for (const one of named(/(?<!data\.|")\b(aws_\w+)\.(\w+)/g)) expect(resources).toContain(one);
    for (const one of named(/\bdata\.(aws_\w+)\.(\w+)/g)) expect(data).toContain(one);
    expect(resources.size).toBeGreaterThan(15);
  });

  test('keeps the bucket private, the ledger’s copy locked, and the database out of the world’s reach', () => {
    const on = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets', 'object_lock_enabled'];
    for (const word of [...on, 'storage_encrypted', 'deletion_protection']) expect(code).toMatch(new RegExp(`\\b${word} += true`));
    expect(code).toMatch(/publicly_accessible += false/);
    expect(code).toMatch(/mode += "COMPLIANCE"/);
    expect(code).toMatch(/trusted_key_groups += \[aws_cloudfront_key_group/);
    // No secret that Terraform would keep in its state. What is granted is granted by name.
    expect(code).not.toMatch(/aws_iam_access_key|\bpassword += /);
    expect(code.match(/"s3:\*"/g)).toHaveLength(1);
  });

  test('prints settings that the server takes', () => {
    const names = [...named(/^\s+(PADDOCK_[A-Z0-9_]+)\s+=/gm)];
    expect(unknownSettings(names)).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['PADDOCK_S3_BUCKET', 'PADDOCK_CLOUDFRONT_URL', 'PADDOCK_CLOUDFRONT_KEY_PAIR_ID']));
    const mentioned = [...named(/\b(PADDOCK_[A-Z0-9_]+)/g)];
    expect(unknownSettings(mentioned)).toEqual([]);
    const bucket = { PADDOCK_S3_BUCKET: 'lab-store', PADDOCK_S3_REGION: 'eu-central-1', PADDOCK_S3_PATH_STYLE: 'false' };
    expect(readConfig({ ...bucket, PADDOCK_S3_ACCESS_KEY_ID: 'x', PADDOCK_S3_SECRET_ACCESS_KEY: 'y' })).toMatchObject({
      PADDOCK_S3_PATH_STYLE: false,
    });
  });

  test.each(files)('%s is HCL, formatted as `terraform fmt` formats it', async (name) => {
    const given = readFileSync(join(FOLDER, name), 'utf8');
    await expect(parse(name, given)).resolves.toEqual(expect.any(Object));
    expect(await format(given)).toBe(given);
  });

  test('would not be taken with a fault', async () => {
    await expect(parse('fault.tf', 'resource "aws_s3_bucket" {{')).rejects.toThrow(
      'fault.tf:1,27-28: Argument or block definition required',
    );
    expect(await format('variable "x" {\ntype=string\n}\n')).toBe('variable "x" {\n  type = string\n}\n');
  });
});
