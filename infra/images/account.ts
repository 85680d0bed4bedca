import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Architectures by Node's name and by Go's, which images are labeled with. */
export const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** Whom our images run as: nobody who owns a file in them. */
export const USER = '10001';

/** Writes a user without a shell into /etc of a root file system. */
export async function writeUser(root: string, home: string): Promise<void> {
  await mkdir(join(root, 'etc'), { recursive: true });
  const users = ['root:x:0:0:root:/:/usr/sbin/nologin', `paddock:x:${USER}:${USER}::${home}:/usr/sbin/nologin`];
  await writeFile(join(root, 'etc/passwd'), users.map((line) => `${line}\n`).join(''));
  await writeFile(join(root, 'etc/group'), `root:x:0:\npaddock:x:${USER}:\n`);
}

/** A folder for a volume, which takes over who may write once it is mounted. */
export async function writableFolder(root: string, name: string): Promise<void> {
  await mkdir(join(root, name), { recursive: true });
  await chmod(join(root, name), 0o1777);
}
